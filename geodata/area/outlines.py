"""Outlines: an area as somebody names it, short enough to stand in an address.

``lingkaran_-7.98_112.63_5`` is what lies within 5 km of a point, ``poligon_`` has the corners, two
numbers each, ``wilayah_35.07`` is a region, and ``berkas_`` names an area that was kept (see the
module ``kept``). Several stand with commas between them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geodata.area.area_error import AreaError
from geodata.gazetteer import Gazetteer
from geodata.registry.intake.coordinates import LAT, LNG

SMALLEST_KM, LARGEST_KM = 0.1, 1_000.0
"""Of a circle's radius."""
MOST_OUTLINES = 12
MOST_DRAWN = 100
"""Corners that a polygon in an address may have."""
_DECIMALS = 5  # of a degree: 1 m
_DECIMALS_KM = 3
_PART, _BETWEEN = "_", ","
_KEY = re.compile(r"[0-9a-f]{16}")

Corner = tuple[float, float]
"""Latitude and longitude, EPSG:4326 degrees."""


@dataclass(frozen=True)
class Circle:
    """What lies within ``km`` of a point."""

    lat: float
    lng: float
    km: float


@dataclass(frozen=True)
class Drawn:
    """A polygon by its corners, in their order."""

    corners: tuple[Corner, ...]


@dataclass(frozen=True)
class Region:
    """A region of the gazetteer."""

    code: str


@dataclass(frozen=True)
class File:
    """An area that was kept, by its key."""

    key: str


Outline = Circle | Drawn | Region | File


def write(outlines: Iterable[Outline]) -> str:
    """Return outlines as :func:`read` reads them."""
    return _BETWEEN.join(map(_written, outlines))


def _written(outline: Outline) -> str:
    match outline:
        case Circle(lat, lng, km):
            return _PART.join(["lingkaran", _degrees(lat), _degrees(lng), f"{km:.15g}"])
        case Drawn(corners):
            return _PART.join(["poligon", *(_degrees(end) for corner in corners for end in corner)])
        case Region(code):
            return f"wilayah{_PART}{code}"
        case File(key):
            return f"berkas{_PART}{key}"


def _degrees(value: float) -> str:
    return f"{round(value, _DECIMALS):.15g}"


def read(written: str, gazetteer: Gazetteer) -> tuple[Outline, ...]:
    """Return the outlines that a text says, each once.

    Raises
    ------
    ValueError
        If it says none, too many, or one that cannot be.
    PetaKimError
        If a region is none of the gazetteer, or a circle or polygon is too large or outside.
    """
    read = tuple(dict.fromkeys(_read(part, gazetteer) for part in written.split(_BETWEEN)))
    if len(read) > MOST_OUTLINES:
        raise AreaError("area_outlines", limit=MOST_OUTLINES)
    return read


def _read(written: str, gazetteer: Gazetteer) -> Outline:
    kind, *values = written.strip().split(_PART)
    match kind, values:
        case "lingkaran", [lat, lng, km]:
            return circle(float(lat), float(lng), float(km))
        case "poligon", [*ends] if len(ends) % 2 == 0:
            numbers = [float(end) for end in ends]
            return drawn(zip(numbers[::2], numbers[1::2], strict=True))
        case "wilayah", [code]:
            gazetteer.name(code)
            return Region(code)
        case "berkas", [key] if _KEY.fullmatch(key):
            return File(key)
    raise ValueError(written)


def circle(lat: float, lng: float, km: float) -> Circle:
    """Return a circle.

    Raises
    ------
    AreaError
        If its middle is outside Indonesia, or it is too small or too large.
    """
    _check_inside([(lat, lng)])
    if not SMALLEST_KM <= km <= LARGEST_KM:
        raise AreaError("area_radius", least=f"{SMALLEST_KM:g}", most=f"{LARGEST_KM:g}")
    return Circle(round(lat, _DECIMALS), round(lng, _DECIMALS), round(km, _DECIMALS_KM))


def drawn(corners: Iterable[Corner]) -> Drawn:
    """Return a polygon.

    Raises
    ------
    AreaError
        If it has too few or too many corners, or one outside Indonesia.
    """
    rounded = [(round(lat, _DECIMALS), round(lng, _DECIMALS)) for lat, lng in corners]
    _check_inside(rounded)
    if not 3 <= len(rounded) <= MOST_DRAWN:
        raise AreaError("area_drawn", count=len(rounded), limit=MOST_DRAWN)
    return Drawn(tuple(rounded))


def _check_inside(corners: Iterable[Corner]) -> None:
    for lat, lng in corners:
        if not (LAT[0] <= lat <= LAT[1] and LNG[0] <= lng <= LNG[1]):
            raise AreaError("area_point", point=f"{lat:g}, {lng:g}")

"""What programs ask for besides the view, in the query of an address."""

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any

from dashboard import data
from dashboard.http.asked import UnusableError
from geodata.features.geojson import CRS, CRS84, EPSG_4326
from geodata.features.moment import day_of
from geodata.features.selection import Box
from geodata.gazetteer import Gazetteer
from geodata.matching.match import LONGEST_NAME
from geodata.view.address import (
    LIST,
    Parameter,
    Part,
    choice_parameter,
    number_parameter,
    simple_parameter,
)

JSON, HTML = FORMS = ("json", "html")
USUAL = 100
"""How many rows are answered where nobody says how many."""
_HIGHEST = 2**31 - 1  # of a number of the database, too


@dataclass(frozen=True)
class Paging:
    """Which part of a list is asked for."""

    limit: int = USUAL
    offset: int = 0

    def at_most(self, rows: int) -> "Paging":
        """Return the same with no more rows than are answered at once."""
        return replace(self, limit=min(self.limit, rows))


@dataclass(frozen=True)
class Form:
    """Whether somebody reads the answer, or a program; "": what the request accepts."""

    form: str = ""


@dataclass(frozen=True)
class Selecting:
    """Which features are asked for, and how their coordinates are written.

    ``crs`` and ``bbox_crs`` are of :data:`~geodata.features.geojson.CRS`; ``day`` as of which day,
    ``None`` is now.
    """

    bbox_crs: str = CRS84
    bbox: Box | None = None
    crs: str = CRS84
    day: date | None = None


@dataclass(frozen=True)
class Place:
    """A place as somebody has written it: names, a code, or a point (EPSG:4326 degrees)."""

    provinsi: str = ""
    kabupaten_kota: str = ""
    kecamatan: str = ""
    desa: str = ""
    kode: str = ""
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True)
class Following:
    """From which version of the registry on changes are asked for; ``None``: the latest ones."""

    since: int | None = None


def _box(value: Selecting, written: str, _: Gazetteer) -> Selecting:
    sides = [float(side) for side in written.split(LIST)]
    if len(sides) == 6:  # with heights, of which we know none
        del sides[5], sides[2]
    if len(sides) != 4 or not all(map(isfinite, sides)):
        raise ValueError(written)
    if value.bbox_crs == EPSG_4326:
        sides = [sides[1], sides[0], sides[3], sides[2]]
    west, south, east, north = sides
    if max(abs(west), abs(east)) > 180 or not -90 <= south <= north <= 90:
        raise ValueError(written)
    return replace(value, bbox=Box(west, south, east, north))


def _name(name: str) -> Parameter[Any]:
    def read(written: str) -> str:
        if len(written) > LONGEST_NAME:
            raise ValueError(written)
        return written

    return simple_parameter(name, read, str)


PAGING: Part[Paging] = Part(
    Paging(),
    number_parameter("limit", int, 1, _HIGHEST),
    number_parameter("offset", int, 0, _HIGHEST),
)
FORM: Part[Form] = Part(Form(), choice_parameter("f", FORMS, "form"))
SELECTING: Part[Selecting] = Part(
    Selecting(),
    choice_parameter("bbox-crs", CRS, "bbox_crs"),
    Parameter("bbox", _box, lambda _: ""),
    choice_parameter("crs", CRS),
    simple_parameter("datetime", day_of, str, "day"),
)
PLACE: Part[Place] = Part(
    Place(),
    *map(_name, ("provinsi", "kabupaten_kota", "kecamatan", "desa", "kode")),
    number_parameter("lat", float, -90, 90),
    number_parameter("lng", float, -180, 180),
)
FOLLOWING: Part[Following] = Part(Following(), number_parameter("sejak", int, 0, _HIGHEST, "since"))


def asked_of(part: Part[Any], params: Any) -> Any:
    """Return what the parameters of ``part`` say.

    Raises
    ------
    UnusableError
        If one of them cannot be used.
    """
    value, notices = part.read(params, data.gazetteer())
    if notices:
        raise UnusableError(notices)
    return value

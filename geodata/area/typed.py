"""Outlines as people type or paste them: a point with a radius, corners, a list of regions."""

import re
from collections.abc import Callable

from geodata.area.area_error import AreaError
from geodata.area.mending import Mended
from geodata.area.outlines import Circle, Drawn, Region, circle, drawn
from geodata.gazetteer import Gazetteer
from geodata.matching.codes import digits
from geodata.regions import parse
from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.reasons import Reason
from geodata.search.search import Hit, Search
from geodata.view.words import region_path

LONGEST = 20_000
"""Characters that are read of what somebody types."""
_SHOWN = 60
_LINE = re.compile(r"[\n;]+")
_SAME = 95.0  # likeness from which a name is the one that was typed, with its kind and two parents
_OFFERED = 5


def typed_circle(point: str, km: float) -> tuple[Circle, list[Mended]]:
    """Return what lies within ``km`` of a point, in any writing, and what was put right in it.

    Raises
    ------
    AreaError
        If the point cannot be read or lies outside Indonesia, or the radius is none.
    """
    read = _point(point)
    return circle(read.lat, read.lng, km), _put_right([read])


def typed_polygon(corners: str) -> tuple[Drawn, list[Mended]]:
    """Return the polygon of corners, a line each, in any writing, and what was put right in them.

    Raises
    ------
    AreaError
        If a corner cannot be read, naming it, or there are too few or too many.
    """
    points = [_point(line) for line in _LINE.split(corners[:LONGEST]) if line.strip()]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return drawn((point.lat, point.lng) for point in points), _put_right(points)


def known_points(lines: str) -> list[tuple[float, float]]:
    """Return latitude and longitude of those lines that can be read as a point."""
    read = (read_point("", "", line) for line in _LINE.split(lines[:LONGEST]) if line.strip())
    return [(point.lat, point.lng) for point in read if isinstance(point, Point)]


def _point(written: str) -> Point:
    read = read_point("", "", written)
    if isinstance(read, Point):
        return read
    key = "area_link" if read is Reason.LINK_WITHOUT_POINT else "area_unread"
    raise AreaError(key, point=written.strip()[:_SHOWN])


def _put_right(points: list[Point]) -> list[Mended]:
    swapped, negated = any(it.swapped for it in points), any(it.negated for it in points)
    return [Mended.SWAPPED] * swapped + [Mended.MINUS] * negated


def typed_regions(names: str, gazetteer: Gazetteer, search: Callable[[], Search]) -> list[Region]:
    """Return the regions of a list of codes or names, a line each; names may have their parents.

    Nothing is guessed: a name that several regions have is refused, and these are told.

    Parameters
    ----------
    search
        Returns what names are looked up in; codes need none.

    Raises
    ------
    PetaKimError
        If a line is no region of the gazetteer, or may be several.
    """
    lines = [line.strip() for line in _LINE.split(names[:LONGEST]) if line.strip()]
    if not lines:
        raise AreaError("area_no_region")
    return list(dict.fromkeys(Region(_code(line, gazetteer, search)) for line in lines))


def _code(line: str, gazetteer: Gazetteer, search: Callable[[], Search]) -> str:
    if digits(line):
        code = parse(line)
        gazetteer.name(code)
        return code
    hits = [hit for hit in search().find(line, 4 * _OFFERED).hits if not hit.is_kim]
    same = [hit for hit in hits if hit.likeness >= _SAME]
    if len(same) == 1:
        return same[0].code
    if not hits:
        raise AreaError("area_region_unknown", name=line[:_SHOWN])
    key = "area_region_unsure" if same else "area_region_unlike"
    raise RegionUnsure(key, line[:_SHOWN], same or hits, gazetteer)


class RegionUnsure(AreaError):
    """A name that several regions have, or none quite."""

    def __init__(self, key: str, name: str, hits: list[Hit], gazetteer: Gazetteer) -> None:
        super().__init__(key, name=name)
        self._codes = [hit.code for hit in hits[:_OFFERED]]
        self._gazetteer = gazetteer

    def values_in(self, lang: str) -> dict[str, object]:
        """Return the name, and the regions that it may be, with their codes."""
        offered = (f"{region_path(self._gazetteer, code, lang)} ({code})" for code in self._codes)
        return self.values | {"offered": "; ".join(offered)}

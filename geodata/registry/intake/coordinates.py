"""Reads coordinates as people write them: decimal commas, degrees and minutes, in either order."""

import re
from typing import NamedTuple

from geodata.registry.intake.values import is_nothing

# Indonesia with its seas: what lies outside was mistyped.
LAT, LNG = (-11.5, 6.5), (94.5, 141.5)

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_ANGLE = re.compile(
    rf"(?P<before>LS|LU|BT|[NSEWU])?\s*(?P<sign>[-+−–])?\s*(?P<deg>{_NUMBER})\s*(?:[°ºd˚]\s*"
    rf"(?:(?P<min>{_NUMBER})\s*['’′`m]\s*(?:(?P<sec>{_NUMBER})\s*(?:[\"”″s]|''|’’)?)?)?)?\s*"
    rf"(?P<after>LS|LU|BT|[NSEWU])?",
    re.IGNORECASE,
)
_SOUTH, _NORTH, _EAST = {"LS", "S"}, {"LU", "N", "U"}, {"BT", "E"}


class Point(NamedTuple):
    """A point, EPSG:4326 degrees, and whether its coordinates stood in the wrong columns."""

    lat: float
    lng: float
    swapped: bool


def read_angle(text: str) -> float | None:
    r"""Return one coordinate in degrees; ``None`` if it is none.

    >>> read_angle("7°58'12\" LS"), read_angle("112,6304")
    (-7.97, 112.6304)
    """
    match = _ANGLE.fullmatch(text.strip())
    return _degrees(match) if match else None


def _degrees(match: re.Match[str]) -> float | None:
    minutes = float((match["min"] or "0").replace(",", "."))
    seconds = float((match["sec"] or "0").replace(",", "."))
    degrees = float(match["deg"].replace(",", ".")) + minutes / 60 + seconds / 3600
    side = (match["before"] or match["after"] or "").upper()
    if degrees > 180 or minutes >= 60 or seconds >= 60 or side == "W":
        return None
    negative = (match["sign"] or "+") in "-−–" or side in _SOUTH
    return round(-degrees if negative else degrees, 7)


def read_point(lat: str, lng: str, both: str = "") -> Point | str | None:
    """Return the point of a row; "" if it names none, ``None`` if it cannot be read or is far away.

    Parameters
    ----------
    lat, lng
        The two cells, or empty.
    both
        A cell with both, such as ``-7.98, 112.63``, used where the two are empty.
    """
    if is_nothing(lat) and is_nothing(lng):
        if is_nothing(both):
            return ""
        lat, lng = _parted(both)
    first, second = read_angle(lat), read_angle(lng)
    if first is None or second is None:
        return None
    if _inside(first, second):
        return Point(first, second, swapped=False)
    return Point(second, first, swapped=True) if _inside(second, first) else None


def _inside(lat: float, lng: float) -> bool:
    return LAT[0] <= lat <= LAT[1] and LNG[0] <= lng <= LNG[1]


def _parted(text: str) -> tuple[str, str]:
    """Part a cell with two coordinates at the one place where both halves can be read."""
    plain = text.strip().strip("()[]")
    for separator in (";", "|", ", ", " ", ",", "/"):
        positions = [match.start() for match in re.finditer(re.escape(separator), plain)]
        pairs = [(plain[:at].strip(), plain[at + len(separator) :].strip()) for at in positions]
        read = [pair for pair in pairs if all(read_angle(angle) is not None for angle in pair)]
        if len(read) == 1:
            return read[0]
    return "", ""

"""Reads coordinates as people write them: decimal commas, degrees and minutes, named, in links."""

import re
from typing import NamedTuple
from urllib.parse import unquote_plus

from geodata.registry.intake.values import is_nothing
from geodata.registry.reasons import Reason

# Indonesia with its seas: what lies outside was mistyped.
LAT, LNG = (-11.5, 6.5), (94.5, 141.5)
_LONGEST, _LONGEST_LINK = 200, 2_000  # characters of a cell with coordinates

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_SIDE = r"(?P<{}>LS|LU|BT|[NSEWUT])?"
_BEFORE = rf"{_SIDE.format('before')}\s*[:=]?\s*(?P<sign>[-+−–])?\s*"
_AFTER = rf"\s*{_SIDE.format('after')}"
_SECONDS = rf"(?:(?P<sec>{_NUMBER})\s*(?:[\"”″s]|''|’’)?)?"
_ANGLE = re.compile(
    rf"{_BEFORE}(?P<deg>{_NUMBER})\s*"
    rf"(?:[°ºd˚o]\s*(?:(?P<min>{_NUMBER})\s*['’′`m]\s*{_SECONDS})?)?{_AFTER}",
    re.IGNORECASE,
)
_JOINED = r"(?:\s*[:-]\s*|\s+)"
_UNMARKED = re.compile(
    rf"{_BEFORE}(?P<deg>\d{{1,3}}){_JOINED}(?P<min>\d{{1,2}}){_JOINED}"
    rf"(?P<sec>\d{{1,2}}(?:[.,]\d+)?){_AFTER}",
    re.IGNORECASE,
)
_SOUTH = {"LS", "S"}
_SHORT = (
    (re.compile(r"\b(?:lintang\s+)?(?:selatan|south)\b", re.IGNORECASE), "LS"),
    (re.compile(r"\b(?:lintang\s+)?(?:utara|north)\b", re.IGNORECASE), "LU"),
    (re.compile(r"\b(?:bujur\s+)?(?:timur|east)\b", re.IGNORECASE), "BT"),
    (re.compile(r"\s*\b(?:derajat|degrees?|deg)\b\.?", re.IGNORECASE), "° "),
    (re.compile(r"\s*\b(?:menit|minutes?|min)\b\.?", re.IGNORECASE), "' "),
    (re.compile(r"\s*\b(?:detik|seconds?|sec)\b\.?", re.IGNORECASE), '"'),
)
# What stands before coordinates, unless it tells their side.
_LETTER = re.compile(r"[^\W\d_]")
_HEADING = re.compile(
    r"^(?!\D*\b(?:LS|LU|BT|[NSEWUT])\b)\D*[:=]\s*(?=[-+−–(\d])", re.IGNORECASE | re.ASCII
)

_LAT_NAME = r"\b(?:garis\s+lintang|lintang|latitude|lat|y)\b"
_LNG_NAME = r"\b(?:garis\s+bujur|bujur|longitude|long|lng|lon|x)\b"
_JOINT = r"\.?\s*[:=]?\s*"
_NAMED = (
    re.compile(rf"{_LAT_NAME}{_JOINT}(?P<lat>.+?)[\s,;/|]*{_LNG_NAME}{_JOINT}(?P<lng>.+)", re.I),
    re.compile(rf"{_LNG_NAME}{_JOINT}(?P<lng>.+?)[\s,;/|]*{_LAT_NAME}{_JOINT}(?P<lat>.+)", re.I),
)

_LINK = re.compile(r"(?:https?|geo):|(?:[a-z][a-z0-9-]*\.)+[a-z]{2,}/", re.IGNORECASE)
_DECIMAL = r"[-+]?\d{1,3}(?:\.\d+)?"
_PAIR = rf"(?P<lat>{_DECIMAL})\s*[,~]\s*(?P<lng>{_DECIMAL})"
# Where links of maps have their point, the surest first: the pin, what was asked for, the middle of
# what is in sight.
_IN_LINK = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d(?P<lat>{_DECIMAL})!4d(?P<lng>{_DECIMAL})",
        rf"!2d(?P<lng>{_DECIMAL})!3d(?P<lat>{_DECIMAL})",
        rf"[?&]mlat=(?P<lat>{_DECIMAL})&mlon=(?P<lng>{_DECIMAL})",
        rf"[?&](?:q|query|ll|cp|center|destination|daddr|viewpoint|marker)=(?:loc:)?\s*{_PAIR}",
        rf"/maps/(?:place|search)/{_PAIR}",
        rf"^geo:{_PAIR}",
        rf"@{_PAIR}",
        rf"#map=\d+(?:\.\d+)?/(?P<lat>{_DECIMAL})/(?P<lng>{_DECIMAL})",
    )
)
_IN_PLACE = re.compile(r"/maps/(?:place|search)/(?P<both>[^/@]*[°º][^/@]*)")


class Point(NamedTuple):
    """A point, EPSG:4326 degrees, and what was put right of how it is written.

    Attributes
    ----------
    swapped
        Its coordinates stood in the wrong columns.
    negated
        Its latitude lacked the minus sign: without one it lies north of Indonesia.
    """

    lat: float
    lng: float
    swapped: bool = False
    negated: bool = False


class _Angle(NamedTuple):
    degrees: float
    signed: bool  # whether its sign or side is written


def _angle(text: str) -> _Angle | None:
    r"""Read one coordinate: ``7°58'12" LS``, ``112,6304``, ``7 58 12 S``."""
    plain = _shortened(text).strip()
    match = _ANGLE.fullmatch(plain) or _UNMARKED.fullmatch(plain)
    if match is None:
        return None
    minutes = float((match["min"] or "0").replace(",", "."))
    seconds = float((match["sec"] or "0").replace(",", "."))
    degrees = float(match["deg"].replace(",", ".")) + minutes / 60 + seconds / 3600
    if match["before"] and match["after"]:
        return None
    side = (match["before"] or match["after"] or "").upper()
    if degrees > 180 or minutes >= 60 or seconds >= 60 or side == "W":
        return None
    negative = (match["sign"] or "+") in "-−–" or side in _SOUTH
    signed = bool(side or match["sign"])
    return _Angle(round(-degrees if negative else degrees, 7), signed)


def _shortened(text: str) -> str:
    """Return ``text`` with signs for words: ``7 derajat 58 menit Lintang Selatan``."""
    if not _LETTER.search(text):
        return text
    for long, short in _SHORT:
        text = long.sub(short, text)
    return text


def read_point(lat: str, lng: str, both: str = "") -> Point | Reason | None:
    """Return the point of a row; ``None`` if it names none, the reason if it cannot be read.

    Parameters
    ----------
    lat, lng
        The two cells, or empty.
    both
        A cell with both, such as ``-7.98, 112.63``, ``Lat: -7.98 Long: 112.63`` or the link of a
        map, used unless the two are there. It may stand in one of the two instead.
    """
    if not is_nothing(lat) and not is_nothing(lng):
        return _point(lat, lng)
    read = [_point_of_cell(cell) for cell in (lat, lng, both) if not is_nothing(cell)]
    points = (known for known in read if isinstance(known, Point))
    return next(points, read[0] if read else None)


def _point_of_cell(cell: str) -> Point | Reason:
    if len(cell) > _LONGEST_LINK:
        return Reason.BAD_POINT
    if link := _LINK.search(cell):
        return _point_of_link(unquote_plus(cell[link.start() :]))
    if len(cell) > _LONGEST:
        return Reason.BAD_POINT
    plain = _shortened(cell).strip().strip("()[]")
    for named in _NAMED:
        if match := named.search(plain):
            point = _point(match["lat"].strip(" ,;"), match["lng"].strip(" ,;"))
            if isinstance(point, Point):
                return point
    return _point_of_pair(_HEADING.sub("", plain).strip("()[]"))


def _point_of_link(link: str) -> Point | Reason:
    """Return the point of a map's link; short ones hold none, and a way has two."""
    if "/dir/" in link and "destination=" not in link:
        return Reason.LINK_WITHOUT_POINT
    if match := _IN_PLACE.search(link):
        return _point_of_pair(match["both"])
    for pattern in _IN_LINK:
        if match := pattern.search(link):
            point = Point(float(match["lat"]), float(match["lng"]))
            return point if _is_inside(point.lat, point.lng) else Reason.BAD_POINT
    return Reason.LINK_WITHOUT_POINT


def _point(lat: str, lng: str) -> Point | Reason:
    """Return the point of two coordinates, put right where they can only be meant so."""
    first, second = _angle(lat), _angle(lng)
    if first is None or second is None:
        return Reason.BAD_POINT
    for north, east, swapped in ((first, second, False), (second, first, True)):
        if _is_inside(north.degrees, east.degrees):
            return Point(north.degrees, east.degrees, swapped)
        if not north.signed and _is_inside(-north.degrees, east.degrees):
            return Point(-north.degrees, east.degrees, swapped, negated=True)
    return Reason.BAD_POINT


def _is_inside(lat: float, lng: float) -> bool:
    return LAT[0] <= lat <= LAT[1] and LNG[0] <= lng <= LNG[1]


def _point_of_pair(text: str) -> Point | Reason:
    """Return the point of two coordinates one after the other, where only one place parts them."""
    for separator in (";", "|", ", ", "\n", " ", ",", "/"):
        places = [match.start() for match in re.finditer(re.escape(separator), text)]
        pairs = [(text[:at].strip(), text[at + len(separator) :].strip()) for at in places]
        points = {point for pair in pairs if isinstance(point := _point(*pair), Point)}
        if len(points) == 1:
            return points.pop()
    return Reason.BAD_POINT

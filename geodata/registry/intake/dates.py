"""Reads days as people and programs write them, and the years that stand where a day is asked.

An empty cell, or one that says that there is nothing, reads as ""; what cannot be read is ``None``.
"""

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from babel.dates import get_month_names

from geodata.days import OFFICE
from geodata.registry.intake.values import is_blank

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = (20_000, 60_000)  # 1954 to 2064: a number of days, not a year
_FIRST_YEAR, _LAST_YEAR = 1945, 2099
_CENTURY = 70  # a year of two digits below it is of this century
_ZONES = [timezone(timedelta(hours=hours)) for hours in (7, 8, 9)]  # WIB, WITA, WIT

_MONTHS_BESIDES = {
    "jan": 1, "peb": 2, "pebruari": 2, "februari": 2, "feb": 2, "mrt": 3, "maret": 3, "apr": 4,
    "mei": 5, "may": 5, "juni": 6, "juli": 7, "agt": 8, "ags": 8, "agst": 8, "agus": 8, "aug": 8,
    "agustus": 8, "sept": 9, "okt": 10, "oct": 10, "nop": 11, "nopember": 11, "nov": 11, "des": 12,
    "dec": 12,
}  # fmt: skip

_WEEKDAY = re.compile(
    r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)\s*[,/]?\s+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[ T,]+(pukul )?\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?( ?[AP]M)?( ?(WIB|WITA|WIT))?$",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\d*"
    r" ?(?:(Z|UTC|GMT)|([+-]\d{2}):?(\d{2})?)",
    re.ASCII | re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-z]+)[-/., ]*(\d{4}|\d{2})", re.ASCII | re.IGNORECASE)
_NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})", re.ASCII | re.IGNORECASE)

_YEAR = re.compile(r"(?:sejak )?(?:tahun|thn|th)?\.? ?(\d{4})(?:\.0+)?", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_NAMED_MONTH = re.compile(
    r"(?:bulan )?([a-z]+)[-/.,]* ?(?:tahun|thn|th)?\.? ?(\d{4})", re.ASCII | re.IGNORECASE
)
_YEAR_AS_DAY = re.compile(r"1905-(\d{2})-(\d{2})", re.ASCII)


@cache
def _months() -> dict[str, int]:
    months = dict(_MONTHS_BESIDES)
    for width in ("wide", "abbreviated"):
        for locale in ("id", "en"):
            names = get_month_names(width, locale=locale)
            months |= {names[number].lower().strip("."): number for number in names}
    return months


def read_day(text: str) -> str | None:
    """Return a day as ISO 8601. Of numbers the day comes first, unless the year does.

    Of a moment with its offset from UTC it is the day in Indonesia.

    >>> read_day("12 Agustus 2014"), read_day("12/8/14"), read_day("41863")
    ('2014-08-12', '2014-08-12', '2014-08-12')
    """
    if is_blank(text):
        return ""
    if match := _MOMENT.fullmatch(text.strip()):
        return _day_of_moment(match)
    plain = _plain(text)
    if plain.isascii() and plain.isdigit() and len(plain) == 5:
        days = int(plain)
        inside = _EXCEL_DAYS[0] <= days < _EXCEL_DAYS[1]
        return (_EXCEL_EPOCH + timedelta(days)).isoformat() if inside else None
    if match := _YEAR_FIRST.fullmatch(plain):
        return _iso(match[1], int(match[2]), match[3])
    if match := _DAY_FIRST.fullmatch(plain):
        return _iso(match[3], int(match[2]), match[1])
    if match := _NAMED.fullmatch(plain):
        return _iso(match[3], _months().get(match[2].lower(), 0), match[1])
    if match := _NAMED_FIRST.fullmatch(plain):
        return _iso(match[3], _months().get(match[1].lower(), 0), match[2])
    return None


def first_day(text: str) -> str | None:
    """Return the first day, ISO 8601, of a year or month that stands alone.

    A cell made for days shows the year 2015, which is then its 2015th day, as 7 July 1905.

    >>> first_day("Th. 2015"), first_day("Agustus 2016"), first_day("1905-07-07")
    ('2015-01-01', '2016-08-01', '2015-01-01')
    """
    plain = _plain(text)
    if match := _YEAR.fullmatch(plain):
        return _iso(match[1], 1, "1")
    if match := _MONTH.fullmatch(plain):
        return _iso(match[2], int(match[1]), "1")
    if match := _YEAR_MONTH.fullmatch(plain):
        return _iso(match[1], int(match[2]), "1")
    if match := _NAMED_MONTH.fullmatch(plain):
        return _iso(match[2], _months().get(match[1].lower(), 0), "1")
    if _YEAR_AS_DAY.fullmatch(plain):
        try:
            return _iso(str((date.fromisoformat(plain) - _EXCEL_EPOCH).days), 1, "1")
        except ValueError:
            return None
    return None


def _plain(text: str) -> str:
    return _TIME.sub("", _WEEKDAY.sub("", " ".join(text.split())))


def _day_of_moment(match: re.Match[str]) -> str | None:
    """Return the day in Indonesia of a moment.

    A form sends a day that was picked as its midnight, in UTC: midnight anywhere in Indonesia is
    such a day. An offset of Indonesia's is that of the place itself.
    """
    offset = "+00:00" if match[3] else f"{match[4]}:{match[5] or '00'}"
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{offset}")
    except ValueError:
        return None
    if moment.tzinfo not in _ZONES:
        readings = [moment.astimezone(zone) for zone in _ZONES]
        picked = [local for local in readings if local.time() == time()]
        moment = picked[0] if picked else moment.astimezone(OFFICE)
    return _iso(str(moment.year), moment.month, str(moment.day))


def _iso(year: str, month: int, day: str) -> str | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < _CENTURY else 1900
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return None
    try:
        return date(number, month, int(day)).isoformat()
    except ValueError:
        return None

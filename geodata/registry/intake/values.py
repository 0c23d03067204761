"""Reads the values of cells: days, counts, domains, coordinates. What cannot be read is ``None``.

An empty cell, or one that says in words that there is nothing ("-", "belum ada"), reads as "".
"""

import re
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

from geodata.registry.personal import PHONE, is_personal

_NOTHING = frozenset(
    {"", "-", "--", "---", "—", "–", ".", "n/a", "na", "nan", "null", "none", "#n/a"}
)
_NOTHING_WORDS = frozenset(
    {"belum ada", "tidak ada", "tdk ada", "blm ada", "nihil", "kosong", "belum", "tidak punya"}
)

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = (20_000, 60_000)  # 1954 to 2064: a number of days, not a year
_FIRST_YEAR, _LAST_YEAR = 1945, 2099
_CENTURY = 70  # a year of two digits below it is of this century

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
_TIME = re.compile(r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[AP]M)?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-z]+)[-/., ]*(\d{4}|\d{2})", re.ASCII | re.IGNORECASE)
_NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})", re.ASCII | re.IGNORECASE)

_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+", re.ASCII)
_COUNT = re.compile(
    r"(\d{1,7})([.,]0+)?\s*(orang|org|anggota|jiwa|members?|people)?\.?", re.I | re.ASCII
)

_SCHEME = re.compile(r"^(https?:?/{0,2}|www\.)+", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_KIM_DOMAIN = "kim.id"

_PHONE_AS_NUMBER = re.compile(r"8\d{8,11}", re.ASCII)


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing to say."""
    word = text.strip().casefold()
    return word in _NOTHING or word in _NOTHING_WORDS


@cache
def _months() -> dict[str, int]:
    months = dict(_MONTHS_BESIDES)
    for width in ("wide", "abbreviated"):
        for locale in ("id", "en"):
            names = get_month_names(width, locale=locale)
            months |= {names[number].lower().strip("."): number for number in names}
    return months


@cache
def read_day(text: str) -> str | None:
    """Return a day as ISO 8601. Of numbers the day comes first, unless the year does.

    >>> read_day("12 Agustus 2014"), read_day("12/8/14"), read_day("41863")
    ('2014-08-12', '2014-08-12', '2014-08-12')
    """
    if is_nothing(text):
        return ""
    plain = _TIME.sub("", _WEEKDAY.sub("", text.strip()))
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


def read_count(text: str) -> str | None:
    """Return a whole number, also of ``1.250`` and ``25 orang``."""
    if is_nothing(text):
        return ""
    plain = text.strip()
    if _GROUPED.fullmatch(plain):
        return str(int(re.sub(r"\D", "", plain)))
    match = _COUNT.fullmatch(plain)
    return str(int(match[1])) if match else None


def read_domain(text: str) -> str | None:
    """Return a domain in lower case, without scheme and path; a bare name is one of kim.id.

    >>> read_domain("http://www.Wajak.kim.id/profil"), read_domain("wajak")
    ('wajak.kim.id', 'wajak.kim.id')
    """
    if is_nothing(text):
        return ""
    host = re.split(r"[/?#\s]", _SCHEME.sub("", text.strip()), maxsplit=1)[0].lower().rstrip(".")
    if not host or not _HOST.fullmatch(host) or " " in text.strip() or is_personal(host):
        return None
    return host if "." in host else f"{host}.{_KIM_DOMAIN}"


def read_phone(text: str) -> str | None:
    """Return a mobile phone number as ``+628...``; anything else stays as it is written.

    >>> read_phone("0812-3456-7890"), read_phone("81234567890")
    ('+6281234567890', '+6281234567890')
    """
    if is_nothing(text):
        return ""
    digits = re.sub(r"\D", "", text)
    if _PHONE_AS_NUMBER.fullmatch(text.strip()):
        return f"+62{digits}"
    if PHONE.fullmatch(text.strip()):
        return f"+62{digits.removeprefix('62').removeprefix('0')}"
    return None

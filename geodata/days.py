"""Days as the office counts them: one time zone for "today" and for the day of a moment.

Moments are stored in UTC. What people read and what figures are counted up to are days of western
Indonesia (WIB, UTC+7, without summer time), where the registry is kept: at one in the morning there
it is already tomorrow. Whoever asks for a region as of a day means the day as it is there.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

OFFICE = WIB = timezone(timedelta(hours=7), "WIB")
WITA = timezone(timedelta(hours=8), "WITA")
WIT = timezone(timedelta(hours=9), "WIT")

_WIB = "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"
_WITA = "51 52 53 63 64 65 71 72 73 74 75 76"
_WIT = "81 82 91 92 93 94 95 96"
ZONES: Mapping[str, timezone] = {
    provinsi: zone
    for zone, several in ((WIB, _WIB), (WITA, _WITA), (WIT, _WIT))
    for provinsi in several.split()
}
"""The time zone of each provinsi, by its code: Keputusan Presiden 41/1987. Provinsi that have been
formed since lie in the zone of the one that they were part of."""


def today() -> date:
    """Return the day that it is at the office."""
    return datetime.now(OFFICE).date()


def office_date(moment: str) -> date:
    """Return the office's day of a moment, ISO 8601 with its offset from UTC."""
    return datetime.fromisoformat(moment).astimezone(OFFICE).date()


def office_day(moment: str) -> str:
    """Return the same as ISO 8601."""
    return office_date(moment).isoformat()


def office_time(moment: str) -> str:
    """Return the office's day and time of such a moment, ``2026-11-26 22:04``; "" of ""."""
    if not moment:
        return ""
    return datetime.fromisoformat(moment).astimezone(OFFICE).strftime("%Y-%m-%d %H:%M")


def day_is_over(day: date, region: str | None) -> str:
    """Return the moment at which ``day`` is over in a region, ISO 8601 in UTC.

    Of Indonesia (``None``) it is over when it is at the office.
    """
    zone = OFFICE if region is None else ZONES[region[:2]]
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC).isoformat(timespec="seconds")


def years_before(day: date, years: int) -> date:
    """Return the same day ``years`` before; of 29 February the 28th."""
    return months_before(day, 12 * years)


def months_before(day: date, months: int) -> date:
    """Return the same day ``months`` before; of one that the month lacks its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

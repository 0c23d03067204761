"""Days as the office counts them: one time zone for "today" and for the day of a moment.

Moments are stored in UTC. What people read and what figures are counted up to are days of western
Indonesia (WIB, UTC+7, without summer time), where the registry is kept: at one in the morning there
it is already tomorrow.
"""

from datetime import date, datetime, timedelta, timezone

OFFICE = timezone(timedelta(hours=7), "WIB")


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


def years_before(day: date, years: int) -> date:
    """Return the same day ``years`` before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

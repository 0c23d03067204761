"""The time for which features are asked, as OGC API - Features writes it (``datetime``)."""

from datetime import date, datetime

from geodata.days import office_date, today

_OPEN = ("", "..")


def day_of(written: str) -> date | None:
    """Return the day as of which features are wanted; ``None`` is now.

    Features are as they stood at the end of a day. Of an interval it is the last day: what has
    held until then. A moment is of the day that it then was at the office.

    >>> day_of("2024-06-30T20:00:00Z").isoformat()
    '2024-07-01'
    >>> day_of("2020-01-01/2024-06-30").isoformat()
    '2024-06-30'

    Raises
    ------
    ValueError
        If it is no day, moment or interval of RFC 3339, ends before it begins, or has not begun.
    """
    first, interval, last = written.partition("/")
    if not interval:
        day = _day(first)
        if day > today():
            raise ValueError(written)
        return day
    begin, end = _bound(first), _bound(last)
    if begin is not None and (begin > today() or (end is not None and end < begin)):
        raise ValueError(written)
    return None if end is None or end > today() else end


def _bound(written: str) -> date | None:
    return None if written in _OPEN else _day(written)


def _day(written: str) -> date:
    if len(written) == len("2024-06-30"):
        return date.fromisoformat(written)
    if datetime.fromisoformat(written).tzinfo is None:
        raise ValueError(written)
    return office_date(written)

"""The trend: KIM registered lately, up to the day of the data, and in as many years before."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from geodata.days import years_before
from geodata.registry.snapshot import KimFilter, Snapshot

TREND_YEARS = 3
"""Lately is within so many whole years up to the day of the data."""


@dataclass(frozen=True)
class Trend:
    """What is known of when KIM were registered.

    Attributes
    ----------
    recent, before
        KIM registered in the last :data:`TREND_YEARS` years, and in as many before them.
    newest
        The newest day of registration, ISO 8601; "" where none is known.
    unknown
        KIM whose day nobody knows.
    """

    recent: int
    before: int
    newest: str
    unknown: int


def kim_trend(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> Trend:
    """Return the trend of the KIM in ``within`` that pass the filter.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    end = date.fromisoformat(snapshot.date)
    days = snapshot.registered[snapshot.mask(kim_filter, within)]
    known = days[~np.isnat(days)]
    return Trend(
        recent=int(lately(days, end).sum()),
        before=int(lately(days, years_before(end, TREND_YEARS)).sum()),
        newest=str(known.max()) if len(known) else "",
        unknown=len(days) - len(known),
    )


def lately(days: np.ndarray, end: date) -> np.ndarray:
    """Return which of ``days`` lie in the :data:`TREND_YEARS` whole years up to ``end``."""
    since = np.datetime64(years_before(end, TREND_YEARS))
    return (days > since) & (days <= np.datetime64(end))

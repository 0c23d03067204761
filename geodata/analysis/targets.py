"""Targets: where each region stands, the pace that is needed, and the pace so far.

A target is a share of the desa, or of the kecamatan, that are to have a KIM by the end of a year:
one KIM in each kecamatan by 2027 is a share of 1 of kecamatan. What counts as reached is a desa or
kecamatan with a KIM that passes the filter; the day it was reached is the first on which one of
these is known to have been registered. A registry does not say which KIM have closed since, so a
pace counts beginnings only.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd

from geodata.analysis.trend import TREND_YEARS, lately
from geodata.errors import SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot

Standing = Literal["tercapai", "sesuai", "tertinggal", "belum_bergerak"]
STANDINGS: tuple[Standing, ...] = ("tercapai", "sesuai", "tertinggal", "belum_bergerak")
"""Reached; on course at the pace so far; behind; not moving at all."""

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Target:
    """A share of desa or kecamatan to have a KIM by the end of a year.

    Attributes
    ----------
    unit
        ``Level.DESA`` or ``Level.KECAMATAN``.
    share
        Above 0, up to 1.
    year
        The year at whose end it is due.

    Raises
    ------
    SelectionError
        If the unit is another level or the share out of range.
    """

    unit: Level
    share: float
    year: int

    def __post_init__(self) -> None:
        if self.unit not in (Level.DESA, Level.KECAMATAN):
            raise SelectionError("target_unit", value=self.unit)
        if not 0 < self.share <= 1:
            raise SelectionError("target_share", value=f"{100 * self.share:g}")

    def days_left(self, today: date) -> int:
        """Return the days from ``today`` to the end of the target's year, both included."""
        return (date(self.year, 12, 31) - today).days + 1


def target_progress(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    target: Target,
    level: Level = Level.PROVINSI,
    within: str | None = None,
) -> pd.DataFrame:
    """Return where every region of ``level`` in ``within`` stands that has reported.

    Returns
    -------
    DataFrame sorted by code with kode, nama, jumlah (desa or kecamatan that have reported),
    tercapai (of them, with a KIM), porsi (tercapai / jumlah, 0 to 1), sasaran (number
    that the target asks for, rounded up), kurang (how many are still to come), laju_perlu (new ones
    a year needed from the day of the data to the end of the target's year), laju (new ones a year
    in the last ``TREND_YEARS``), tanpa_tahun (reached, nobody knows when: they are in no pace),
    tahun_tercapai (the year in which the target is reached at that pace; missing if never, or
    reached already) and posisi (one of :data:`STANDINGS`; on course is whoever gets there by the
    target's year).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If the target's year is over on the day of the data, or ``level`` is not above its unit.
    """
    if not target.unit.is_below(level):
        raise SelectionError("target_level", value=level)
    today = date.fromisoformat(snapshot.date)
    days_left = target.days_left(today)
    if days_left <= 0:
        raise SelectionError("target_year", value=target.year, tahun=today.year)

    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(level, within)
    has_kim, first = first_registered(snapshot, kim_filter, target.unit)
    table = gazetteer.tables[level].iloc[scope][["kode", "nama"]].reset_index(drop=True)
    table["jumlah"] = _count(snapshot.reported(target.unit), gazetteer, level, target.unit)[scope]
    table["tercapai"] = _count(has_kim, gazetteer, level, target.unit)[scope]
    table["porsi"] = table["tercapai"] / table["jumlah"].where(table["jumlah"] > 0)
    table["sasaran"] = [ceil(round(target.share * n, 9)) for n in table["jumlah"]]
    table["kurang"] = (table["sasaran"] - table["tercapai"]).clip(lower=0)
    table["laju_perlu"] = table["kurang"] * _DAYS_A_YEAR / days_left
    recent = _count(lately(first, today), gazetteer, level, target.unit)[scope]
    table["laju"] = recent / TREND_YEARS
    unknown = has_kim & np.isnat(first)
    table["tanpa_tahun"] = _count(unknown, gazetteer, level, target.unit)[scope]
    reached, moves = table["kurang"] == 0, table["laju"] > 0
    arrival = year_reached(today, table["kurang"] / table["laju"].where(moves))
    table["tahun_tercapai"] = arrival.where(~reached, pd.NA)
    table["posisi"] = np.select(
        [reached, (arrival <= target.year).fillna(False), moves],
        ["tercapai", "sesuai", "tertinggal"],
        "belum_bergerak",
    )
    return table[snapshot.reported(level)[scope]].reset_index(drop=True)


def year_reached(today: date, years: pd.Series) -> pd.Series:
    """Return the year in which ``years`` from the beginning of ``today`` are over; missing: never.

    What is over at midnight is over on the day before. The answer is a column of ``Int64``.
    """
    days = np.ceil((years * _DAYS_A_YEAR).round(6)).fillna(1).astype(np.int64)
    last = np.datetime64(today) + (days.to_numpy() - 1)
    reached = pd.Series(last.astype("datetime64[Y]").astype(np.int64) + 1970, dtype="Int64")
    return reached.where(years.notna(), pd.NA)


def first_registered(
    snapshot: Snapshot, kim_filter: KimFilter, unit: Level
) -> tuple[np.ndarray, np.ndarray]:
    """Return which regions of ``unit`` have a KIM that passes, and the first known day of one.

    Two arrays in the order of the gazetteer: bool, and datetime64[D] with NaT where none is known.
    """
    passes = snapshot.mask(kim_filter)
    positions = snapshot.gazetteer.parent_positions(unit, Level.DESA)[snapshot.desa[passes]]
    days = snapshot.registered[passes]
    has_kim = np.zeros(len(snapshot.gazetteer.codes(unit)), dtype=bool)
    has_kim[positions] = True
    first = np.full(len(has_kim), np.datetime64("NaT", "D"))
    order = np.argsort(days, kind="stable")[::-1]  # those that nobody knows come first
    first[positions[order]] = days[order]  # written last to first, so the first stays
    return has_kim, first


def _count(wanted: np.ndarray, gazetteer: Gazetteer, level: Level, unit: Level) -> np.ndarray:
    positions = gazetteer.parent_positions(level, unit)
    size = len(gazetteer.codes(level))
    return np.bincount(positions, wanted, minlength=size).astype(np.int64)

"""Targets: where each region stands, the pace that is needed, and the pace so far.

A target is a share of the desa, or of the kecamatan, that are to have a KIM by the end of a year:
one KIM in each kecamatan by 2027 is a share of 1 of kecamatan. What counts as reached is a desa or
kecamatan with a KIM that passes the filter; the day it was reached is that on which the first of
these was registered. A registry does not say which KIM have closed since, so a pace counts
beginnings only.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd

from geodata.errors import SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot

PACE_YEARS = 3
"""The pace so far is that of the last years, this many, before the day of the data."""

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


def target_progress(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    target: Target,
    level: Level = Level.PROVINSI,
    within: str | None = None,
) -> pd.DataFrame:
    """Return where every region of ``level`` in ``within`` stands.

    Returns
    -------
    DataFrame sorted by code with kode, nama, jumlah (desa or kecamatan in all), tercapai (of them,
    with a KIM), porsi (tercapai / jumlah, 0 to 1), sasaran (number that the target asks for,
    rounded up), kurang (how many are still to come), laju_perlu (new ones a year needed from the
    day of the data to the end of the target's year), laju (new ones a year in the last
    :data:`PACE_YEARS`), tahun_tercapai (the year in which the target is reached at that pace;
    missing if never) and posisi (one of :data:`STANDINGS`).

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
    years = ((date(target.year, 12, 31) - today).days + 1) / _DAYS_A_YEAR
    if years <= 0:
        raise SelectionError("target_year", value=target.year, tahun=today.year)

    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(level, within)
    first = _first_registered(snapshot, kim_filter, target.unit)
    since = np.datetime64(_years_before(today, PACE_YEARS))
    recent = (first > since) & (first <= np.datetime64(today))
    table = gazetteer.tables[level].iloc[scope][["kode", "nama"]].reset_index(drop=True)
    table["jumlah"] = _count(np.ones(len(first)), gazetteer, level, target.unit)[scope]
    table["tercapai"] = _count(~np.isnat(first), gazetteer, level, target.unit)[scope]
    table["porsi"] = table["tercapai"] / table["jumlah"].where(table["jumlah"] > 0)
    table["sasaran"] = [ceil(round(target.share * n, 9)) for n in table["jumlah"]]
    table["kurang"] = (table["sasaran"] - table["tercapai"]).clip(lower=0)
    table["laju_perlu"] = table["kurang"] / years
    table["laju"] = _count(recent, gazetteer, level, target.unit)[scope] / PACE_YEARS
    reached = table["kurang"] == 0
    # NaN where nothing moves, 0 where nothing is missing.
    left = (table["kurang"] / table["laju"].where(table["laju"] > 0)).where(~reached, 0.0)
    arrival = np.floor(today.year + today.timetuple().tm_yday / _DAYS_A_YEAR + left)
    table["tahun_tercapai"] = arrival.astype("Int64").where(~reached, pd.NA)
    on_course = table["laju"] >= table["laju_perlu"]
    table["posisi"] = np.select(
        [reached, on_course, table["laju"] > 0],
        ["tercapai", "sesuai", "tertinggal"],
        "belum_bergerak",
    )
    return table


def _first_registered(snapshot: Snapshot, kim_filter: KimFilter, unit: Level) -> np.ndarray:
    """Return the day of the first KIM of every region of ``unit``; NaT where there is none."""
    passes = snapshot.mask(kim_filter)
    positions = snapshot.gazetteer.parent_positions(unit, Level.DESA)[snapshot.desa[passes]]
    days = snapshot.kim["tanggal_terdaftar"].to_numpy("datetime64[D]")[passes]
    first = np.full(len(snapshot.gazetteer.codes(unit)), np.datetime64("NaT", "D"))
    order = np.argsort(days, kind="stable")[::-1]
    first[positions[order]] = days[order]  # written last to first, so the first stays
    return first


def _count(wanted: np.ndarray, gazetteer: Gazetteer, level: Level, unit: Level) -> np.ndarray:
    positions = gazetteer.parent_positions(level, unit)
    size = len(gazetteer.codes(level))
    return np.bincount(positions, wanted, minlength=size).astype(np.int64)


def _years_before(day: date, years: int) -> date:
    """Return the same day ``years`` before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

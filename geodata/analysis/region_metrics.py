"""Figures of a region: number of KIM, coverage, KIM per 100 desa.

Every figure at every level comes from one count of KIM by desa. Regions of a level are slices of
the desa in the gazetteer's order, so an upper level is a difference of running sums.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.registry.fields import count_by_field
from geodata.registry.snapshot import UNKNOWN_YEAR, KimFilter, Snapshot


@dataclass(frozen=True)
class Totals:
    """The figures of one region: counts, and coverage as a share of 0 to 1.

    ``tanpa_tahun`` is :func:`kim_without_year`.
    """

    jumlah_kim: int
    jumlah_desa: int
    desa_terlayani: int
    tanpa_tahun: int = 0

    @property
    def cakupan(self) -> float:
        """Share of desa and kelurahan with at least one KIM; NaN where there is no desa."""
        return self.desa_terlayani / self.jumlah_desa if self.jumlah_desa else float("nan")

    @property
    def kim_per_100_desa(self) -> float:
        """KIM for each hundred desa and kelurahan; NaN where there is no desa."""
        return 100 * self.jumlah_kim / self.jumlah_desa if self.jumlah_desa else float("nan")


@lru_cache(maxsize=4)  # one choropleth asks for its layer, the one seen from afar, and the totals
def count_by_desa(snapshot: Snapshot, kim_filter: KimFilter) -> np.ndarray:
    """Return the number of KIM that pass the filter in each desa of the gazetteer; read-only."""
    passes = snapshot.mask(kim_filter)
    desa = len(snapshot.gazetteer.codes(Level.DESA))
    by_desa = np.bincount(snapshot.desa[passes], minlength=desa)
    by_desa.setflags(write=False)
    return by_desa


def sum_by_region(by_desa: np.ndarray, gazetteer: Gazetteer, level: Level) -> np.ndarray:
    """Add an array of one entry a desa up to the regions of ``level``."""
    if level is Level.DESA:
        return by_desa
    running = np.concatenate([[0], np.cumsum(by_desa)])
    edges = np.append(gazetteer.desa_starts(level), len(by_desa))
    return np.diff(running[edges])


def region_metrics(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None = None
) -> pd.DataFrame:
    """Return the figures of every region of ``level`` that lies in ``within``.

    Parameters
    ----------
    within
        Code of a region; ``None`` is Indonesia. For a level above it, the one region that holds it.

    Returns
    -------
    DataFrame sorted by code, a row for each region of the reference (drawn or not), with columns
    kode, nama, jumlah_kim, jumlah_desa, desa_terlayani (counts), cakupan (share of desa with at
    least one KIM, 0 to 1) and kim_per_100_desa. The last two are NaN where a region has no desa.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(level, within)
    by_desa = count_by_desa(snapshot, kim_filter)
    kim = sum_by_region(by_desa, gazetteer, level)[scope]
    served = sum_by_region((by_desa > 0).astype(np.int64), gazetteer, level)[scope]
    desa = gazetteer.desa_counts(level)[scope]
    names = gazetteer.tables[level].iloc[scope]
    with np.errstate(invalid="ignore", divide="ignore"):
        return pd.DataFrame(
            {
                "kode": names["kode"].array,
                "nama": names["nama"].array,
                "jumlah_kim": kim,
                "jumlah_desa": desa,
                "desa_terlayani": served,
                "cakupan": served / desa,
                "kim_per_100_desa": 100 * kim / desa,
            }
        )


def totals(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> Totals:
    """Return the figures of the one region ``within`` (``None``: Indonesia).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = snapshot.gazetteer.within(Level.DESA, within)
    by_desa = count_by_desa(snapshot, kim_filter)[scope]
    return Totals(
        int(by_desa.sum()),
        len(by_desa),
        int(np.count_nonzero(by_desa)),
        kim_without_year(snapshot, kim_filter, within),
    )


def kim_without_year(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> int:
    """Return how many KIM pass the filter but for its years, and are of an unknown year.

    They are counted, unless the filter names years.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    passes = snapshot.mask(replace(kim_filter, tahun=None), within)
    return int((snapshot.tahun[passes] == UNKNOWN_YEAR).sum())


def kim_by_bidang(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.Series:
    """Return the number of KIM in each field, in the order of ``BIDANG``.

    A KIM of several fields counts in each.
    """
    return count_by_field(snapshot.bidang_bits[snapshot.mask(kim_filter, within)])


def kim_by_year(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> pd.Series:
    """Return the number of KIM registered in each year, from the registry's first to its last.

    KIM of unknown years, if there are any, stand last, under ``UNKNOWN_YEAR``: the series adds up
    to all that pass.
    """
    first, last = snapshot.years
    years = snapshot.tahun[snapshot.mask(kim_filter, within)]
    known = years[years != UNKNOWN_YEAR]
    counts = pd.Series(
        np.bincount(known - first, minlength=last - first + 1), index=range(first, last + 1)
    )
    if len(known) < len(years):
        counts[UNKNOWN_YEAR] = len(years) - len(known)
    return counts

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

    Attributes
    ----------
    jumlah_kim, desa_terlayani
        KIM, and desa with at least one.
    kim_aktif, desa_aktif
        Of these KIM, the active ones, and desa with at least one of them.
    jumlah_desa, desa_melapor
        All desa, and those in the kabupaten/kota that have reported: coverage is of these.
    kabupaten_kota, kabupaten_melapor
        The kabupaten/kota that the region holds, or the one it lies in; how many have reported.
    tanpa_tahun
        As :func:`kim_without_year` has it.
    """

    jumlah_kim: int
    jumlah_desa: int
    desa_terlayani: int
    kim_aktif: int
    desa_aktif: int
    desa_melapor: int
    kabupaten_kota: int
    kabupaten_melapor: int
    tanpa_tahun: int = 0

    @property
    def figures(self) -> dict[str, float]:
        """What there is to say of the region, by column; all NaN where nobody has reported."""
        known = {
            "jumlah_kim": self.jumlah_kim,
            "kim_aktif": self.kim_aktif,
            "desa_terlayani": self.desa_terlayani,
            "desa_aktif": self.desa_aktif,
            "cakupan": self.cakupan,
            "cakupan_aktif": self.cakupan_aktif,
            "kim_per_100_desa": self.kim_per_100_desa,
        }
        return known if self.kabupaten_melapor else dict.fromkeys(known, float("nan"))

    @property
    def cakupan(self) -> float:
        """Share of desa and kelurahan with at least one KIM; NaN where none has reported."""
        return self.desa_terlayani / self.desa_melapor if self.desa_melapor else float("nan")

    @property
    def cakupan_aktif(self) -> float:
        """Share of desa and kelurahan with at least one active KIM; NaN where none has reported."""
        return self.desa_aktif / self.desa_melapor if self.desa_melapor else float("nan")

    @property
    def kim_per_100_desa(self) -> float:
        """KIM for each hundred desa and kelurahan; NaN where none has reported."""
        return 100 * self.jumlah_kim / self.desa_melapor if self.desa_melapor else float("nan")


@lru_cache(maxsize=6)  # one choropleth asks for its layer, the one seen from afar, and the totals
def count_by_desa(snapshot: Snapshot, kim_filter: KimFilter) -> np.ndarray:
    """Return the number of KIM that pass the filter in each desa of the gazetteer; read-only."""
    passes = snapshot.mask(kim_filter)
    desa = len(snapshot.gazetteer.codes(Level.DESA))
    by_desa = np.bincount(snapshot.desa[passes], minlength=desa)
    by_desa.setflags(write=False)
    return by_desa


@lru_cache(maxsize=4)
def count_active_by_desa(snapshot: Snapshot, kim_filter: KimFilter) -> np.ndarray:
    """Return how many of the KIM of :func:`count_by_desa` are active; read-only."""
    passes = snapshot.mask(kim_filter) & snapshot.active
    by_desa = np.bincount(snapshot.desa[passes], minlength=len(snapshot.desa_reported))
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

    While some kabupaten/kota have not reported, desa_melapor follows jumlah_desa: the desa in those
    that have, of which cakupan and kim_per_100_desa are. Where that is nobody, jumlah_kim and
    desa_terlayani are missing (Int64), which is what :func:`is_unreported` tells by.

    Of a day before the oldest version of the registry, kim_tanpa_tanggal stands last: the KIM that
    pass the filter and are not counted, since nobody knows when they were registered.

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
    of = desa
    if snapshot.unreported:
        of = sum_by_region(snapshot.desa_reported.astype(np.int64), gazetteer, level)[scope]
    names = gazetteer.tables[level].iloc[scope]
    with np.errstate(invalid="ignore", divide="ignore"):
        table = pd.DataFrame(
            {
                "kode": names["kode"].array,
                "nama": names["nama"].array,
                "jumlah_kim": kim,
                "jumlah_desa": desa,
                "desa_terlayani": served,
                "cakupan": served / of,
                "kim_per_100_desa": 100 * kim / of,
            }
        )
    if snapshot.unreported:
        known = snapshot.reported(level)[scope]
        for name in ("jumlah_kim", "desa_terlayani"):
            table[name] = table[name].astype("Int64").where(known)
        table.insert(list(table).index("desa_terlayani"), "desa_melapor", of)
    if snapshot.undated is not None:
        undated = count_by_desa(snapshot.undated, replace(kim_filter, tahun=None))
        table["kim_tanpa_tanggal"] = sum_by_region(undated, gazetteer, level)[scope]
    return table


def active_coverage(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None = None
) -> pd.DataFrame:
    """Return the coverage by active KIM of every region of ``level`` in ``within``.

    Returns
    -------
    DataFrame sorted by code with kode and the columns that :func:`with_active` adds.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    table = region_metrics(snapshot, kim_filter, level, within)
    table = with_active(table, snapshot, kim_filter, level, within)
    return table[["kode", "desa_aktif", "cakupan_aktif"]]


def with_active(
    table: pd.DataFrame,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None = None,
) -> pd.DataFrame:
    """Return a table of ``region_metrics`` with the coverage by active KIM.

    Parameters
    ----------
    table
        Of the same snapshot, filter, level and region.

    Returns
    -------
    ``table`` and desa_aktif (desa with an active KIM that passes; missing where a region has not
    reported) and cakupan_aktif (their share of the desa that coverage is of, 0 to 1, else NaN).
    """
    has_active = (count_active_by_desa(snapshot, kim_filter) > 0).astype(np.int64)
    scope = snapshot.gazetteer.within(level, within)
    active = pd.Series(sum_by_region(has_active, snapshot.gazetteer, level)[scope])
    if snapshot.unreported:
        active = active.astype("Int64").where(~is_unreported(table))
    with np.errstate(invalid="ignore"):
        share = active.to_numpy(float, na_value=np.nan) / desa_counted(table).to_numpy(float)
    table = table.copy(deep=False)
    table["desa_aktif"], table["cakupan_aktif"] = active.array, share
    return table


def is_unreported(table: pd.DataFrame) -> np.ndarray:
    """Return which rows of a table of ``region_metrics`` are regions that have not reported."""
    return table["jumlah_kim"].isna().to_numpy()


def desa_counted(table: pd.DataFrame) -> pd.Series:
    """Return for each row of a table of ``region_metrics`` the desa that coverage is of."""
    return table["desa_melapor" if "desa_melapor" in table else "jumlah_desa"]


def reported_regions(snapshot: Snapshot, level: Level, within: str | None = None) -> int:
    """Return how many regions of ``level`` in ``within`` have reported, at least in part.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = snapshot.gazetteer.within(level, within)
    return int(np.count_nonzero(snapshot.reported(level)[scope]))


def totals(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> Totals:
    """Return the figures of the one region ``within`` (``None``: Indonesia).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = snapshot.gazetteer.within(Level.DESA, within)
    kabupaten = snapshot.gazetteer.within(Level.KABUPATEN_KOTA, within)
    by_desa = count_by_desa(snapshot, kim_filter)[scope]
    active = count_active_by_desa(snapshot, kim_filter)[scope]
    return Totals(
        int(by_desa.sum()),
        len(by_desa),
        int(np.count_nonzero(by_desa)),
        int(active.sum()),
        int(np.count_nonzero(active)),
        int(np.count_nonzero(snapshot.desa_reported[scope])),
        kabupaten.stop - kabupaten.start,
        reported_regions(snapshot, Level.KABUPATEN_KOTA, within),
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

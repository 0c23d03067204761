"""Gaps: the regions in which no KIM passes the filter, and those of which nobody knows yet."""

import pandas as pd

from geodata.analysis.region_metrics import region_metrics
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot


def regions_without_kim(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None = None
) -> pd.DataFrame:
    """Return the regions of ``level`` in ``within`` without any KIM that passes the filter.

    A region that has not reported is none of them: see :func:`regions_unreported`.

    Returns
    -------
    DataFrame sorted by code, with kode, the names of the regions above (columns provinsi,
    kabupaten_kota, kecamatan as far as they are above ``level``), nama and jumlah_desa.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    metrics = region_metrics(snapshot, kim_filter, level, within)
    empty = metrics[(metrics["jumlah_kim"] == 0).fillna(False)].reset_index(drop=True)
    return with_ancestors(empty[["kode", "nama", "jumlah_desa"]], snapshot, level)


def regions_unreported(snapshot: Snapshot, within: str | None = None) -> pd.DataFrame:
    """Return the kabupaten/kota in ``within`` whose list of KIM is not in the registry.

    Returns
    -------
    DataFrame sorted by code, with kode, provinsi (its name), nama and jumlah_desa.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    level, gazetteer = Level.KABUPATEN_KOTA, snapshot.gazetteer
    scope = gazetteer.within(level, within)
    regions = gazetteer.tables[level].iloc[scope][["kode", "nama"]]
    regions = regions.assign(jumlah_desa=gazetteer.desa_counts(level)[scope])
    missing = regions[~snapshot.reported(level)[scope]].reset_index(drop=True)
    return with_ancestors(missing, snapshot, level)


def with_ancestors(regions: pd.DataFrame, snapshot: Snapshot, level: Level) -> pd.DataFrame:
    """Return ``regions`` (columns kode, nama, ...) with the names of the regions above, first."""
    gazetteer = snapshot.gazetteer
    result = regions.copy()
    above = [upper for upper in Level if level.is_below(upper)]
    for position, upper in enumerate(above, start=1):
        codes = result["kode"].str[: upper.code_length]
        result.insert(position, upper.value, codes.map(gazetteer.name))
    return result

"""Which kecamatan come next: a plan of new KIM, summed up by the kecamatan that get them.

It is the same plan and no second one, so the two answers to "where next" cannot differ. A KIM of
the plan stands in a desa, and what it serves may lie in other kecamatan, too.
"""

import pandas as pd

from geodata.analysis.distance import distance_by_region
from geodata.analysis.gaps import with_ancestors
from geodata.analysis.region_metrics import region_metrics
from geodata.analysis.siting.plans import SitingPlan
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot

_NOW = ["jumlah_desa", "desa_terlayani", "cakupan"]


def plan_by_kecamatan(
    plan: SitingPlan,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    within: str | None = None,
    *,
    same_island: bool = False,
) -> pd.DataFrame:
    """Return the kecamatan in which ``plan`` forms KIM, in the order in which it comes to them.

    Parameters
    ----------
    plan
        Of ``plan_siting``, made with the same snapshot, filter, region and ``same_island``.

    Returns
    -------
    DataFrame with urutan (from 1), kode, provinsi, kabupaten_kota, nama; jumlah_baru (KIM of the
    plan in it), desa_baru (number of desa, its own or others', that these KIM are the first of the
    plan to serve), tambahan (the weight of these); and as it is without the plan jumlah_desa,
    desa_terlayani (desa with a KIM of their own), cakupan (share, 0 to 1) and jarak_rata_km (mean
    great-circle km of its desa to the nearest KIM; NaN: none is known).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    level = Level.KECAMATAN
    sites = plan.table.assign(
        kode=plan.table["kode"].str[: level.code_length],
        desa_baru=plan.table["urutan"].map(plan.served["urutan"].value_counts()).fillna(0),
    )
    sums = sites.groupby("kode", sort=False).agg(
        jumlah_baru=("urutan", "size"), desa_baru=("desa_baru", "sum"), tambahan=("tambahan", "sum")
    )
    now = region_metrics(snapshot, kim_filter, level, within)[["kode", "nama", *_NOW]]
    near = distance_by_region(snapshot, kim_filter, level, within, same_island=same_island)
    table = (
        sums.astype({"desa_baru": "int64"})
        .reset_index()
        .merge(now, on="kode")
        .merge(near[["kode", "jarak_rata_km"]], on="kode")
    )
    order = ["kode", "nama", *sums.columns, *_NOW, "jarak_rata_km"]
    table = with_ancestors(table[order], snapshot, level)
    table.insert(0, "urutan", range(1, len(table) + 1))
    return table

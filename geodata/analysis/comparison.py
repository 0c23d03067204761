"""Regions side by side: their figures as one table."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.analysis.bidang_gaps import fields_shown
from geodata.analysis.profile import Figures
from geodata.analysis.region_metrics import kim_by_year, reported_regions, totals
from geodata.regions import Level
from geodata.registry.snapshot import UNKNOWN_YEAR, KimFilter, Snapshot


def compared(snapshot: Snapshot, kim_filter: KimFilter, regions: Sequence[Figures]) -> pd.DataFrame:
    """Return the figures of ``regions``, of whatever levels, side by side.

    Returns
    -------
    DataFrame with a row a region, in the order given: kode ("" for Indonesia), jumlah_kim,
    desa_terlayani, jumlah_desa, desa_melapor (counts, the last of desa whose kabupaten/kota has
    reported), cakupan (0 to 1), kim_per_100_desa, cakupan_eb (estimated coverage, 0 to 1),
    peringkat and diperingkat (its rank by that among the regions beside it, and how many of these
    are ranked), jarak_median_km (of its desa to the nearest KIM), kecamatan_kosong and
    jumlah_kecamatan (kecamatan without a KIM, and all that have reported), kim_baru and kim_lalu
    (as ``kim_trend``). Unless the filter names a status, kim_aktif, desa_aktif and cakupan_aktif
    follow: those of active KIM. What a region does not have (a desa has no rank, who has not
    reported has no figures) is missing.

    Raises
    ------
    RegionError
        If the gazetteer has no such region.
    """
    rows = [_figures(snapshot, region) for region in regions]
    table = pd.DataFrame(rows)
    if kim_filter.status:
        return table
    active = ("kim_aktif", "desa_aktif", "cakupan_aktif")
    return table.assign(
        **{name: [region.totals.figures[name] for region in regions] for name in active}
    )


def _figures(snapshot: Snapshot, region: Figures) -> dict[str, object]:
    counts, own, trend = region.totals, region.own, region.trend
    figures, reported = counts.figures, counts.kabupaten_melapor > 0
    ranked = own is not None and bool(own["dapat_diperingkat"])
    empty = region.empty.get(Level.KECAMATAN) if reported else None
    return {
        "kode": region.kode or "",
        "jumlah_kim": figures["jumlah_kim"],
        "desa_terlayani": figures["desa_terlayani"],
        "jumlah_desa": counts.jumlah_desa,
        "desa_melapor": counts.desa_melapor if reported else np.nan,
        "cakupan": figures["cakupan"],
        "kim_per_100_desa": figures["kim_per_100_desa"],
        "cakupan_eb": np.nan if own is None else own["cakupan_eb"],
        "peringkat": own["peringkat"] if ranked else np.nan,  # type: ignore[index]
        "diperingkat": region.siblings["dapat_diperingkat"].sum() if ranked else np.nan,  # type: ignore[index]
        "jarak_median_km": np.median(region.known_km) if len(region.known_km) else np.nan,
        "kecamatan_kosong": np.nan if empty is None else len(empty),
        "jumlah_kecamatan": np.nan
        if empty is None
        else reported_regions(snapshot, Level.KECAMATAN, region.kode),
        "kim_baru": np.nan if trend is None or not reported else trend.recent,
        "kim_lalu": np.nan if trend is None or not reported else trend.before,
    }


def compared_by_bidang(
    snapshot: Snapshot, kim_filter: KimFilter, codes: Sequence[str | None]
) -> pd.DataFrame:
    """Return the coverage of the regions ``codes`` (``None``: Indonesia) by each field.

    Returns
    -------
    DataFrame with a row a field and region, in the order given: bidang, kode ("" for Indonesia),
    jumlah_kim, desa_terlayani and cakupan (0 to 1). The filter's status and years hold; of its
    fields those that it names are shown, else all.

    Raises
    ------
    RegionError
        If the gazetteer has no such region.
    """
    names = ["bidang", "kode", "jumlah_kim", "desa_terlayani", "cakupan"]
    rows = []
    for bidang in fields_shown(kim_filter):
        of_field = replace(kim_filter, bidang=(bidang,))
        for code in codes:
            figures = totals(snapshot, of_field, code).figures
            known = (figures[name] for name in names[2:])
            rows.append((bidang, code or "", *known))
    return pd.DataFrame(rows, columns=names)


def compared_by_year(
    snapshot: Snapshot, kim_filter: KimFilter, codes: Sequence[str | None]
) -> pd.DataFrame:
    """Return how many KIM the regions ``codes`` (``None``: Indonesia) had by the end of each year.

    Of KIM whose year of registration is known.

    Returns
    -------
    DataFrame with a row a region and year, in the order given: kode ("" for Indonesia), tahun,
    jumlah_kim (registered until then) and kim_per_100_desa (these for each 100 desa). Who has not
    reported is left out.

    Raises
    ------
    RegionError
        If the gazetteer has no such region.
    """
    rows = []
    for code in codes:
        desa = totals(snapshot, kim_filter, code).desa_melapor
        if not desa:
            continue
        by_year = kim_by_year(snapshot, kim_filter, code).drop(UNKNOWN_YEAR, errors="ignore")
        registered = by_year.cumsum()
        rows += [
            (code or "", year, kim, 100 * kim / desa) for year, kim in registered.to_dict().items()
        ]
    return pd.DataFrame(rows, columns=["kode", "tahun", "jumlah_kim", "kim_per_100_desa"])

"""How sure the places of KIM are, what their rows lack, and which are stale: sums by region."""

import numpy as np
import pandas as pd

from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer
from geodata.matching.candidate import Method
from geodata.regions import Level
from geodata.registry.database.placement_quality import EXPECTED
from geodata.registry.snapshot import Snapshot
from geodata.sphere import km_outside


def way(method: Method) -> str:
    """Return the column of :func:`region_quality` that counts the KIM placed by ``method``."""
    return f"cara_{method}"


WAYS: tuple[str, ...] = tuple(map(way, Method))
"""Columns of :func:`region_quality` that count KIM by how they were placed."""

UNPLACED = "tanpa_desa"
"""Column that counts the rows in review, whose desa nobody knows for sure."""

UNRECORDED = "tanpa_catatan"
"""Column that counts the KIM of which nobody recorded how they were placed: those of the sample."""

DOUBTFUL: tuple[str, ...] = (way(Method.NAMA_MIRIP), way(Method.KOORDINAT), UNPLACED)
"""Ways that leave a doubt: an approximate name, coordinates alone, or none at all."""


def rows_of_sample(snapshot: Snapshot) -> pd.DataFrame:
    """Return the KIM of a snapshot as ``placement_quality`` returns those of the database.

    Nothing is known of how they were placed: ``metode`` is "".
    """
    kim = snapshot.kim
    rows = kim[["nama_kim", "kode_wilayah", "lat", "lng", *EXPECTED]].copy()
    return rows.assign(outcome="diterima", metode="", skor=np.nan)


def region_quality(
    rows: pd.DataFrame,
    gazetteer: Gazetteer,
    level: Level,
    within: str | None = None,
    *,
    stale_before: str,
) -> pd.DataFrame:
    """Return the figures of every region of ``level`` in ``within``.

    Parameters
    ----------
    rows
        As ``placement_quality`` returns them; those rejected are passed over. A row in review
        counts in the region of its best candidate.
    stale_before
        A day, ISO 8601. A KIM is stale whose row was last updated (or else registered) before it.

    Returns
    -------
    DataFrame sorted by code, a row for each region of the reference:

    kode, nama
        The region.
    baris_dinilai
        KIM and rows in review: the sum of :data:`WAYS`, :data:`UNPLACED` and :data:`UNRECORDED`.
    :data:`WAYS`, :data:`UNPLACED`, :data:`UNRECORDED`
        Their numbers by how they were placed.
    ragu, bagian_ragu
        The sum of :data:`DOUBTFUL`, and its share of the rows of which the way is recorded: 0 to
        1, NaN where there are none.
    kim
        KIM alone, of which the following count some:
    kosong_..., basi, tanpa_tanggal
        KIM that lack each of ``EXPECTED``; that are stale; that have neither day, of which nobody
        can say whether they are.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    told = tell(rows, stale_before)
    scope = gazetteer.within(level, within)
    codes = told["kode_wilayah"].str[: level.code_length]
    position = gazetteer.positions(level, codes) - scope.start
    size = scope.stop - scope.start
    inside = (position >= 0) & (position < size)
    counts = {
        name: np.bincount(position[inside & told[name].to_numpy()], minlength=size)
        for name in told.columns[1:]
    }
    names = gazetteer.tables[level].iloc[scope]
    regions = {"kode": names["kode"].array, "nama": names["nama"].array}
    return _with_share(pd.DataFrame(regions | counts))


def quality_totals(
    rows: pd.DataFrame, within: str | None = None, *, stale_before: str
) -> pd.Series:
    """Return the figures of one region (``None``: Indonesia), columns as in :func:`region_quality`.

    Those of Indonesia include the rows in review that no region can be told of; ``tanpa_wilayah``
    counts them.
    """
    told = tell(rows, stale_before)
    if within is not None:
        told = told[told["kode_wilayah"].str.startswith(within)]
    totals = _with_share(told.drop(columns="kode_wilayah").sum().to_frame().T).iloc[0]
    totals["tanpa_wilayah"] = int((told["kode_wilayah"] == "").sum())
    return totals


def tell(rows: pd.DataFrame, stale_before: str) -> pd.DataFrame:
    """Return for each row that is not rejected its kode_wilayah and what holds of it, as booleans.

    The columns are those that :func:`region_quality` counts.
    """
    rows = rows[rows["outcome"] != "ditolak"]
    kim, placed_by = rows["outcome"] == "diterima", rows["metode"]
    told = pd.DataFrame(
        {"kode_wilayah": rows["kode_wilayah"], "baris_dinilai": True}, index=rows.index
    )
    for method in Method:
        told[way(method)] = kim & (placed_by == method.value)
    told[UNPLACED] = ~kim
    told[UNRECORDED] = kim & ~placed_by.isin([method.value for method in Method])
    told["ragu"] = told[list(DOUBTFUL)].any(axis=1)
    told["kim"] = kim
    for name in EXPECTED:
        told[f"kosong_{name}"] = kim & (rows[name].isna() | (rows[name] == ""))
    last = rows["tanggal_diperbarui"].fillna(rows["tanggal_terdaftar"])
    told["basi"] = kim & (last < pd.Timestamp(stale_before))
    told["tanpa_tanggal"] = kim & last.isna()
    return told


def points_outside(rows: pd.DataFrame, boundaries: BoundarySet) -> pd.DataFrame:
    """Return the KIM whose own point lies outside the desa they are placed in.

    KIM without a point, and those of desa that ``boundaries`` do not draw, cannot be told of.

    Parameters
    ----------
    rows
        As ``placement_quality`` returns them.

    Returns
    -------
    DataFrame, the farthest first: nomor_induk, nama_kim, kode_wilayah, lat, lng (EPSG:4326
    degrees), ``titik_di`` (code of the desa the point lies in, "" for none), and ``km``, how far
    the point lies outside its desa.
    """
    columns = ["nomor_induk", "nama_kim", "kode_wilayah", "lat", "lng"]
    known = (rows["outcome"] == "diterima") & rows["lat"].notna() & rows["lng"].notna()
    known &= rows["kode_wilayah"].str.len() == Level.DESA.code_length
    kim = rows.loc[known, columns].reset_index(drop=True)
    if boundaries.finest is Level.DESA:
        kim = kim[boundaries.is_drawn(Level.DESA, kim["kode_wilayah"])].reset_index(drop=True)
    else:
        kim = kim.iloc[:0]
    kim["titik_di"] = boundaries.locate_points(kim["lat"].tolist(), kim["lng"].tolist())
    away = kim[kim["titik_di"] != kim["kode_wilayah"]].reset_index(drop=True)
    shapes = boundaries.polygons_of(boundaries.finest, away["kode_wilayah"])
    away["km"] = km_outside(away["lat"].to_numpy(), away["lng"].to_numpy(), shapes)
    return away.sort_values("km", ascending=False, kind="stable", ignore_index=True)


def _with_share(counts: pd.DataFrame) -> pd.DataFrame:
    known = counts["baris_dinilai"] - counts[UNRECORDED]
    share = counts["ragu"] / known.where(known > 0)
    counts.insert(counts.columns.tolist().index("ragu") + 1, "bagian_ragu", share.astype(float))
    return counts

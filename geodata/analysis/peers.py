"""Regions like mine: the nearest peers of a region, and where it stands among them.

Regions of one level are alike if they have about as many desa, desa as dense, as large a share of
kelurahan, and as large a share of desa on other islands than most. (Land is no feature of its own:
it is what number and density make it.) The first two are compared on a logarithmic scale, on which
twice as much is as far as half; then each is divided by its standard deviation over all of
Indonesia, and the distance is Euclidean (nearest neighbours, Fix and Hodges, 1951). What is not
known of one of two regions does not part them. Who has not reported is nobody's peer: there is
nothing to compare.

References
----------
Fix, E. and Hodges, J. L. (1951). Discriminatory analysis, nonparametric discrimination: consistency
properties. Report 4, USAF School of Aviation Medicine, Randolph Field.
"""

import numpy as np
import pandas as pd

from geodata.analysis.coverage import kinds_of_desa
from geodata.analysis.islands import islands_of_desa
from geodata.analysis.region_metrics import is_unreported, region_metrics, sum_by_region
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of, parent
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.village_points import points_of_desa

PEERS = 10
_LOGARITHMIC = ["jumlah_desa", "desa_per_100_km2"]
_COMPARED = [*_LOGARITHMIC, "bagian_kelurahan", "bagian_pulau_lain"]
_RESULTS = ("jumlah_kim", "desa_terlayani", "cakupan")


def region_peers(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: BoundarySet,
    kode: str,
    peers: int = PEERS,
) -> pd.DataFrame:
    """Return the region ``kode`` and those of its level that are most like it.

    Returns
    -------
    DataFrame with the region itself first, then its peers by likeness (ties by code): kode, nama,
    induk (name of the region above), jumlah_desa, area_km2 (land, on the ellipsoid, in the boundary
    set), desa_per_100_km2, bagian_kelurahan (0 to 1), bagian_pulau_lain (share of the desa with a
    point, 0 to 1, that stand on other islands than most; NaN: none has one), ketidakmiripan (0 for
    itself), jumlah_kim, desa_terlayani, cakupan (0 to 1) and peringkat (by coverage among those
    listed, 1 the highest, ties share the lower number).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``kode``.
    SelectionError
        If ``kode`` is a desa, has not reported, or is not drawn, so that it has no area.
    """
    gazetteer = snapshot.gazetteer
    gazetteer.name(kode)
    level = level_of(kode)
    if level is Level.DESA:
        raise SelectionError("peers_level")
    table = region_metrics(snapshot, kim_filter, level)
    kelurahan = (kinds_of_desa(gazetteer) == "kelurahan").astype(np.int64)
    table["area_km2"] = boundaries.areas(level).reindex(table["kode"]).array
    table["desa_per_100_km2"] = 100 * table["jumlah_desa"] / table["area_km2"]
    counted = sum_by_region(kelurahan, gazetteer, level)
    table["bagian_kelurahan"] = counted / table["jumlah_desa"].where(table["jumlah_desa"] > 0)
    table["bagian_pulau_lain"] = _on_other_islands(gazetteer, level)
    unreported = is_unreported(table)
    if unreported[table["kode"] == kode].any():
        raise SelectionError("peers_unreported", kode=kode)
    table = table[table["area_km2"].notna() & (table["jumlah_desa"] > 0) & ~unreported]
    own = table.index[table["kode"] == kode]
    if own.empty:
        raise SelectionError("peers_area", kode=kode)

    features = table[_COMPARED].astype(float)
    features[_LOGARITHMIC] = np.log(features[_LOGARITHMIC])
    spread = features.std(ddof=0)
    apart = (features - features.loc[own[0]]) / spread.where(spread > 0, 1)
    table["ketidakmiripan"] = np.sqrt((apart**2).sum(axis=1))
    is_other = table["kode"] != kode
    nearest = table.assign(_other=is_other).sort_values(["_other", "ketidakmiripan", "kode"])
    nearest = nearest.head(peers + 1).reset_index(drop=True)
    nearest["peringkat"] = nearest["cakupan"].rank(ascending=False, method="min").astype(int)
    above = [parent(code) for code in nearest["kode"]]
    nearest["induk"] = [gazetteer.name(code) if code else "Indonesia" for code in above]
    return nearest[
        ["kode", "nama", "induk", "area_km2", *_COMPARED, "ketidakmiripan", *_RESULTS, "peringkat"]
    ]


def _on_other_islands(gazetteer: Gazetteer, level: Level) -> np.ndarray:
    """Return for each region the share of its desa that are not on the island of most of them."""
    placed = np.flatnonzero(np.isfinite(points_of_desa(gazetteer)[0]))
    region = gazetteer.parent_positions(level, Level.DESA)[placed]
    by_island = pd.Series(region).groupby([region, islands_of_desa(gazetteer)[placed]]).size()
    of_region = by_island.groupby(level=0)
    most = of_region.max() / of_region.sum()
    return 1 - most.reindex(range(len(gazetteer.codes(level)))).to_numpy()

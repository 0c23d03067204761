"""How far each desa is from the nearest KIM that passes the filter.

A KIM stands at its own coordinates, else at its desa's point. The nearest one may lie in another
region. A desa with a KIM of its own is at 0 km, with or without a point; any other desa without a
point has no distance, which is "no data" and never a number. Nor has one whose kabupaten/kota has
not reported: it may have a KIM. A point that is known to be wrong (see
the module ``village_points``) is none.
"""

import numpy as np
import pandas as pd

from geodata.analysis.gaps import with_ancestors
from geodata.analysis.islands import islands, islands_of_desa, on_one_island, vectors_by_island
from geodata.regions import Level
from geodata.registry.points import coordinates
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.sphere import great_circle_km, unit_vectors
from geodata.village_points import points_of_desa

THRESHOLDS_KM = (5, 10, 25)
BINS_KM = (0.0, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, np.inf)


def nearest_kim(
    snapshot: Snapshot, kim_filter: KimFilter, *, same_island: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Return the distance of every desa to its nearest KIM, and which that is.

    With ``same_island`` only KIM on the desa's own island count; where there is none, there is no
    distance.

    Returns
    -------
    Two arrays of one entry a desa of the gazetteer: great-circle km (NaN: no data), and the row of
    the KIM in ``snapshot.kim`` (-1 where there is no distance). Of a desa's own KIM it is the
    first.
    """
    from scipy.spatial import KDTree

    lat, lng = points_of_desa(snapshot.gazetteer)
    km, nearest = np.full(len(lat), np.nan), np.full(len(lat), -1)

    passing = np.flatnonzero(snapshot.mask(kim_filter))
    kim_lat, kim_lng = coordinates(snapshot, passing)
    placed = np.isfinite(kim_lat)
    asked = np.flatnonzero(np.isfinite(lat) & snapshot.desa_reported)
    if placed.any():
        ends, kim_ends = (lat[asked], lng[asked]), (kim_lat[placed], kim_lng[placed])
        if same_island:
            own_island = islands_of_desa(snapshot.gazetteer)[asked]
            tree = KDTree(vectors_by_island(*kim_ends, islands(*kim_ends)))
            apart, closest = tree.query(vectors_by_island(*ends, own_island))
            reached = on_one_island(apart)
            asked, closest = asked[reached], closest[reached]
        else:
            closest = KDTree(unit_vectors(*kim_ends)).query(unit_vectors(*ends))[1]
        to_lat, to_lng = kim_lat[placed][closest], kim_lng[placed][closest]
        km[asked] = great_circle_km(lat[asked], lng[asked], to_lat, to_lng)
        nearest[asked] = passing[placed][closest]

    own, first = np.unique(snapshot.desa[passing], return_index=True)
    km[own], nearest[own] = 0, passing[first]
    return km, nearest


def distances(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    within: str | None = None,
    *,
    same_island: bool = False,
) -> pd.DataFrame:
    """Return the distance of each desa in ``within``, the farthest first: see :func:`nearest_kim`.

    Desa that have not reported are left out.

    Returns
    -------
    DataFrame with kode, provinsi, kabupaten_kota, kecamatan, nama; jarak_km (great circle, NaN: no
    data; these come last); and of the nearest KIM nomor_induk, nama_kim and kode_wilayah (missing
    where there is no distance). Equal distances stand in the order of codes.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = snapshot.gazetteer.within(Level.DESA, within)
    desa = scope.start + np.flatnonzero(snapshot.desa_reported[scope])
    of_all = nearest_kim(snapshot, kim_filter, same_island=same_island)
    km, nearest = (array[desa] for array in of_all)
    known = nearest >= 0
    kim = snapshot.kim.iloc[np.where(known, nearest, 0)] if known.any() else snapshot.kim.iloc[:0]
    table = snapshot.gazetteer.tables[Level.DESA].iloc[desa][["kode", "nama"]]
    table = with_ancestors(table.reset_index(drop=True), snapshot, Level.DESA)
    table["jarak_km"] = km
    for column in ("nomor_induk", "nama_kim", "kode_wilayah"):
        values = kim[column].array if known.any() else pd.Series(None, table.index, dtype=object)
        table[column] = pd.Series(values, table.index, dtype=object).where(known)
    return table.sort_values("jarak_km", ascending=False, kind="stable", ignore_index=True)


def distance_by_region(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None = None,
    *,
    same_island: bool = False,
) -> pd.DataFrame:
    """Return the distances of the desa of every region of ``level`` in ``within``, summed up.

    See :func:`nearest_kim`.

    Returns
    -------
    DataFrame sorted by code with kode, nama, jumlah_desa, desa_tanpa_jarak (desa without a
    distance, of those that have reported), jarak_rata_km, jarak_median_km, jarak_terjauh_km, and
    lebih_5_km, lebih_10_km, lebih_25_km: the share, 0 to 1, of the desa with a distance that are
    farther than that. All but the counts are NaN where no desa has a distance.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(level, within)
    desa = gazetteer.within(Level.DESA, within)
    km = nearest_kim(snapshot, kim_filter, same_island=same_island)[0][desa]
    positions = gazetteer.parent_positions(level, Level.DESA)[desa] - scope.start
    regions = gazetteer.tables[level].iloc[scope][["kode", "nama"]].reset_index(drop=True)

    by_region = pd.Series(km).groupby(positions)
    known = by_region.count().reindex(regions.index, fill_value=0)
    regions["jumlah_desa"] = by_region.size().reindex(regions.index, fill_value=0)
    asked = pd.Series(snapshot.desa_reported[desa]).groupby(positions).sum()
    regions["desa_tanpa_jarak"] = asked.reindex(regions.index, fill_value=0) - known
    regions["jarak_rata_km"] = by_region.mean()
    regions["jarak_median_km"] = by_region.median()
    regions["jarak_terjauh_km"] = by_region.max()
    for limit in THRESHOLDS_KM:
        farther = pd.Series(km > limit).groupby(positions).sum()
        regions[f"lebih_{limit}_km"] = farther / known.where(known > 0)
    return regions


def distance_histogram(km: np.ndarray) -> pd.DataFrame:
    """Return how many of ``km`` fall in each class of :data:`BINS_KM`.

    Returns
    -------
    DataFrame with dari_km, sampai_km (missing for the last class), jumlah_desa and porsi (share,
    0 to 1, of those that are known). A class holds ``dari_km <= km < sampai_km``. Values that are
    NaN are in no class.
    """
    known = km[np.isfinite(km)]
    counts = np.histogram(known, BINS_KM)[0]
    edges = np.array(BINS_KM)
    return pd.DataFrame(
        {
            "dari_km": edges[:-1],
            "sampai_km": np.where(np.isinf(edges[1:]), np.nan, edges[1:]),
            "jumlah_desa": counts,
            "porsi": counts / len(known) if len(known) else np.nan,
        }
    )

"""The village points that can be relied on, and those that are known to be wrong.

A point is known to be wrong if it lies farther than :data:`FAR_KM` from the middle (the median) of
its kecamatan, and farther than any point there that most others are linked to by steps of at most
as much: a kecamatan that is long, or a string of islands, is so left alone. Whatever is measured
takes a wrong point for missing; the page Mutu data lists them.
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.sphere import chord, great_circle_km, unit_vectors

FAR_KM = 100.0
"""Half of all points are within 3.5 km of the middle of their kecamatan."""


def points_of_desa(gazetteer: Gazetteer) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude of every desa, EPSG:4326 degrees.

    NaN where no point is known, or the one that is known is wrong.
    """
    desa = gazetteer.tables[Level.DESA]
    wrong = _km_of_desa(gazetteer) > _limits(gazetteer)
    return desa["lat"].where(~wrong).to_numpy(), desa["lng"].where(~wrong).to_numpy()


def misplaced_desa(gazetteer: Gazetteer, within: str | None = None) -> pd.DataFrame:
    """Return the desa in ``within`` whose point is known to be wrong, the farthest first.

    Returns
    -------
    DataFrame with kode, nama, lat, lng (EPSG:4326 degrees) and dari_tengah_km, how far that is
    from the middle of the kecamatan.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = gazetteer.within(Level.DESA, within)
    km = _km_of_desa(gazetteer)
    desa = gazetteer.tables[Level.DESA][["kode", "nama", "lat", "lng"]].assign(dari_tengah_km=km)
    listed = desa[km > _limits(gazetteer)].loc[scope.start : scope.stop - 1]
    return listed.sort_values("dari_tengah_km", ascending=False, kind="stable", ignore_index=True)


def is_misplaced(
    gazetteer: Gazetteer, desa: np.ndarray, lat: np.ndarray, lng: np.ndarray
) -> np.ndarray:
    """Return whether points (EPSG:4326 degrees) are wrong for ``desa``, positions of theirs.

    False where a point is NaN, or nothing is known of the kecamatan.
    """
    middle = _middles(gazetteer).iloc[desa]
    km = great_circle_km(lat, lng, middle["lat"].to_numpy(), middle["lng"].to_numpy())
    return km > _limits(gazetteer)[desa]


@lru_cache(maxsize=2)
def _middles(gazetteer: Gazetteer) -> pd.DataFrame:
    """Return for each desa the middle of its kecamatan: columns lat, lng."""
    kecamatan = gazetteer.parent_positions(Level.KECAMATAN, Level.DESA)
    points = gazetteer.tables[Level.DESA][["lat", "lng"]]
    return points.groupby(kecamatan).transform("median")


@lru_cache(maxsize=2)
def _km_of_desa(gazetteer: Gazetteer) -> np.ndarray:
    """Return how far the point of each desa is from the middle of its kecamatan."""
    desa, middle = gazetteer.tables[Level.DESA], _middles(gazetteer)
    return great_circle_km(*(table[name].to_numpy() for table in (desa, middle) for name in _ENDS))


@lru_cache(maxsize=2)
def _limits(gazetteer: Gazetteer) -> np.ndarray:
    """Return for each desa the km beyond which a point is wrong; infinite where none is known."""
    from scipy.cluster.hierarchy import fclusterdata

    kecamatan = gazetteer.parent_positions(Level.KECAMATAN, Level.DESA)
    km, desa = _km_of_desa(gazetteer), gazetteer.tables[Level.DESA]
    limits = np.where(np.isnan(_middles(gazetteer)["lat"]), np.inf, FAR_KM)
    for part in np.unique(kecamatan[km > FAR_KM]):
        inside = np.flatnonzero((kecamatan == part) & ~np.isnan(km))
        ends = (desa[name].to_numpy()[inside] for name in _ENDS)
        group = fclusterdata(unit_vectors(*ends), chord(FAR_KM), "distance", method="single")
        most = inside[group == np.bincount(group).argmax()]
        limits[kecamatan == part] = max(FAR_KM, km[most].max())
    return limits


_ENDS = ("lat", "lng")

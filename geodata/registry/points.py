"""KIM as points on the map."""

from collections.abc import Iterator

import numpy as np

from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.village_points import is_misplaced, points_of_desa

Point = tuple[float, float, str, str, str]

_DECIMALS = 6  # 0.1 m


def coordinates(snapshot: Snapshot, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude (EPSG:4326 degrees) of the KIM at the positions ``chosen``.

    A KIM stands at its own coordinates, else at its desa's point; one with neither has NaN. Points
    that are known to be wrong (see the module ``village_points``) are as if missing.
    """
    own_lat, own_lng = _own_ends(snapshot, chosen)
    lat, lng = (ends[snapshot.desa[chosen]] for ends in points_of_desa(snapshot.gazetteer))
    own = has_own_point(snapshot, chosen)
    return (
        np.where(own, own_lat, lat).round(_DECIMALS),
        np.where(own, own_lng, lng).round(_DECIMALS),
    )


def has_own_point(snapshot: Snapshot, chosen: np.ndarray) -> np.ndarray:
    """Return which of the KIM at ``chosen`` stand at coordinates of their own: a boolean array."""
    lat, lng = _own_ends(snapshot, chosen)
    known = np.isfinite(lat) & np.isfinite(lng)
    return known & ~is_misplaced(snapshot.gazetteer, snapshot.desa[chosen], lat, lng)


def _own_ends(snapshot: Snapshot, chosen: np.ndarray) -> Iterator[np.ndarray]:
    return (snapshot.kim[name].to_numpy(float)[chosen] for name in ("lat", "lng"))


def kim_points(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> list[Point]:
    """Return a point for each KIM that passes the filter in ``within`` and has :func:`coordinates`.

    Returns
    -------
    Tuples of latitude, longitude (EPSG:4326 degrees), name, desa and nomor_induk.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    chosen = np.flatnonzero(snapshot.mask(kim_filter, within))
    kim = snapshot.kim.iloc[chosen]
    desa = snapshot.gazetteer.tables[Level.DESA]["nama"].iloc[snapshot.desa[chosen]]
    lat, lng = coordinates(snapshot, chosen)
    rows = zip(lat, lng, kim["nama_kim"], desa, kim["nomor_induk"], strict=True)
    return [row for row in rows if not np.isnan(row[0])]

"""KIM as points on the map."""

import numpy as np

from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot

Point = tuple[float, float, str, str, str]

_DECIMALS = 6  # 0.1 m


def coordinates(snapshot: Snapshot, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude (EPSG:4326 degrees) of the KIM at the positions ``chosen``.

    A KIM stands at its own coordinates, else at its desa's point; one with neither has NaN.
    """
    kim = snapshot.kim.iloc[chosen]
    desa = snapshot.gazetteer.tables[Level.DESA].iloc[snapshot.desa[chosen]]
    own = (kim["lat"].notna() & kim["lng"].notna()).to_numpy()
    lat = np.where(own, kim["lat"], desa["lat"]).round(_DECIMALS)
    lng = np.where(own, kim["lng"], desa["lng"]).round(_DECIMALS)
    return lat, lng


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

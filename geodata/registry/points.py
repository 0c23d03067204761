"""KIM as points on the map."""

import numpy as np

from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot

Point = tuple[float, float, str, str, str]


def kim_points(snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None) -> list[Point]:
    """Return a point for each KIM that passes the filter in ``within``.

    A KIM stands at its own coordinates, else at its desa's point; one with neither is left out.

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
    desa = snapshot.gazetteer.tables[Level.DESA].iloc[snapshot.desa[chosen]]
    own = (kim["lat"].notna() & kim["lng"].notna()).to_numpy()
    lat = np.where(own, kim["lat"], desa["lat"]).round(6)
    lng = np.where(own, kim["lng"], desa["lng"]).round(6)
    rows = zip(lat, lng, kim["nama_kim"], desa["nama"], kim["nomor_induk"], strict=True)
    return [row for row in rows if not np.isnan(row[0])]

"""The nearest KIM of every desa.

Ours searches unit vectors with a KD-tree and measures the great circle to what it finds. The plain
way is ``geopandas.sjoin_nearest`` on projected points (EPSG:3857, which a first map has anyway);
its distances are not those on the ground. Both start from the tables and end with an array.
"""

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from benchmarks.results import Result, Row
from benchmarks.timing import paired
from geodata.analysis.distance import nearest_kim
from geodata.regions import Level
from geodata.registry.points import coordinates
from geodata.registry.snapshot import KimFilter, load_sample

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_RUNS = 7


def run(options: "Options") -> Result:
    snapshot = load_sample()
    desa = snapshot.gazetteer.tables[Level.DESA]

    def ours() -> np.ndarray:
        return nearest_kim(snapshot, KimFilter())[0]

    def plain() -> np.ndarray:
        lat, lng = coordinates(snapshot, np.arange(len(snapshot.kim)))
        kim = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lng, lat), crs="EPSG:4326").dropna()
        points = gpd.points_from_xy(desa["lng"], desa["lat"])
        asked = gpd.GeoDataFrame(geometry=points, crs="EPSG:4326")
        asked = asked[desa["lat"].notna()].to_crs("EPSG:3857")
        joined = asked.sjoin_nearest(kim.to_crs("EPSG:3857"), distance_col="metres")
        return joined["metres"].groupby(level=0).first().to_numpy()

    row = Row(f"{len(desa):,} desa", "s", *paired(ours, plain, options.runs or _RUNS), at_most=0.5)
    return Result("nearest", f"distance to the nearest of {len(snapshot.kim):,} KIM", [row])

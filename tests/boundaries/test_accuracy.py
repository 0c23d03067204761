"""How far the embedded boundaries can be trusted, measured against real ones.

The real ones (GeoParquet, columns kode and geometry in EPSG:4326) are no part of the project:
``KIM_REAL_BOUNDARIES`` names their folder, by default ``../shared/boundaries`` of the checkout.
"""

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.boundaries.store import active_set
from geodata.errors import DataFileError
from geodata.folders import DATA_DIR
from geodata.regions import LEVELS, Level

POINTS = 20_000
AT_LEAST = {
    Level.PROVINSI: 0.97,
    Level.KABUPATEN_KOTA: 0.91,
    Level.KECAMATAN: 0.78,
    Level.DESA: 0.53,
}


@pytest.fixture(scope="module")
def real_desa():
    beside = DATA_DIR.parent.parent / "shared" / "boundaries"
    path = Path(os.environ.get("KIM_REAL_BOUNDARIES", beside)) / "desa_kelurahan.parquet"
    if not path.is_file():
        pytest.skip(f"ACCURACY IS NOT MEASURED: no real boundaries at {path}")
    return gpd.read_parquet(path, columns=["kode", "geometry"])


@pytest.fixture(scope="module")
def embedded():
    try:
        active = active_set()
    except DataFileError as error:
        pytest.skip(f"ACCURACY IS NOT MEASURED: {error}")
    if active.name != "embedded":
        pytest.skip(f"ACCURACY IS NOT MEASURED: the active boundaries are {active.name}")
    return active


@pytest.fixture(scope="module")
def located(embedded, real_desa):
    """Codes of the same random places, evenly spread over the land, in both."""
    random = np.random.default_rng(2025)
    south, west, north, east = embedded.bounds(None)
    lngs = random.uniform(west, east, 8 * POINTS)
    lats = np.degrees(np.arcsin(random.uniform(*np.sin(np.radians([south, north])), 8 * POINTS)))
    ours = embedded.locate_points(lats, lngs)

    tree = shapely.STRtree(real_desa.geometry.to_numpy())
    point, polygon = tree.query(shapely.points(lngs, lats), predicate="intersects")
    theirs = np.full(len(ours), "", dtype=ours.dtype)
    theirs[point] = real_desa["kode"].to_numpy(dtype=ours.dtype)[polygon]
    on_land = np.flatnonzero((ours != "") & (theirs != ""))[:POINTS]
    assert len(on_land) == POINTS
    return ours[on_land], theirs[on_land]


@pytest.mark.parametrize("level", LEVELS)
def test_most_land_lies_in_the_right_region(located, level, record_property):
    ours, theirs = (codes.astype(f"U{level.code_length}") for codes in located)
    share = float(np.mean(ours == theirs))
    record_property("share", share)
    print(f"{level}: {share:.1%} of the land in the right region")
    assert share >= AT_LEAST[level]

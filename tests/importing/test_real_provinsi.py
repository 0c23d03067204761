"""All desa of a provinsi, from real boundaries: only where they are at hand.

The whole country takes minutes: ``benchmarks/importing.py`` imports it.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geodata.boundaries.importing import import_boundaries
from geodata.regions import LEVELS, Level
from tests.importing.conftest import real_boundaries, silent

BALI = "51"


@pytest.fixture(scope="module")
def bali(tmp_path_factory):
    path = real_boundaries()
    if not path.is_file():
        pytest.skip(f"NO IMPORT OF A WHOLE PROVINSI IS TESTED: no real boundaries at {path}")
    folder = tmp_path_factory.mktemp("bali")
    within = [("kode", ">=", BALI), ("kode", "<", f"{BALI}~")]
    gpd.read_parquet(path, filters=within).to_parquet(folder / "desa.parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIM_STORE", str(folder / "store"))
        yield import_boundaries(folder / "desa.parquet", silent)


def test_a_whole_provinsi_is_imported_and_no_row_is_lost(bali):
    _, report = bali
    assert report.rows == report.polygons + report.merged + len(report.rejected)
    assert report.polygons / report.rows > 0.999
    assert [report.levels[level]["present"] for level in LEVELS[:3]] == [1, 9, 57]


def test_a_hundred_thousand_points_are_located(bali):
    boundaries, _ = bali
    random = np.random.default_rng(2025)
    lats, lngs = random.uniform(-9, -8, 100_000), random.uniform(114, 116, 100_000)
    located = pd.Series(boundaries.locate_points(lats, lngs))
    assert 0.1 < (located != "").mean() < 0.4
    assert set(located[located != ""].str[:2]) == {BALI}


def test_every_polygon_is_valid_and_levels_add_up(bali):
    boundaries, _ = bali
    areas = [boundaries.polygons(level)["area_km2"].sum() for level in LEVELS]
    assert areas == pytest.approx([areas[-1]] * 4)
    for level in LEVELS:
        assert boundaries.polygons(level).is_valid.all()
    assert boundaries.polygons(Level.DESA)["kode"].is_unique

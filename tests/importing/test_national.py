"""All desa of Indonesia, from real boundaries: only where they are at hand."""

import numpy as np
import pandas as pd
import pytest

from geodata.boundaries.importing import import_boundaries
from geodata.boundaries.set_manifest import TILES_FILE
from geodata.regions import LEVELS, Level
from tests.importing.conftest import real_boundaries, silent

TILES_MB = 60


@pytest.fixture(scope="module")
def national(tmp_path_factory):
    path = real_boundaries()
    if not path.is_file():
        pytest.skip(f"THE NATIONAL IMPORT IS NOT TESTED: no real boundaries at {path}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIM_STORE", str(tmp_path_factory.mktemp("store")))
        yield import_boundaries(path, silent)


@pytest.mark.slow
def test_all_of_indonesia_is_imported_and_no_row_is_lost(national):
    boundaries, report = national
    assert report.rows == report.polygons + report.merged + len(report.rejected)
    assert report.polygons / report.rows > 0.999
    assert [report.levels[level]["present"] for level in LEVELS[:3]] == [38, 514, 7285]
    assert boundaries.manifest.files[TILES_FILE]["bytes"] < TILES_MB * 1e6


@pytest.mark.slow
def test_a_hundred_thousand_points_are_located(national):
    boundaries, _ = national
    random = np.random.default_rng(2025)
    lats, lngs = random.uniform(-11, 6, 100_000), random.uniform(95, 141, 100_000)
    codes = pd.Series(boundaries.locate_points(lats, lngs))
    assert 0.15 < (codes != "").mean() < 0.5


@pytest.mark.slow
def test_every_polygon_is_valid_and_levels_add_up(national):
    boundaries, _ = national
    areas = [boundaries.polygons(level)["area_km2"].sum() for level in LEVELS]
    assert areas == pytest.approx([areas[-1]] * 4)
    for level in LEVELS:
        assert boundaries.polygons(level).is_valid.all()
    assert boundaries.polygons(Level.DESA)["kode"].is_unique

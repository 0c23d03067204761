import numpy as np
import pytest
import shapely

from geodata.boundaries.completeness import bounds_table
from geodata.regions import LEVELS, Level, ancestor


def test_every_level_covers_the_same_land(bali_polygons):
    areas = [bali_polygons[level].geometry.union_all().area for level in LEVELS]
    assert areas == pytest.approx([areas[0]] * 4, rel=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_a_valid_coverage_sorted_by_code(bali_polygons, level):
    polygons = bali_polygons[level]
    shapes = polygons.geometry.to_numpy()
    assert polygons["kode"].is_monotonic_increasing
    assert polygons["kode"].str.len().eq(level.code_length).all()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


@pytest.mark.parametrize("level", LEVELS[:-1])
def test_a_region_is_the_union_of_its_desa(bali_polygons, level):
    desa = bali_polygons[Level.DESA]
    code = bali_polygons[level]["kode"].iloc[-1]
    inside = desa[desa["kode"].str.startswith(code)]
    region = bali_polygons[level].set_index("kode").loc[code]
    assert region.geometry.equals(inside.geometry.union_all())
    assert region["area_km2"] == pytest.approx(inside["area_km2"].sum())


def test_the_area_of_bali_is_about_the_published_one(bali_polygons):
    # 5,590 km2 in the decree; a corner of Java lies in the window of the tests too.
    assert 5590 <= bali_polygons[Level.PROVINSI]["area_km2"].sum() < 5900


def test_bounds_hold_each_region_and_those_above_it(bali_polygons, bali):
    table = bounds_table(bali_polygons, bali).set_index("kode")
    assert len(table) == sum(len(bali.codes(level)) for level in LEVELS)
    for level in LEVELS:
        west, south, east, north = bali_polygons[level].bounds.to_numpy().T
        own = table.loc[bali_polygons[level]["kode"]].to_numpy().T
        assert np.array_equal(own, [south, west, north, east])
        if level.parent:
            holders = [ancestor(code, level.parent) for code in bali_polygons[level]["kode"]]
            above = table.loc[holders].to_numpy().T
            assert (own[:2] >= above[:2]).all()
            assert (own[2:] <= above[2:]).all()


def test_a_region_without_a_polygon_has_the_bounds_of_the_one_above(bali_polygons, bali):
    kecamatan = "51.01.01"
    fewer = {
        level: polygons[~polygons["kode"].str.startswith(kecamatan)]
        for level, polygons in bali_polygons.items()
    }
    table = bounds_table(fewer, bali).set_index("kode")
    desa = bali.codes(Level.DESA)[bali.within(Level.DESA, kecamatan)][0]
    assert table.loc[desa].tolist() == table.loc["51.01"].tolist()
    assert table.loc[kecamatan].tolist() == table.loc["51.01"].tolist()

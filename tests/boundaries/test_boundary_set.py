import copy
import json
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.features import attributes
from geodata.errors import RegionError
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level, ancestor, feature_id

SEA = (-8.0, 120.0)


def test_location_agrees_with_asking_every_polygon(bali_set):
    random = np.random.default_rng(51)
    lats, lngs = random.uniform(-8.9, -8.0, 400), random.uniform(114.4, 115.8, 400)
    desa = bali_set.polygons(Level.DESA)
    shapes, codes = desa.geometry.to_numpy(), desa["kode"].to_numpy()
    asked = shapely.points(lngs, lats)
    holders = [codes[shapely.intersects(shapes, point)] for point in asked]
    expected = [held.min() if len(held) else "" for held in holders]
    assert bali_set.locate_points(lats, lngs).tolist() == expected
    assert 0.2 < np.mean([code != "" for code in expected]) < 0.9


def test_a_village_point_lies_in_its_own_village(bali_set, bali):
    villages = bali.tables[Level.DESA].dropna(subset=["lat"])
    codes = bali_set.locate_points(villages["lat"], villages["lng"])
    assert np.mean(codes == villages["kode"].to_numpy()) > 0.98  # the others stand on the shore


def test_a_point_on_a_border_belongs_to_the_lowest_code(bali_set):
    desa = bali_set.polygons(Level.DESA)
    corner = desa.geometry.iloc[300].geoms[0].exterior.coords[0]
    touching = desa["kode"][desa.intersects(shapely.Point(corner))]
    assert len(touching) > 1
    assert bali_set.locate(corner[1], corner[0], Level.DESA) == touching.min()


@pytest.mark.parametrize("level", LEVELS)
def test_location_at_a_level_is_the_region_that_holds_the_desa(bali_set, level):
    desa = bali_set.locate(-8.65, 115.22, Level.DESA)
    assert desa is not None
    assert bali_set.locate(-8.65, 115.22, level) == ancestor(desa, level)


@pytest.mark.parametrize("point", [SEA, (float("nan"), float("nan")), (-8.65, -115.22)])
def test_nothing_is_located_outside_the_land(bali_set, point):
    assert bali_set.locate(*point, Level.PROVINSI) is None


def test_no_points_locate_to_no_codes(bali_set):
    assert bali_set.locate_points([], []).tolist() == []


def test_bounds_are_south_west_north_east_of_the_region(bali_set):
    desa = bali_set.polygons(Level.DESA)
    west, south, east, north = desa.geometry.iloc[0].bounds
    assert bali_set.bounds(desa["kode"].iloc[0]) == (south, west, north, east)


def test_bounds_of_no_region_are_those_of_all_that_is_drawn(bali_set):
    assert bali_set.bounds(None) == bali_set.bounds("51")


def test_bounds_of_an_unknown_region_are_an_error(bali_set):
    with pytest.raises(RegionError, match=r"51\.99"):
        bali_set.bounds("51.99")


def test_what_is_drawn_is_what_has_a_polygon(bali_set):
    drawn = bali_set.drawn(Level.KECAMATAN)
    assert drawn.tolist() == bali_set.polygons(Level.KECAMATAN)["kode"].tolist()
    asked = np.array(["51.01.01", "35.07.08", "51.99.99"])
    assert bali_set.is_drawn(Level.KECAMATAN, asked).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("level", "within"),
    [(Level.PROVINSI, None), (Level.KECAMATAN, "51.01"), (Level.DESA, "51.01.01")],
)
def test_geojson_holds_the_regions_inside_one_with_ids_and_names(bali_set, level, within):
    collection = json.loads(bali_set.geojson(level, within))
    codes = [code for code in bali_set.drawn(level) if code.startswith(within or "")]
    names = attributes(level, codes, load_gazetteer()).to_dict("records")
    assert [feature["id"] for feature in collection["features"]] == [
        feature_id(code) for code in codes
    ]
    assert [feature["properties"] for feature in collection["features"]] == names


def test_geojson_of_an_unknown_region_is_an_error(bali_set):
    with pytest.raises(RegionError, match=r"code 51\.99"):
        bali_set.geojson(Level.DESA, "51.99")


def test_simplified_neighbours_still_share_their_borders(bali_set):
    features = json.loads(bali_set.geojson(Level.KECAMATAN, "51"))["features"]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    exact = bali_set.polygons(Level.KECAMATAN).geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_coordinates(shapes).sum() < shapely.get_num_coordinates(exact).sum()
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(exact).sum(), rel=0.01)


def test_a_copy_is_the_set_itself_for_its_polygons_are_large(bali_set):
    assert copy.deepcopy(bali_set) is bali_set


def test_polygons_are_simplified_once_whoever_asks(bali_set, monkeypatch):
    own = BoundarySet(bali_set.path, bali_set.manifest)
    simplify, calls = shapely.coverage_simplify, []

    def slow(*arguments):
        calls.append(arguments)
        time.sleep(0.05)
        return simplify(*arguments)

    monkeypatch.setattr(shapely, "coverage_simplify", slow)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: own.geojson(Level.DESA, "51.03"), range(4)))
    assert len(calls) == len(set(made)) == 1

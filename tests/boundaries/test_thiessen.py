"""What Thiessen polygons are, on small lands: a mainland with a lake, and an island."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import KDTree

from geodata.boundaries.thiessen import ISLET_RADIUS, SPREAD_RADIUS, thiessen_polygons

MAINLAND = shapely.box(0, 0, 4, 3) - shapely.box(1.05, 1.05, 1.95, 1.95)
ISLAND = shapely.box(5, 1, 6, 2)
LAND = gpd.GeoDataFrame(geometry=[MAINLAND, ISLAND], crs="EPSG:4326")

# A coarse lattice makes points coincide and stand on circles and lines; the last digit makes some
# points almost coincide.
coordinates = st.builds(
    lambda x, y, off: (x / 2 + off * 1e-6, y / 2),
    st.integers(-1, 13),
    st.integers(-1, 7),
    st.integers(0, 2),
)


def villages(xy) -> pd.DataFrame:
    codes = [f"51.01.01.{2001 + i}" for i in range(len(xy))]
    lng, lat = zip(*xy, strict=True)
    return pd.DataFrame({"kode": codes, "lat": lat, "lng": lng}).astype(
        {"lat": float, "lng": float}
    )


@settings(max_examples=60)
@given(st.lists(coordinates, min_size=1, max_size=25))
def test_cells_are_a_coverage_of_the_land_with_one_for_each_village(xy):
    points = villages(xy)
    cells = thiessen_polygons(points, LAND)
    shapes = cells.geometry.to_numpy()
    assert cells["kode"].tolist() == points["kode"].tolist()
    assert shapely.is_valid(shapes).all()
    on_land = shapes[~cells["islet"]]
    assert shapely.coverage_is_valid(on_land)
    assert shapely.area(on_land).sum() == pytest.approx(MAINLAND.area + ISLAND.area, abs=1e-5)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, abs=1e-6)


@settings(max_examples=60)
@given(st.lists(coordinates, min_size=1, max_size=25))
def test_each_place_on_land_belongs_to_its_nearest_village(xy):
    points = villages(xy)
    cells = thiessen_polygons(points, LAND)
    asked = np.random.default_rng(1911).uniform([0, 0], [6, 3], (200, 2))
    point, owner = shapely.STRtree(cells.geometry.to_numpy()).query(
        shapely.points(asked), predicate="intersects"
    )
    villages_xy = points[["lng", "lat"]].to_numpy()
    own = np.hypot(*(villages_xy[owner] - asked[point]).T)
    # Villages that coincide are moved by no more than this.
    assert (own <= KDTree(villages_xy).query(asked[point])[0] + 4 * SPREAD_RADIUS).all()
    on_land = shapely.contains_xy(LAND.geometry.union_all(), asked)
    assert set(np.flatnonzero(on_land)) == set(point)


def test_the_order_of_the_villages_does_not_matter():
    points = villages([(1, 0.5), (3, 2), (3, 2), (5.5, 1.5)])
    cells = thiessen_polygons(points, LAND)
    again = thiessen_polygons(points.iloc[::-1], LAND)
    assert again["kode"].equals(cells["kode"])
    assert shapely.equals_identical(again.geometry.to_numpy(), cells.geometry.to_numpy()).all()


def test_villages_at_one_point_share_its_cell():
    cells = thiessen_polygons(villages([(3, 1)] * 32 + [(0.5, 0.5)]), LAND)
    assert len(cells) == 33
    assert not cells["islet"].any()
    assert shapely.area(cells.geometry.to_numpy())[:32].min() > 0.01


def test_a_village_off_the_coast_has_the_land_that_is_nearest_to_it():
    cells = thiessen_polygons(villages([(1, 1), (4.2, 1.5)]), LAND)
    assert cells["islet"].tolist() == [False, False]
    assert cells.geometry[1].contains(shapely.Point(3.9, 1.5))


def test_a_village_whose_cell_holds_no_land_is_drawn_as_a_small_disc_around_its_point():
    cells = thiessen_polygons(villages([(1, 1), (5.5, 1.5), (9, 9)]), LAND)
    assert cells["islet"].tolist() == [False, False, True]
    disc = cells.geometry[2]
    assert disc.contains(shapely.Point(9, 9))
    assert disc.area == pytest.approx(np.pi * ISLET_RADIUS**2, rel=0.05)


def test_discs_of_neighbours_at_sea_do_not_overlap():
    cells = thiessen_polygons(villages([(1, 1), (9, 9), (9 + ISLET_RADIUS, 9), (9, 9)]), LAND)
    discs = cells.geometry.to_numpy()[1:]
    assert cells["islet"].tolist() == [False, True, True, True]
    assert shapely.coverage_is_valid(discs)
    assert shapely.union_all(discs).area == pytest.approx(shapely.area(discs).sum())

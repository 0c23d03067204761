"""Shapes as they come: mended, or refused with the reason."""

import numpy as np
import pytest
import shapely

from geodata.area.mending import MOST_CORNERS, Mended, mended, with_fewer_corners
from tests.area.conftest import refusing

SQUARE = shapely.box(112.6, -8.0, 112.8, -7.9)


def test_what_is_sound_stays_as_it_is():
    (shape,), done = mended([SQUARE])
    assert shapely.equals(shape, SQUARE)
    assert done == []


def test_an_edge_that_crosses_itself_encloses_both_of_its_loops():
    bow = shapely.Polygon([(112.6, -8.0), (112.8, -7.9), (112.8, -8.0), (112.6, -7.9)])
    (shape,), done = mended([bow])
    assert shape.is_valid
    assert shape.area == pytest.approx(SQUARE.area / 2)
    assert done == [Mended.CROSSING]


def test_a_contour_that_closes_is_an_area_and_one_that_does_not_is_left_out():
    contours = shapely.MultiLineString(
        [SQUARE.exterior, shapely.LineString([(113, -8), (114, -8)])]
    )
    (shape,), done = mended([contours])
    assert shapely.equals(shape, SQUARE)
    assert done == [Mended.CLOSED, Mended.LEFT_OUT]


def test_what_reaches_beyond_indonesia_is_cut_off():
    (shape,), done = mended([shapely.box(140, -8, 150, -7)])
    assert shape.bounds == (140, -8, 142, -7)
    assert done == [Mended.CLIPPED]


@pytest.mark.parametrize(
    ("shapes", "key"),
    [
        ([], "area_empty"),
        ([shapely.Polygon()], "area_empty"),
        ([shapely.Point(112.6, -8)], "area_empty"),
        ([shapely.Polygon([(112, -8), (113, -8), (112, -8)])], "area_empty"),
        ([shapely.box(0, 50, 1, 51)], "area_elsewhere"),
    ],
)
def test_what_encloses_nothing_here_is_refused(shapes, key):
    with refusing(key):
        mended(shapes)


def test_an_edge_of_too_many_corners_becomes_coarser_and_says_by_how_much():
    turns = np.linspace(0, 2 * np.pi, 100_000)
    flood = shapely.Polygon(np.column_stack([115 + np.cos(turns), -5 + np.sin(turns)]))
    (shape,), metres = with_fewer_corners(np.array([flood], dtype=object))
    assert shapely.get_num_coordinates(shape) <= MOST_CORNERS
    assert 0 < metres < 100
    assert shape.area == pytest.approx(flood.area, rel=1e-3)
    same, none = with_fewer_corners(np.array([SQUARE], dtype=object))
    assert (shapely.equals(same[0], SQUARE), none) == (True, 0)

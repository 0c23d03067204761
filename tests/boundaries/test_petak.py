"""Petak: every region of a level an equal square, inside the block of the region above it."""

import json

import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.boundaries.petak.layout import _hangs_together, _places
from geodata.boundaries.petak.squares import Petak, petak
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.regions import LEVELS, Level, ancestor
from tests.boundaries.conftest import BALI


def without_points(gazetteer: Gazetteer, within: str) -> Gazetteer:
    """The reference, knowing no place in a region."""
    desa = gazetteer.tables[Level.DESA].copy()
    desa.loc[desa["kode"].str.startswith(within), ["lat", "lng"]] = np.nan
    return Gazetteer({**gazetteer.tables, Level.DESA: desa}, "without points")


@pytest.mark.parametrize("level", LEVELS)
def test_every_region_of_the_reference_has_a_square_of_its_own(level):
    squares = petak(level).squares
    assert len(squares) == len(load_gazetteer().codes(level))
    assert len(np.unique(squares, axis=0)) == len(squares)


@pytest.mark.parametrize("level", [Level.PROVINSI, Level.KECAMATAN])
def test_squares_are_as_wide_as_high_on_the_screen_and_all_alike(level):
    west, south, east, north = petak(level).polygons(level).bounds.to_numpy().T

    def mercator(lat):
        return np.degrees(np.arctanh(np.sin(np.radians(lat))))

    side = east - west
    assert np.allclose(side, side[0])
    assert np.allclose(mercator(north) - mercator(south), side[0])


def test_the_blocks_of_the_levels_above_share_the_squares_out_among_them():
    squares = petak(Level.KECAMATAN)
    own = squares.polygons(Level.KECAMATAN)
    for above in (Level.PROVINSI, Level.KABUPATEN_KOTA):
        blocks = squares.polygons(above)
        holder = own["kode"].str[: above.code_length]
        counted = np.bincount(pd.factorize(holder, sort=True)[0], shapely.area(own.geometry))
        assert list(blocks["kode"]) == sorted(set(holder))
        assert np.allclose(shapely.area(blocks.geometry), counted), "its own squares, no other"


@pytest.mark.parametrize("level", LEVELS[1:])
def test_blocks_hang_together(level):
    """A block in pieces would be taken for two regions."""
    gazetteer, squares = load_gazetteer(), petak(level).squares
    for above in LEVELS[: LEVELS.index(level)]:
        holders = np.unique(gazetteer.codes(level).astype(f"U{above.code_length}"))
        apart = [
            code for code in holders if not _hangs_together(squares[gazetteer.within(level, code)])
        ]
        assert not apart


@pytest.mark.parametrize("level", LEVELS)
def test_west_stays_west_and_north_stays_north(level):
    """Of two regions far apart the order is kept, if not of any two."""
    squares, places = petak(level).squares, _places(load_gazetteer())[level]
    for axis, least in ((0, 0.9), (1, 0.5)):
        ranks = [values[:, axis].argsort().argsort() for values in (places, squares)]
        assert np.corrcoef(*ranks)[0, 1] > least


def test_a_layout_is_the_same_every_time(bali):
    assert (Petak.of(Level.DESA, bali).squares == Petak.of(Level.DESA, bali).squares).all()


def test_desa_whose_place_nobody_knows_have_their_square_in_their_kecamatan(bali):
    lost = without_points(bali, "51.07.03")
    squares = Petak.of(Level.DESA, lost)
    regions = lost.within(Level.DESA, "51.07.03")
    here = squares.polygons(Level.DESA).geometry[regions]
    block = squares.polygons(Level.KECAMATAN).set_index("kode").geometry["51.07.03"]
    assert np.isclose(shapely.area(here).sum(), block.area)
    assert len(Petak.of(Level.PROVINSI, without_points(bali, BALI)).squares) == 1


def test_a_point_on_a_square_leads_to_its_region_and_those_above(bali):
    squares = Petak.of(Level.DESA, bali)
    for row in squares.polygons(Level.DESA).iloc[::100].itertuples():
        point = row.geometry.centroid
        for level in LEVELS:
            assert squares.locate(point.y, point.x, level) == ancestor(row.kode, level)
    assert squares.locate(40.0, 118.0, Level.PROVINSI) is None


def test_the_camera_goes_to_the_squares_of_a_region(bali):
    squares = Petak.of(Level.KECAMATAN, bali)
    block = squares.polygons(Level.KABUPATEN_KOTA).set_index("kode").geometry["51.07"]
    west, south, east, north = block.bounds
    assert squares.bounds("51.07") == pytest.approx((south, west, north, east))
    assert squares.bounds(None) == pytest.approx(squares.bounds(BALI))
    desa = "51.07.03.2001"
    assert squares.bounds(desa) == squares.bounds(ancestor(desa, Level.KECAMATAN))


def test_squares_for_browsers_without_webgl_are_named_as_in_the_tiles(bali):
    squares = Petak.of(Level.DESA, bali)
    collection = json.loads(squares.geojson("51.07.03"))
    named = {feature["id"]: feature["properties"]["nama"] for feature in collection["features"]}
    regions = bali.tables[Level.DESA].iloc[bali.within(Level.DESA, "51.07.03")]
    assert list(named.values()) == regions["nama"].tolist()
    assert all(
        shapely.from_geojson(json.dumps(feature["geometry"])).is_valid
        for feature in collection["features"]
    )

"""Polygons on the disk, read as they are asked for."""

import numpy as np
import pytest
from pyarrow import parquet

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.polygon_file import ROWS_TOGETHER
from geodata.regions import LEVELS, Level


@pytest.fixture
def pieces_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which pieces of files have been read since."""
    read: list[int] = []
    one_piece = parquet.ParquetFile.read_row_group

    def noted(self, piece, *args, **named):
        read.append(piece)
        return one_piece(self, piece, *args, **named)

    monkeypatch.setattr(parquet.ParquetFile, "read_row_group", noted)
    return read


def test_the_polygon_of_a_code_is_the_one_that_was_written(bali_set: BoundarySet) -> None:
    for level in LEVELS:
        written = bali_set.polygons(level).sample(frac=1, random_state=1)
        codes = [*written["kode"], "99", written["kode"].iloc[0]]  # none such, and one again
        shapes = bali_set.polygons_of(level, np.array(codes))
        assert shapes[-2] is None
        assert (shapes[:-2] == written.geometry.to_numpy()).all()
        assert shapes[-1] == shapes[0]


def test_a_click_reads_what_is_near_it_and_not_all_of_the_country(
    bali_set: BoundarySet, pieces_read: list[int]
) -> None:
    pieces = -(-len(bali_set.drawn(Level.DESA)) // ROWS_TOGETHER[Level.DESA])
    assert pieces > 2
    assert bali_set.locate(-8.65, 115.22, Level.DESA) is not None
    assert 1 <= len(pieces_read) < pieces
    pieces_read.clear()
    assert bali_set.locate(0.0, 130.0, Level.DESA) is None
    assert not pieces_read


def test_bounds_and_areas_are_told_without_polygons(
    bali_set: BoundarySet, pieces_read: list[int]
) -> None:
    provinsi = bali_set.polygons(Level.PROVINSI)
    west, south, east, north = provinsi.total_bounds
    assert bali_set.bounds(None) == (south, west, north, east)
    assert bali_set.areas(Level.PROVINSI)["51"] == provinsi["area_km2"].item()
    assert not pieces_read


def test_in_sight_is_what_a_window_may_show(bali_set: BoundarySet) -> None:
    kabupaten = bali_set.polygons(Level.KABUPATEN_KOTA)
    south, west, north, east = bali_set.bounds("51.71")
    inside = kabupaten["kode"][kabupaten.intersects(kabupaten.geometry.iloc[-1])]
    seen = bali_set.in_sight(Level.KABUPATEN_KOTA, (south, west, north, east))
    assert set(inside) <= set(seen) < set(kabupaten["kode"])

"""Petak's tilesets in the store, decoded again with tippecanoe's own decoder."""

import pytest
from pmtiles.reader import MmapSource, Reader

from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.petak import tilesets
from geodata.boundaries.petak.squares import Petak
from geodata.boundaries.petak.tilesets import build_petak, has_petak, petak_tiles
from geodata.boundaries.tiles import MAX_ZOOM, MIN_ZOOM
from geodata.regions import LEVELS, Level, feature_id
from tests.boundaries.conftest import silent
from tests.boundaries.test_tiles import decode


@pytest.fixture
def of_bali(bali, empty_store, monkeypatch):
    monkeypatch.setattr(tilesets, "load_gazetteer", lambda: bali)
    monkeypatch.setattr(tilesets, "petak", lambda level: Petak.of(level, bali))


def test_each_level_has_a_tileset_with_every_square_and_the_blocks_above(of_bali, bali):
    steps = {}
    build_petak(lambda step, share: steps.update({step: share}))
    assert steps == {"Petak": 1.0}
    for level in (Level.PROVINSI, Level.DESA):
        with petak_tiles(level).open("rb") as file:
            nearest = Reader(MmapSource(file)).header()["max_zoom"]
        assert nearest < MAX_ZOOM
        for zoom in (MIN_ZOOM, nearest):
            layers = decode(petak_tiles(level), zoom)
            assert set(layers) == {above.value for above in LEVELS if not above.is_below(level)}
            for drawn, features in layers.items():
                codes = bali.codes(Level(drawn))
                assert {feature["id"] for feature in features} == set(map(feature_id, codes))
    assert layers["desa"][0]["properties"]["nama"]


def test_they_are_made_once_and_all_or_none(of_bali, monkeypatch):
    def out_of_disk(petak, path):
        if petak.level is Level.DESA:
            raise OSError("No space left on device")
        path.write_bytes(b"")

    with monkeypatch.context() as patch:
        patch.setattr(tilesets, "write_squares", out_of_disk)
        with pytest.raises(BuildError, match="No space left"):
            build_petak(silent)
    assert not has_petak()

    monkeypatch.setattr(tilesets, "write_squares", lambda petak, path: path.write_bytes(b""))
    build_petak(silent)
    monkeypatch.setattr(tilesets, "write_squares", lambda *_: pytest.fail("made again"))
    build_petak(silent)

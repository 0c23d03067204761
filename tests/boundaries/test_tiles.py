"""The tilesets, decoded again with tippecanoe's own decoder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from pmtiles.reader import MmapSource, Reader

from geodata.boundaries import tiles
from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.completeness import roll_up
from geodata.boundaries.marks import SEEN_PX, island_marks
from geodata.boundaries.set_manifest import tiles_file
from geodata.boundaries.tiles import MARKS_LAYER, MAX_ZOOM, MIN_ZOOM, write_tilesets
from geodata.regions import LEVELS, Level, feature_id
from tests.boundaries.conftest import silent


@pytest.fixture(scope="module")
def tilesets(bali_store) -> dict[Level, Path]:
    return {level: bali_store / "bali-1" / tiles_file(level) for level in LEVELS}


def decode(tileset: Path, zoom: int) -> dict[str, list[dict]]:
    """The features of each layer at a zoom, all tiles together."""
    program = tiles._find("tippecanoe-decode")
    command = [program, f"--minimum-zoom={zoom}", f"--maximum-zoom={zoom}", str(tileset)]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    layers: dict[str, list[dict]] = {}
    for tile in answer["features"]:
        for layer in tile["features"]:
            layers.setdefault(layer["properties"]["layer"], []).extend(layer["features"])
    return layers


def test_each_file_covers_the_zooms_from_a_phones_view_of_the_country_on(tilesets):
    for tileset in tilesets.values():
        with tileset.open("rb") as file:
            header = Reader(MmapSource(file)).header()
        assert (header["min_zoom"], header["max_zoom"]) == (MIN_ZOOM, MAX_ZOOM)
    assert MIN_ZOOM == 2


@pytest.mark.parametrize("level", LEVELS)
def test_a_tileset_holds_one_level_and_its_marks(tilesets, level):
    assert set(decode(tilesets[level], 5)) - {MARKS_LAYER} == {level.value}


@pytest.mark.parametrize("zoom", [2, 5, 8])
def test_a_desa_on_a_small_island_has_a_mark_where_its_island_is_too_small(
    tilesets, bali_polygons, zoom
):
    marks = island_marks(bali_polygons, MIN_ZOOM, MAX_ZOOM)[Level.DESA]
    shown = decode(tilesets[Level.DESA], zoom).get(MARKS_LAYER, [])
    needed = marks[marks["until"] >= zoom]
    assert {feature["id"] for feature in shown} == set(needed["kode"].map(feature_id))
    points = marks.set_index(marks["kode"].map(feature_id)).geometry
    desa = bali_polygons[Level.DESA].set_index("kode").geometry
    for feature in shown:
        point = shapely.Point(feature["properties"]["lng"], feature["properties"]["lat"])
        assert point.distance(points[feature["id"]]) < 2e-6
    assert desa[marks["kode"]].contains(marks.geometry.set_axis(marks["kode"])).all()


@pytest.mark.parametrize("zoom", [6, 10])
@pytest.mark.parametrize("level", LEVELS)
def test_every_region_is_there_by_the_id_of_its_code(tilesets, bali_set, level, zoom):
    features = decode(tilesets[level], zoom)[level]
    assert {feature["id"] for feature in features} == {
        feature_id(code) for code in bali_set.drawn(level)
    }


def test_at_the_farthest_zoom_only_regions_smaller_than_the_grid_are_left_out(tilesets, bali_set):
    shown = {feature["id"] for feature in decode(tilesets[Level.DESA], MIN_ZOOM)[Level.DESA]}
    desa = bali_set.polygons(Level.DESA)
    out = desa[~desa["kode"].map(feature_id).isin(shown)]
    cell_km = 40_075 / 2**MIN_ZOOM / 4096
    assert out["area_km2"].max() < cell_km**2
    assert len(out) < 0.1 * len(desa)


def test_only_islands_below_the_size_that_is_seen_are_marked(bali_polygons):
    lone = [shapely.box(115, -8, 115 + side, -8 + side) for side in (0.01, 0.1, 1.0)]
    land = gpd.GeoDataFrame(
        {"kode": ["51.01.01.2001", "51.01.01.2002", "51.01.01.2003"]},
        geometry=[shapely.affinity.translate(island, i, 0) for i, island in enumerate(lone)],
        crs="EPSG:4326",
    )
    marks = island_marks(roll_up(land), MIN_ZOOM, MAX_ZOOM)
    until = marks[Level.DESA].set_index("kode")["until"]
    for code, km in [("51.01.01.2001", 1.11), ("51.01.01.2002", 11.1)]:
        pixel_km = 40_075 / 512 / 2 ** until[code]
        assert km < SEEN_PX * pixel_km < 2 * km + 0.1
    assert "51.01.01.2003" not in until, "111 km are seen at every zoom"
    assert marks[Level.PROVINSI].empty, "its largest part is seen"


def test_a_desa_says_its_name_and_the_names_of_the_regions_that_hold_it(tilesets, bali):
    for zoom in (2, 10):
        desa = decode(tilesets[Level.DESA], zoom)[Level.DESA]
        properties = {feature["id"]: feature["properties"] for feature in desa}
        assert properties[5101022001] == {
            "nama": bali.name("51.01.02.2001"),
            "provinsi": "Bali",
            "kabupaten_kota": "Kabupaten Jembrana",
            "kecamatan": "Mendoyo",
        }


def test_regions_above_desa_say_how_many_desa_they_have(tilesets, bali):
    for level in LEVELS[:-1]:
        features = decode(tilesets[level], 5)[level]
        counts = {feature["id"]: feature["properties"]["jumlah_desa"] for feature in features}
        codes = map(feature_id, bali.codes(level))
        assert counts == dict(zip(codes, bali.desa_counts(level).tolist(), strict=True))


@pytest.mark.parametrize("zoom", [5, 7, 10])
def test_no_gaps_open_between_simplified_desa(tilesets, zoom):
    shapes = {}
    for level in (Level.PROVINSI, Level.DESA):
        drawn = [json.dumps(shape["geometry"]) for shape in decode(tilesets[level], zoom)[level]]
        shapes[level] = shapely.make_valid(shapely.from_geojson(drawn))
    # Coasts are simplified a level at a time, to half a pixel, and may differ by as much.
    pixel = 360 / 512 / 2**zoom
    land = shapely.union_all(shapes[Level.PROVINSI]).buffer(-pixel)
    gaps = land - shapely.union_all(shapes[Level.DESA])
    assert gaps.area < 0.005 * land.area


def test_a_missing_program_is_an_error_that_names_it(bali_polygons, bali, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="tippecanoe was not found"):
        write_tilesets(bali_polygons, bali, tmp_path, silent)


def test_a_failing_program_is_one_clear_line_with_the_rest_in_a_log(
    bali_polygons, bali, tmp_path, monkeypatch
):
    program = tmp_path / "tippecanoe"
    program.write_text("#!/bin/sh\necho what it did >&2\necho No space left >&2\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(tiles.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(BuildError, match="tippecanoe failed: No space left") as failure:
        write_tilesets(bali_polygons, bali, tmp_path, silent)
    assert "\n" not in str(failure.value)
    log = Path(failure.value.values["log"])
    assert "what it did" in log.read_text()


def test_stopping_a_build_stops_the_program_too(bali_polygons, bali, tmp_path, monkeypatch):
    program = tmp_path / "tippecanoe"
    program.write_text(
        f"#!/bin/sh\necho $$ > {tmp_path}/pid\necho '{{\"progress\":1.0}}' >&2\nexec sleep 60\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    def interrupt(step, share):
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_tilesets(bali_polygons, bali, tmp_path, interrupt)
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

"""An area from a file: as warnings and floods are handed out, and as they should not be."""

import json
import zipfile

import geopandas as gpd
import pytest
import shapely

from geodata.area import file_reading
from geodata.area.area_error import AreaError
from geodata.area.file_reading import FileArea, read_area_file
from geodata.area.mending import Mended
from tests.area.conftest import refusing

INNER, OUTER = shapely.box(112.6, -8.1, 112.7, -8.0), shapely.box(112.5, -8.2, 112.8, -7.9)


@pytest.fixture
def read(tmp_path):
    """Read a file as the confined process does, in this one."""

    def read(file, crs=None):
        folder = tmp_path / "work"
        folder.mkdir(exist_ok=True)
        told = file_reading._read_here({"file": str(file), "crs": crs}, folder, lambda _: None)
        rows = gpd.read_feather(folder / file_reading._ROWS_FILE)
        return FileArea(rows, tuple(map(Mended, told["done"])), told["metres"])

    return read


def bands(crs="EPSG:4326"):
    table = {"MMI": ["VII", "V"], "waktu": ["2026-01-01", "2026-01-01"]}
    return gpd.GeoDataFrame(table, geometry=[INNER, OUTER], crs="EPSG:4326").to_crs(crs)


def zipped_shapefile(folder, table):
    table.to_file(folder / "guncangan.shp")
    with zipfile.ZipFile(folder / "guncangan.zip", "w") as archive:
        for part in sorted(folder.glob("guncangan.*")):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    return folder / "guncangan.zip"


def test_a_shapefile_in_metres_is_brought_into_degrees_and_told_apart_by_a_field(tmp_path):
    file = zipped_shapefile(tmp_path, bands("EPSG:32749"))
    area = read_area_file(file)  # in the process of its own
    assert area.fields == ["MMI"], "a field of one value tells nothing apart"
    strong, weak = sorted(area.zones("guncangan", "MMI"), key=lambda zone: zone.shape.area)
    assert (strong.name, weak.name) == ("MMI: VII", "MMI: V")
    assert strong.shape.symmetric_difference(INNER).area < 1e-6
    (whole,) = area.zones("guncangan.zip")
    assert whole.name == "guncangan.zip"
    assert whole.shape.symmetric_difference(OUTER).area < 1e-6
    with pytest.raises(AreaError, match="waktu"):
        area.zones("guncangan", "waktu")


def test_a_kmz_is_a_zipped_kml(tmp_path, read):
    bands().to_file(tmp_path / "doc.kml", driver="LIBKML")
    with zipfile.ZipFile(tmp_path / "peringatan.kmz", "w") as archive:
        archive.write(tmp_path / "doc.kml", "doc.kml")
    area = read(tmp_path / "peringatan.kmz")
    assert area.rows.union_all().symmetric_difference(OUTER).area < 1e-9


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_other_formats_are_read_alike(tmp_path, read, ending):
    bands().to_file(tmp_path / f"banjir.{ending}")
    assert read(tmp_path / f"banjir.{ending}").fields == ["MMI"]


def test_swapped_axes_are_noticed(tmp_path, read):
    table = bands()
    table.geometry = shapely.transform(table.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    table.to_file(tmp_path / "tertukar.geojson")
    area = read(tmp_path / "tertukar.geojson")
    assert area.done == (Mended.SWAPPED,)
    assert area.rows.union_all().equals(OUTER)


def test_contours_that_close_are_areas(tmp_path, read):
    rings = [INNER.exterior, shapely.LineString([(112, -8), (113, -8)])]
    lines = gpd.GeoDataFrame({"v": [1, 2]}, geometry=rings, crs="EPSG:4326")
    lines.to_file(tmp_path / "kontur.geojson")
    area = read(tmp_path / "kontur.geojson")
    assert area.rows.union_all().equals(INNER)
    assert set(area.done) == {Mended.CLOSED, Mended.LEFT_OUT}


def test_a_file_without_a_reference_system_is_asked_for_it(tmp_path, read):
    zipped_shapefile(tmp_path, bands("EPSG:32749"))
    (tmp_path / "guncangan.prj").unlink()
    (tmp_path / "guncangan.zip").unlink()
    with refusing("import_crs_missing"):
        read(tmp_path / "guncangan.shp")
    assert read(tmp_path / "guncangan.shp", "EPSG:32749").rows.union_all().intersects(INNER)


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def polygon(*corners):
    shape = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
    return {"type": "Feature", "properties": {}, "geometry": shape}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (geojson(), "import_empty"),
        (geojson(polygon((0, 50), (1, 50), (1, 51))), "import_elsewhere"),
        (geojson(polygon((6e5, 9.1e6), (7e5, 9.1e6), (7e5, 9.2e6))), "import_crs_metres"),
        (geojson({"type": "Feature", "properties": {}, "geometry": None}), "area_empty"),
        ("bukan GeoJSON", "import_disguised"),
    ],
)
def test_what_is_no_area_here_is_refused_with_the_reason(tmp_path, read, content, key):
    (tmp_path / "salah.geojson").write_text(content)
    with refusing(key):
        read(tmp_path / "salah.geojson")


def test_a_file_that_is_too_large_or_of_another_kind_is_not_even_opened(tmp_path):
    large, other = tmp_path / "besar.geojson", tmp_path / "laporan.pdf"
    with large.open("wb") as file:
        file.truncate(file_reading.MOST_BYTES + 1)
    other.write_bytes(b"%PDF")
    for file, key in ((large, "area_file_size"), (other, "area_file_kind")):
        with refusing(key):
            read_area_file(file)


def test_names_of_strangers_are_short_lines_of_text(tmp_path, read):
    table = bands().rename(columns={"MMI": "<b>MMI</b>"})
    table["<b>MMI</b>"] = ["<script>\nx", "V" * 500]
    table.to_file(tmp_path / "asing.geojson")
    area = read(tmp_path / "asing.geojson")
    names = [zone.name for zone in area.zones("asing", area.fields[0])]
    assert all(len(name) < 150 and "\n" not in name for name in names)

"""Archives and layers as producers hand them out: what holds boundaries is read, the rest is said.

What only reading decides is asked of the reader alone; what resolving decides, of a whole import.
"""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
import shapely.affinity

from geodata.boundaries.boundary_error import ImportFailed, NoBoundaries
from geodata.boundaries.reading.files import boundary_files, parts
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.rows import Reading, read_polygons
from geodata.regions import Level
from tests.importing.conftest import silent

SQUARE = shapely.box(110.36, -7.81, 110.37, -7.8)
BORDER = shapely.LineString(SQUARE.exterior.coords)


def read(path: Path, **options) -> Reading:
    return read_polygons(boundary_files(path), Options(**options), silent)


def refused(path: Path, **options) -> ImportFailed:
    with pytest.raises(ImportFailed) as caught:  # noqa: PT011 (its callers compare the key)
        read(path, **options)
    assert caught.value.message("id") != caught.value.message("en")
    return caught.value


def layer(rows: int = 2, shape: shapely.Geometry = SQUARE, **columns) -> gpd.GeoDataFrame:
    """Kelurahan of Tegalrejo, side by side, in the fields of BIG or in others."""
    shapes = [shapely.affinity.translate(shape, i / 100) for i in range(rows)]
    codes = [f"34.71.01.100{number}" for number in range(1, rows + 1)]
    big = {"KDEPUM": codes, "WADMKD": ["Kricak", "Karangwaru", "Tegalrejo"][:rows]}
    return gpd.GeoDataFrame(columns or big, geometry=shapes, crs="EPSG:4326")


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, str(file.relative_to(folder)))
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "unduhan"
    folder.mkdir()
    return folder


# What a Mac puts beside each file, and what producers put beside their boundaries.


@pytest.mark.parametrize("archived", [True, False])
def test_hidden_files_of_a_mac_are_no_boundary_files(archived, folder, tmp_path):
    (folder / "Batas Desa").mkdir()
    layer().to_file(folder / "Batas Desa" / "desa.shp")
    for hidden in ("__MACOSX/Batas Desa/._desa.shp", "Batas Desa/._desa.shp", ".Trash/desa.shp"):
        (folder / hidden).parent.mkdir(parents=True, exist_ok=True)
        (folder / hidden).write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X        ")
    path = zipped(folder, tmp_path / "desa.zip") if archived else folder
    reading = read(path)
    assert len(reading.rows) == 2
    assert reading.passed_over == []


def test_a_json_without_boundaries_is_passed_over_beside_some_and_refused_alone(folder):
    (folder / "IDN-ADM4-metaData.json").write_text('{"boundaryID": "IDN-ADM4-1"}')
    (folder / "datapackage.json").write_text("[1, 2]")
    assert refused(folder).key == "import_disguised"
    layer().to_file(folder / "IDN-ADM4.geojson")
    reading = read(folder)
    assert [(entry["berkas"], entry["alasan"]) for entry in reading.passed_over] == [
        ("IDN-ADM4-metaData.json", "bukan_geojson"),
        ("datapackage.json", "bukan_geojson"),
    ]


def test_what_is_called_geojson_and_is_damaged_is_not_passed_over(folder):
    layer().to_file(folder / "a.geojson")
    (folder / "b.geojson").write_text((folder / "a.geojson").read_text()[:-300])
    assert refused(folder).key == "import_unreadable"
    (folder / "b.geojson").write_text("<html>404</html>")
    assert refused(folder).key == "import_disguised"


def test_an_archive_with_lines_points_and_the_country_beside_its_desa(folder):
    layer().to_file(folder / "idn_admbnda_adm4.shp")
    layer(1, adm0_pcode=["ID"]).to_file(folder / "idn_admbnda_adm0.shp")
    layer(3, BORDER, admLevel=[1, 2, 3]).to_file(folder / "idn_admbndl_admALL.shp")
    layer(3, SQUARE.centroid, admLevel=[1, 2, 3]).to_file(folder / "idn_admbndp_admALL.shp")
    told = {
        entry["berkas"]: (entry["alasan"], entry["baris"]) for entry in read(folder).passed_over
    }
    assert told == {
        "idn_admbnda_adm0.shp": ("kolom_tidak_dikenal", 1),
        "idn_admbndl_admALL.shp": ("garis", 3),
        "idn_admbndp_admALL.shp": ("titik", 3),
    }


# The same boundaries in several formats, and simplified.


def detailed(rows: int = 2) -> gpd.GeoDataFrame:
    return layer(rows, shapely.segmentize(SQUARE, 0.001))


def test_of_copies_the_most_detailed_is_taken_and_said(folder, tmp_path):
    detailed().to_file(folder / "IDN-ADM4.geojson")
    detailed().iloc[::-1].to_file(folder / "IDN-ADM4.shp")  # in another order
    layer().to_file(folder / "IDN-ADM4_simplified.geojson")
    layer().to_file(folder / "IDN-ADM4_simplified.shp")
    reading = read(zipped(folder, tmp_path / "semua.zip"))
    used = "semua.zip/IDN-ADM4.geojson"
    assert set(reading.rows["berkas"]) == {used}
    assert len(reading.rows) == 2
    told = {entry["berkas"]: entry["dipakai"] for entry in reading.passed_over}
    assert told == dict.fromkeys(
        ["semua.zip/" + name for name in (
            "IDN-ADM4.shp", "IDN-ADM4_simplified.geojson", "IDN-ADM4_simplified.shp")],
        used,
    )  # fmt: skip


def test_a_simplified_copy_that_comes_first_gives_way(folder):
    layer().to_file(folder / "a.geojson")
    layer().to_file(folder / "b.geojson")
    detailed().to_file(folder / "c.geojson")
    reading = read(folder)
    assert set(reading.rows["berkas"]) == {"c.geojson"}
    assert {entry["dipakai"] for entry in reading.passed_over} == {"c.geojson"}


def test_parts_of_one_desa_in_two_files_are_no_copies(folder):
    west = layer(1)
    east = west.set_geometry(west.translate(0.2))
    west.to_file(folder / "barat.geojson")
    east.to_file(folder / "timur.geojson")
    assert len(read(folder).rows) == 2


def test_files_of_as_many_rows_are_no_copies(folder):
    layer(1).to_file(folder / "a.geojson")
    layer(2).iloc[1:].to_file(folder / "b.geojson")
    reading = read(folder)
    assert len(reading.rows) == 2
    assert reading.passed_over == []


# Nothing there.


def test_a_layer_without_rows_ends_in_one_line(folder):
    layer().iloc[:0].to_file(folder / "kosong.gpkg")
    error = refused(folder / "kosong.gpkg")
    assert (error.key, error.values["file"]) == ("import_empty", "kosong.gpkg")
    layer().to_file(folder / "desa.gpkg")
    assert [entry["alasan"] for entry in read(folder).passed_over] == ["tanpa_baris"]


def test_a_column_of_codes_without_a_digit_is_read_as_it_is(folder):
    layer(KODE_DESA=["-", "belum"], NAMA_DESA=["Kricak", "Karangwaru"]).to_file(folder / "a.gpkg")
    assert read(folder).rows["kode_asal"].tolist() == ["-", "belum"]


def test_the_message_lists_every_field_there_is(folder):
    layer(
        kode_wilayah=["34.71.01.1001", "34.71.01.1002"], nama_desa=["a", "b"], luas=[1, 2]
    ).to_file(folder / "desa.geojson")
    error = refused(folder)
    assert isinstance(error, NoBoundaries)
    assert error.values["fields"] == "kode_wilayah, nama_desa, luas"
    for lang in ("id", "en"):
        assert "desa.geojson" in error.message(lang)
    error = refused(folder, code_field="kode", name_field="nama_desa")
    assert error.key == "import_field_missing"
    assert (error.values["field"], error.values["fields"]) == (
        "kode",
        "kode_wilayah, nama_desa, luas",
    )
    assert read(folder, code_field="KODE_WILAYAH").rows["kode_asal"][0] == "34.71.01.1001"


# Shapefiles.


@pytest.mark.parametrize("part", [".dbf", ".shx"])
def test_a_shapefile_without_one_of_its_parts_says_which(part, folder):
    layer().to_file(folder / "desa.shp")
    (folder / f"desa{part}").unlink()
    error = refused(folder / "desa.shp")
    assert error.key == "import_part_missing"
    assert f"{part} " in error.message("id")


def test_parts_of_a_shapefile_in_upper_case_are_parts(folder):
    layer().to_file(folder / "desa.shp")
    for file in list(folder.iterdir()):
        file.rename(folder / file.name.upper())
    assert len(read(folder).rows) == 2
    assert {part.suffix for part in parts(folder / "DESA.SHP")} == {".SHP", ".DBF", ".PRJ", ".CPG"}


@pytest.mark.parametrize("said", ["1252", "ANSI 1252", "windows-1252", "cp1252", "ISO-8859-1"])
def test_a_cst_tells_the_encoding_as_a_cpg_does(said, folder):
    name = "Kricak “É”" if "1252" in said else "Kricak É"
    path = folder / "desa.shp"
    pyogrio.write_dataframe(
        layer(1, KDEPUM=["34.71.01.1001"], WADMKD=[name]), path, encoding="cp1252"
    )
    path.with_suffix(".cpg").unlink(missing_ok=True)
    path.with_suffix(".cst").write_text(said + "\n")
    assert read(path).rows["desa"].tolist() == [name]


def test_a_cst_that_is_no_encoding_is_as_if_there_were_none(folder):
    layer().to_file(folder / "desa.shp")
    (folder / "desa.cpg").unlink()
    (folder / "desa.cst").write_bytes(b"\xff entah")
    assert len(read(folder / "desa.shp").rows) == 2


def test_text_filled_up_with_nul_is_read_without(folder):
    padded = [code + "\0" * 5 for code in ("34.71.01.1001", "34.71.01.1002")]
    layer(KDEPUM=padded, WADMKD=["Kricak\0 ", "Karangwaru"]).to_parquet(folder / "desa.parquet")
    rows = read(folder).rows
    assert rows["kode_asal"].tolist() == ["34.71.01.1001", "34.71.01.1002"]
    assert rows["desa"].tolist() == ["Kricak", "Karangwaru"]


# Coordinates.


def test_a_topojson_is_in_degrees(folder):
    geometry = {
        "type": "Polygon", "arcs": [[0]],
        "properties": {"kode": "34.71.01.1001", "nama": "Kricak"},
    }  # fmt: skip
    ring = [[110.36, -7.81], [110.37, -7.81], [110.37, -7.8], [110.36, -7.81]]
    collection = {"type": "GeometryCollection", "geometries": [geometry]}
    topology = json.dumps({"type": "Topology", "objects": {"desa": collection}, "arcs": [ring]})
    for name in ("desa.topojson", "desa.json"):
        (folder / name).write_text(topology)
        assert read(folder / name).rows.total_bounds == pytest.approx([110.36, -7.81, 110.37, -7.8])


@pytest.mark.parametrize("crs", ["EPSG:9518", "EPSG:32749+5773"])
def test_heights_of_a_compound_system_are_left_away(crs, folder):
    flat = layer().to_crs(crs.split("+")[0] if "+" in crs else "EPSG:4326")
    high = flat.set_geometry(shapely.force_3d(flat.geometry, 12)).set_crs(crs, allow_override=True)
    high.to_file(folder / "desa.gpkg")
    rows = read(folder).rows
    assert not rows.has_z.any()
    assert rows.total_bounds == pytest.approx(layer().total_bounds, abs=1e-7)


def test_a_zone_of_utm_that_leads_out_of_indonesia_is_named(folder):
    layer().to_crs("EPSG:32749").set_crs("EPSG:32733", allow_override=True).to_file(
        folder / "a.gpkg"
    )
    error = refused(folder)
    assert error.key == "import_elsewhere"
    assert "UTM zone 33S" in error.message("id")
    assert len(read(folder, crs="EPSG:32749").rows) == 2


@pytest.mark.parametrize("suffix", ["gpkg", "gdb"])
def test_layers_with_heights_and_without_are_both_read(suffix, folder):
    path = folder / f"batas.{suffix}"
    driver = "OpenFileGDB" if suffix == "gdb" else None
    pyogrio.write_dataframe(layer(), path, layer="desa", driver=driver)
    above = layer(1, KDCPUM=["34.71.01"], WADMKC=["Tegalrejo"])
    above = above.set_geometry(shapely.force_3d(above.geometry, 5))
    pyogrio.write_dataframe(above, path, layer="kecamatan", driver=driver, append=True)
    reading = read(path)
    assert (reading.schema.level, list(reading.upper)) == (Level.DESA, [Level.KECAMATAN])

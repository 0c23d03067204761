"""Boundary files made to read other files, to ask other hosts, or to take all there is."""

import json
import socket
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.files import boundary_files
from geodata.boundaries.reading.gdal import DRIVERS
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.reading_apart import read_apart
from geodata.boundaries.reading.rows import read_polygons
from geodata.confinement.confined import ReaderEnded
from geodata.errors import PetaKimError
from tests.importing import schemas
from tests.importing.conftest import imported, silent

SECRET = "0812-3456-7890"


@pytest.fixture
def secret(tmp_path) -> Path:
    """A file of the server that any driver could read: its fields are those of a boundary file."""
    path = tmp_path / "server" / "registry.geojson"
    path.parent.mkdir()
    polygon = shapely.geometry.mapping(shapely.box(110.3, -7.9, 110.4, -7.8))
    feature = {
        "type": "Feature",
        "geometry": polygon,
        "properties": {"KODE_DESA": "3471011001", "NAMA_DESA": SECRET},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


@pytest.fixture
def listener():
    """A host that would answer; whoever asked it has connected."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server
        with pytest.raises(TimeoutError):
            server.accept()


def refused(path: Path, read=read_polygons, **options) -> PetaKimError:
    with pytest.raises(PetaKimError) as caught:  # noqa: PT011 (its callers compare the key)
        read(boundary_files(path), Options(**options), silent)
    for language in ("id", "en"):
        assert SECRET not in caught.value.message(language)
        assert "Traceback" not in caught.value.message(language)
    return caught.value


def what_comes_of(path: Path) -> str:
    """All that is told of a file, whether it can be read or not."""
    try:
        return read_apart([path], Options(code_field="KODE_DESA"), silent).rows.to_csv()
    except PetaKimError as error:
        return error.message("en")


def virtual_formats(source: str, address: str) -> dict[str, str]:
    layer = f"<SrcDataSource>{source}</SrcDataSource><SrcLayer>registry</SrcLayer>"
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="x">{layer}</OGRVRTLayer></OGRVRTDataSource>'
    gdalg = {"type": "gdal_streamed_alg", "command_line": f"gdal vector convert {source} -f MEM x"}
    return {
        "VRT": vrt,
        "VRT after a comment": f"<!-- <kml> -->{vrt}",
        "GDALG": json.dumps(gdalg),
        "WFS": f"<OGRWFSDataSource><URL>{address}</URL></OGRWFSDataSource>",
        "OGC API": json.dumps({"links": [{"rel": "data", "href": f"{address}/collections"}]}),
        "GML": '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x {address}" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{address}"/>',
        "GPX": f'<gpx creator="x"><wpt lat="0" lon="0"><link href="{address}"/></wpt></gpx>',
        "ESRI JSON": json.dumps({"geometryType": "esriGeometryPolygon", "features": []}),
        "address": address,
        "path": str(source),
        "HTML": "<!doctype html><html></html>",
        "DXF": "0\nSECTION\n2\nHEADER\n",
        "nothing": "",
    }


@pytest.mark.parametrize(
    "suffix", ["json", "geojson", "kml", "gpkg", "fgb", "shp", "parquet", "gdb"]
)
def test_a_file_that_is_another_format_than_its_name_says_is_not_opened(
    suffix, secret, listener, tmp_path
):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.geojson"
    for name, content in virtual_formats(str(secret), address).items():
        path = tmp_path / f"batas.{suffix}"
        path.write_text(content)
        error = refused(path)
        assert error.key == "import_disguised", name
        assert path.name in error.message("id")


def test_also_inside_a_zip_and_in_a_zip_in_it(secret, tmp_path):
    inner, outer = tmp_path / "dalam.zip", tmp_path / "luar.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("batas.json", virtual_formats(str(secret), "")["VRT"])
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, inner.name)
    for path in (inner, outer):
        assert refused(path).key == "import_disguised"


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv", "gml", "vrt", "sqlite", "dxf", "pmtiles"])
def test_a_format_that_we_do_not_name_is_none(suffix, secret, tmp_path):
    path = tmp_path / "zip" / f"batas.{suffix}"
    path.parent.mkdir()
    path.write_text(virtual_formats(str(secret), "")["VRT"])
    assert refused(path.parent).key == "import_nothing"


def test_the_drivers_that_gdal_has_are_those_of_the_formats_that_we_name():
    assert set(pyogrio.list_drivers()) == DRIVERS


def test_a_database_that_is_no_geopackage_is_not_read(tmp_path):
    path = tmp_path / "batas.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE desa (KODE_DESA TEXT)")
        database.execute("INSERT INTO desa VALUES ('3471011001')")
    assert refused(path).key in ("import_unreadable", "import_disguised", "import_fields")


# What the formats that we do read can name.


@pytest.mark.parametrize("kind", ["URL", "url", "link", "name", "EPSG", "OGC"])
def test_the_address_of_a_crs_is_not_asked(kind, secret, listener, tmp_path, root):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/crs"
    path = tmp_path / "batas.geojson"
    collection = json.loads(secret.read_text())
    values = dict.fromkeys(("url", "href", "name", "code", "urn"), address)
    path.write_text(json.dumps(collection | {"crs": {"type": kind, "properties": values}}))
    read_apart([path], Options(), silent)


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{secret}">]>',
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "{address}">]>',
        '<!DOCTYPE kml SYSTEM "{address}">',
        "<!DOCTYPE kml [{laughs}]>",
        "",
    ],
)
def test_a_kml_reads_nothing_else(before, secret, listener, tmp_path):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    laughs = '<!ENTITY x0 "lol">' + "".join(
        f'<!ENTITY x{number} "{f"&x{number - 1};" * 10}">' for number in range(1, 10)
    ) + '<!ENTITY x "&x9;">'  # fmt: skip
    links = "".join(
        f"<NetworkLink><Link><href>{target}</href></Link></NetworkLink>"
        for target in (address, f"file://{secret}", str(secret))
    )
    entity = "&x;" if before else "x"
    path = tmp_path / "batas.kml"
    path.write_text(
        '<?xml version="1.0"?>'
        + before.replace("{secret}", str(secret)).replace("{address}", address)
        .replace("{laughs}", laughs)
        + '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        + f'<Style id="s"><IconStyle><Icon><href>{address}</href></Icon></IconStyle></Style>{links}'
        + f"<Placemark><styleUrl>{address}#s</styleUrl><name>{entity}</name><ExtendedData>"
        + f'<Data name="KODE_DESA"><value>{entity}</value></Data></ExtendedData><Polygon>'
        + "<outerBoundaryIs><LinearRing><coordinates>110,-7 111,-7 111,-8 110,-7</coordinates>"
        + "</LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
    )  # fmt: skip
    assert SECRET not in what_comes_of(path)


VIEWS = {
    "another file": "ogr_datasource_load_layers('{secret}')",
    "an address": "ogr_geocode('{address}')",
    "an extension": "load_extension('{secret}')",
}


@pytest.mark.parametrize("what", VIEWS)
def test_a_view_of_a_geopackage_reaches_nothing(what, desa, secret, listener, tmp_path):
    path = tmp_path / "batas.gpkg"
    schemas.big(desa.head(1)).to_file(path, layer="desa")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    asked = VIEWS[what].format(secret=secret, address=address)
    with sqlite3.connect(path) as database:
        geometry = database.execute("SELECT column_name FROM gpkg_geometry_columns").fetchone()[0]
        database.execute(f"CREATE VIEW v AS SELECT fid, {geometry}, {asked} AS KDEPUM FROM desa")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('v', 'features', 'v', 4326)"
        )
        database.execute(
            f"INSERT INTO gpkg_geometry_columns VALUES ('v', '{geometry}', 'POLYGON', 4326, 0, 0)"
        )
    assert refused(path).key == "import_unreadable"


# Archives.


def test_an_entry_that_is_a_link_is_a_file_of_text(secret, tmp_path):
    path = tmp_path / "batas.zip"
    link = zipfile.ZipInfo("batas.geojson")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, str(secret))
    assert refused(path).key == "import_disguised"


def test_a_link_beside_a_file_that_leads_elsewhere_is_refused(desa, secret, tmp_path):
    path = tmp_path / "shp" / "batas.shp"
    path.parent.mkdir()
    schemas.big(desa.head(1)).to_file(path)
    path.with_suffix(".prj").unlink()
    path.with_suffix(".prj").symlink_to(secret)
    assert refused(path, read_apart).key == "import_link"


def test_a_zip_in_a_zip_is_read_and_what_lies_deeper_is_not(desa, tmp_path, root):
    schemas.big(desa).to_file(tmp_path / "desa.gpkg")
    archives = [tmp_path / f"{number}.zip" for number in range(3)]
    inside = tmp_path / "desa.gpkg"
    for path in archives:
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(inside, inside.name)
        inside = path
    assert imported(archives[1])[1].polygons == len(desa)
    error = refused(archives[2])
    assert error.key == "import_nothing"
    assert "/tmp" not in error.message("en")


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"", b"<html>"])
def test_an_archive_that_is_none(content, tmp_path):
    path = tmp_path / "batas.zip"
    path.write_bytes(content)
    assert refused(path).key == "import_zip"


def test_a_prj_of_a_hundred_megabytes_is_not_read(desa, tmp_path):
    path = tmp_path / "batas.shp"
    schemas.big(desa.head(1)).to_file(path)
    with path.with_suffix(".prj").open("ab") as file:
        file.truncate(100_000_000)
    error = refused(path)
    assert error.key == "import_part_size"
    assert "batas.prj" in error.message("id")


# What takes all there is.


def test_geometry_nested_without_end_ends_its_reader_alone(tmp_path):
    depth = 300_000
    nested = b"\x01\x07\0\0\0\x01\0\0\0" * depth + shapely.to_wkb(shapely.Point(110, -7))
    table = pa.table({"kode": ["34.71.01.1001"], "geometry": [nested]})
    about = {
        "version": "1.0.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}},
    }
    path = tmp_path / "desa.parquet"
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)}), path)
    assert refused(path, read_apart).key in ("reader_crashed", "reader_memory", "import_unreadable")


def test_a_table_without_end_ends_when_its_time_is_over(desa, tmp_path, monkeypatch):
    path = tmp_path / "batas.gpkg"
    schemas.big(desa.head(1)).to_file(path, layer="desa")
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
            "SELECT n AS fid, NULL AS geom, n AS KDEPUM FROM r"
        )
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('v', 'features', 'v', 4326)"
        )
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POLYGON', 4326, 0, 0)"
        )
    monkeypatch.setenv("KIM_READING_SECONDS", "3")
    with pytest.raises(ReaderEnded, match=r"batas\.gpkg was not read within 0\.05 minutes"):
        read_apart([path], Options(), silent)


def test_more_memory_than_the_setting_allows_is_said(desa, tmp_path, monkeypatch):
    path = tmp_path / "batas.gpkg"
    schemas.big(desa).to_file(path)
    monkeypatch.setenv("KIM_READING_MEMORY_GB", "0.2")
    with pytest.raises(ReaderEnded, match=r"batas\.gpkg .* more than 0\.2 GB of memory"):
        read_apart([path], Options(), silent)


def test_what_is_read_apart_is_what_is_read_here(desa, tmp_path):
    path = tmp_path / "batas.gpkg"
    schemas.big(desa).to_file(path)
    upper = desa.assign(kode=desa["kode"].str[:8]).dissolve("kode", as_index=False)
    schemas.kim(upper).to_parquet(tmp_path / "kecamatan.parquet")
    for file in (path, tmp_path / "kecamatan.parquet"):
        here, apart = (read([file], Options(), silent) for read in (read_polygons, read_apart))
        assert apart.schema == here.schema
        pd.testing.assert_frame_equal(
            pd.DataFrame(apart.rows.drop(columns="geometry")),
            pd.DataFrame(here.rows.drop(columns="geometry")),
            check_dtype=False,
        )
        assert gpd.GeoSeries(apart.rows.geometry).geom_equals(here.rows.geometry).all()


def test_an_error_of_a_file_is_the_same_apart(tmp_path):
    path = tmp_path / "batas.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(ImportFailed, match="holds no rows at all"):
        read_apart([path], Options(), silent)

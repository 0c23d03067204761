"""Files as they really come: what is wrong with them is mended and counted, or a clear error."""

import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading import archives
from geodata.boundaries.resolving import Reason
from geodata.regions import Level
from tests.importing import schemas
from tests.importing.conftest import imported

pytestmark = pytest.mark.slow


def failure(path, **options) -> str:
    with pytest.raises(ImportFailed) as caught:  # noqa: PT011 (its callers compare the key)
        imported(path, **options)
    assert caught.value.message("id")
    return caught.value.key


@pytest.fixture
def shapefile(desa, tmp_path):
    path = tmp_path / "shp" / "batas.shp"
    path.parent.mkdir()
    schemas.big(desa).to_file(path)
    return path


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "fgb", "kml", "gdb", "shp"])
def test_formats(suffix, desa, root, tmp_path):
    path = tmp_path / f"desa.{suffix}"
    driver = {"kml": "LIBKML", "gdb": "OpenFileGDB"}.get(suffix)
    pyogrio.write_dataframe(schemas.big(desa), path, driver=driver)
    assert imported(path)[1].polygons == len(desa)


def test_geoparquet(desa, root, tmp_path):
    schemas.kim(desa).to_parquet(tmp_path / "desa.parquet")
    assert imported(tmp_path / "desa.parquet")[1].source == "kim"


def test_a_zipped_shapefile(desa, shapefile, root, tmp_path):
    path = tmp_path / "batas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in shapefile.parent.iterdir():
            archive.write(part, f"unduhan/{part.name}")
    _, report = imported(path)
    assert report.polygons == len(desa)


def test_a_zip_that_points_out_of_its_folder_is_refused(root, tmp_path):
    path = tmp_path / "batas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../jahat.shp", "")
    assert failure(path) == "import_zip"


def test_a_folder_of_many_files(desa, root, tmp_path):
    folder = tmp_path / "per-kecamatan"
    folder.mkdir()
    for code, part in desa.groupby(desa["kode"].str[:8]):
        schemas.big(part).to_file(folder / f"{code}.shp")
    _, report = imported(folder)
    assert report.polygons == report.rows == len(desa)
    assert len({name for name in report.files if name.endswith(".shp")}) == 14


def test_files_of_several_producers_are_not_mixed(desa, root, tmp_path):
    folder = tmp_path / "campur"
    folder.mkdir()
    schemas.big(desa).to_file(folder / "a.gpkg")
    schemas.dukcapil(desa).to_file(folder / "b.gpkg")
    assert failure(folder) == "import_mixed"


def test_without_a_prj_the_crs_is_asked_for(desa, shapefile, root):
    shapefile.with_suffix(".prj").unlink()
    assert failure(shapefile) == "import_crs_missing"
    assert failure(shapefile, crs="EPSG:nol") == "import_crs_unknown"
    assert imported(shapefile, crs="EPSG:4326")[1].polygons == len(desa)


def test_metres_are_transformed(desa, root, tmp_path):
    path = tmp_path / "utm.gpkg"
    schemas.big(desa).to_crs("EPSG:32749").to_file(path)
    boundaries, _ = imported(path)
    there = boundaries.polygons(Level.DESA).total_bounds
    assert there == pytest.approx(desa.total_bounds, abs=1e-5)


def test_metres_labelled_as_degrees_are_recognised(desa, root, tmp_path):
    path = tmp_path / "utm.gpkg"
    wrong = schemas.big(desa).to_crs("EPSG:32749").set_crs("EPSG:4326", allow_override=True)
    wrong.to_file(path)
    assert failure(path) == "import_crs_metres"
    assert imported(path, crs="EPSG:32749")[1].polygons == len(desa)


def test_swapped_axes_are_put_right_and_said(desa, root, tmp_path):
    path = tmp_path / "terbalik.gpkg"
    swapped = schemas.big(desa)
    swapped.geometry = shapely.transform(swapped.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    swapped.to_file(path)
    boundaries, report = imported(path)
    assert report.axes_swapped == ["terbalik.gpkg"]
    there = boundaries.polygons(Level.DESA).total_bounds
    assert there == pytest.approx(desa.total_bounds, abs=1e-5)


def test_another_country_is_refused(desa, root, tmp_path):
    path = tmp_path / "brasil.gpkg"
    schemas.big(desa.set_geometry(desa.translate(-160))).to_file(path)
    assert failure(path) == "import_elsewhere"


def test_codes_as_floats(desa, root, tmp_path):
    path = tmp_path / "desa.gpkg"
    floats = schemas.dukcapil(desa)
    floats["KODE_DESA"] = floats["KODE_DESA"].astype(float)
    floats.to_file(path)
    assert imported(path)[1].methods == {"kode": len(desa)}


def test_names_in_cp1252(desa, root, tmp_path):
    path = tmp_path / "desa.shp"
    named = schemas.big(desa)
    named.loc[0, "WADMKD"] = "Tegalpanggung “É”"
    pyogrio.write_dataframe(named, path, encoding="cp1252")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    _, report = imported(path)
    assert "Tegalpanggung “É”" in [row["nama"] for row in report.names_differ["first"]]


def spoilt(desa: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows = schemas.kim(desa)
    shape = rows.geometry.iloc[1]
    point = shape.representative_point()
    rows.loc[1, "geometry"] = shapely.GeometryCollection([shape, point])
    rows.loc[2, "geometry"] = shapely.Polygon()
    rows.loc[3, "geometry"] = shapely.union(rows.geometry.iloc[3], shapely.box(179, -9, 180, -8))
    rows.loc[4, "geometry"] = point
    rows.loc[5, "kode"] = rows.loc[6, "kode"]
    rows.loc[7, "kode"] = "99.99.99.9999"
    rows.loc[7, "nama"] = "Antah Berantah"
    x, y = point.x, point.y
    rows.loc[8, "geometry"] = shapely.Polygon([(x, y), (x + 1, y + 1), (x + 1, y), (x, y + 1)])
    return rows


def test_what_cannot_be_used_is_rejected_with_a_reason_and_the_rest_is_mended(desa, root, tmp_path):
    path = tmp_path / "rusak.parquet"
    spoilt(desa).to_parquet(path)
    boundaries, report = imported(path)
    reasons = {row["baris"]: row["alasan"] for row in report.rejected}
    expected = {
        3: Reason.EMPTY,
        4: Reason.OUTSIDE,
        5: Reason.NOT_POLYGON,
        8: Reason.UNKNOWN_CODE,
    }
    assert expected.items() <= reasons.items()
    assert report.repairs == {"made_valid": 1, "parts_dropped": 1}
    assert report.duplicated == {desa["kode"][6]: 2}
    assert report.merged == 1
    assert report.unknown[0]["kode_asal"] == "99.99.99.9999"
    drawn = boundaries.polygons(Level.DESA).set_index("kode")
    assert drawn.is_valid.all()
    assert set(drawn.geom_type) <= {"Polygon", "MultiPolygon"}
    assert len(drawn) + report.merged + len(report.rejected) == report.rows == len(desa)


def test_a_code_of_2020_moves_on_to_that_of_today(desa, root, tmp_path):
    rows = schemas.kim(desa.iloc[:1]).assign(kode="11.72.01.2001", nama="")
    rows.to_parquet(tmp_path / "lama.parquet")
    _, report = imported(tmp_path / "lama.parquet")
    assert report.methods == {"kode_2020": 1}
    assert [(row["kode_asal"], row["kode"]) for row in report.unknown] == [
        ("11.72.01.2001", "11.72.03.2001")
    ]


def test_two_rows_that_claim_one_desa_by_name_are_both_rejected(desa, root, tmp_path):
    rows = schemas.bps(desa)
    rows.loc[1, ["nmdesa", "nmkec"]] = rows.loc[0, ["nmdesa", "nmkec"]]
    rows.to_file(tmp_path / "bps.gpkg")
    _, report = imported(tmp_path / "bps.gpkg")
    assert [(row["baris"], row["alasan"]) for row in report.rejected] == [
        (1, Reason.CONFLICT),
        (2, Reason.CONFLICT),
    ]


def test_overlaps_and_slivers_are_closed_and_measured(desa, root, tmp_path):
    rows = schemas.kim(desa)
    rows.geometry = shapely.buffer(rows.geometry.to_numpy(), 2e-5)
    rows.to_parquet(tmp_path / "tumpang.parquet")
    boundaries, report = imported(tmp_path / "tumpang.parquet")
    shapes = boundaries.polygons(Level.DESA).geometry.to_numpy()
    assert report.seams["mismatched_km"] > 0
    assert report.seams["lost_km2"] > 0
    assert shapely.coverage_is_valid(shapes)


def test_a_file_of_which_nothing_can_be_placed_is_an_error(desa, root, tmp_path):
    schemas.kim(desa).assign(kode="99.99.99.9999", nama="").to_parquet(tmp_path / "x.parquet")
    assert failure(tmp_path / "x.parquet") == "import_no_rows"
    assert failure(tmp_path / "tidak-ada.shp") == "import_nothing"


FATES = ["kept", "empty", "missing", "point", "far", "unknown", "twin", "unnamed", "bowtie"]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fates=st.lists(st.sampled_from(FATES), min_size=45, max_size=45), seed=st.integers(0, 99))
def test_every_row_is_a_polygon_merged_or_rejected(fates, seed, desa, root, tmp_path):
    rows = schemas.kim(desa)
    random = np.random.default_rng(seed)
    fates[0] = "kept"
    for row, fate in enumerate(fates[: len(rows)]):
        shape = rows.geometry[row]
        x, y = shape.representative_point().coords[0]
        other = {
            "empty": shapely.Polygon(),
            "missing": None,
            "point": shapely.Point(x, y),
            "far": shapely.box(-150, 50, -149, 51) if fates.count("far") < 20 else shape,
            "bowtie": shapely.Polygon([(x, y), (x + 0.1, y + 0.1), (x + 0.1, y), (x, y + 0.1)]),
        }
        rows.loc[row, "geometry"] = other.get(fate, shape)
        if fate in ("unknown", "unnamed"):
            rows.loc[row, "kode"] = "99.99.99.9999" if fate == "unknown" else ""
        if fate == "unnamed":
            rows.loc[row, "nama"] = ""
        if fate == "twin":
            rows.loc[row, "kode"] = rows.loc[random.integers(len(rows)), "kode"]
    path = tmp_path / "acak.parquet"
    rows.to_parquet(path)
    boundaries, report = imported(path)
    drawn = boundaries.polygons(Level.DESA)
    methods = pd.read_parquet(boundaries.path / "methods.parquet")
    assert report.rows == len(rows)
    assert report.rows == len(drawn) + report.merged + len(report.rejected)
    assert drawn["kode"].is_unique
    assert methods["kode"].tolist() == drawn["kode"].tolist()
    assert all(rejected["alasan"] in set(Reason) for rejected in report.rejected)


def test_an_archive_that_unpacks_to_more_than_any_boundary_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 10_000_000)
    bomb = tmp_path / "bom.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("desa.shp", b"\0" * 10_000_001)
    assert bomb.stat().st_size < 100_000
    with (
        pytest.raises(ImportFailed, match=r"bom\.zip is too large"),
        archives.unpacked(bomb),
    ):
        pass

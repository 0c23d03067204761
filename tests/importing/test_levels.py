"""Files that hold several levels: the desa become the set, the others are compared with it."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from geodata.boundaries import store
from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.official_area import load_official_area, write_official_area
from geodata.boundaries.upper_levels import UPPER_FILE, compare
from geodata.cli.boundaries import boundaries_app
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from tests.importing import schemas
from tests.importing.conftest import CITY, imported

pytestmark = pytest.mark.slow


@pytest.fixture
def kecamatan(desa) -> gpd.GeoDataFrame:
    """The kecamatan of the city, drawn on their own: the first is 300 m further north."""
    own = desa.assign(kode=desa["kode"].str[:8]).dissolve("kode", as_index=False)
    own["geometry"] = own.normalize()
    moved = shapely.transform(own.geometry.iloc[0], lambda xy: xy + np.array([0, 0.003]))
    own.loc[0, "geometry"] = moved
    return own


def big_kecamatan(kecamatan) -> gpd.GeoDataFrame:
    named = {"WADMKC": kecamatan["kecamatan"], "WADMKK": kecamatan["kabupaten_kota"]}
    return gpd.GeoDataFrame(
        {"KDCPUM": kecamatan["kode"], **named}, geometry=kecamatan.geometry, crs="EPSG:4326"
    )


def written(desa, kecamatan, path):
    schemas.big(desa).to_file(path, layer="ADMINISTRASI_AR_DESAKEL")
    big_kecamatan(kecamatan).to_file(path, layer="ADMINISTRASI_AR_KECAMATAN")
    return path


def test_layers_of_several_levels_make_one_set_and_a_comparison(desa, kecamatan, root, tmp_path):
    boundaries, report = imported(written(desa, kecamatan, tmp_path / "rbi.gpkg"))
    assert (report.level, report.rows, report.polygons) == ("desa", len(desa), len(desa))
    upper = report.upper["kecamatan"]
    assert (upper["rows"], upper["compared"], upper["rejected"]) == (14, 14, {})
    assert upper["only_given"] == []
    assert upper["first"][0]["kode"] == kecamatan["kode"][0]
    assert upper["first"][0]["beda"] > 0.1
    assert upper["first"][1]["beda"] < 0.01, "the others were not moved"
    table = pd.read_parquet(boundaries.path / UPPER_FILE)
    assert table["kode"].tolist() == kecamatan["kode"].tolist()
    united = boundaries.polygons(Level.KECAMATAN)
    assert table["luas_gabungan_km2"].to_numpy() == pytest.approx(united["area_km2"].to_numpy())


def test_a_folder_of_a_file_for_each_level(desa, kecamatan, root, tmp_path):
    folder = tmp_path / "per-tingkat"
    folder.mkdir()
    schemas.kim(desa).to_parquet(folder / "desa.parquet")
    upper = kecamatan[["kode", "geometry"]].assign(nama="")
    strays = upper.iloc[:1].assign(kode=["35.07.08", "99.99.99"][:1])
    pd.concat([upper.iloc[1:], strays]).to_parquet(folder / "kecamatan.parquet")
    _, report = imported(folder)
    comparison = report.upper["kecamatan"]
    assert comparison["compared"] == 13
    assert comparison["only_given"] == ["35.07.08"]
    assert comparison["only_united"] == 1
    assert report.levels["kecamatan"]["present"] == 14, "what is only above is not drawn"


def test_a_layer_that_nobody_knows_is_passed_over_and_said(desa, root, tmp_path):
    path = tmp_path / "rbi.gpkg"
    schemas.big(desa).to_file(path, layer="desa")
    desa[["geometry"]].iloc[:3].assign(BANGUNAN="rumah").to_file(path, layer="bangunan")
    gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(110, -7)], crs=4326).to_file(
        path, layer="titik"
    )
    assert len(pyogrio.list_layers(path)) == 3
    _, report = imported(path)
    assert report.passed_over_in_words("en") == [
        "rbi.gpkg:bangunan: no field that we know (3 rows)",
        "rbi.gpkg:titik: points, not areas (1 rows)",
    ]
    assert report.polygons == len(desa)


def test_where_no_layer_is_known_the_fields_are_named(desa, root, tmp_path):
    path = tmp_path / "lain.gpkg"
    for layer in ("a", "b"):
        desa[["geometry"]].assign(BANGUNAN="rumah").to_file(path, layer=layer)
    with pytest.raises(ImportFailed, match="not recognised by its fields: BANGUNAN") as caught:
        imported(path)
    assert caught.value.key == "import_fields"


def test_the_command_line_tells_what_differs(desa, kecamatan, root, tmp_path):
    path = written(desa, kecamatan, tmp_path / "rbi.gpkg")
    told = CliRunner().invoke(boundaries_app, ["import", str(path)]).output
    assert "The file's own kecamatan: 14 rows; 14 compared with the unions of desa" in told
    assert f"  most different: {kecamatan['kode'][0]} " in told
    drawn = store.find("rbi").polygons(Level.PROVINSI)["area_km2"].item()
    official = load_official_area()["34"]
    assert f"{drawn:,.1f} km2 of {official:,.1f} ({drawn / official:.1%})" in told


def squares(codes, shift):
    shapes = [shapely.box(i + shift, 0, i + shift + 1, 1) for i in range(len(codes))]
    return gpd.GeoDataFrame({"kode": codes}, geometry=shapes, crs="EPSG:4326")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(shift=st.floats(0, 0.9), ours=st.integers(1, 5), theirs=st.integers(1, 5))
def test_the_difference_is_what_only_one_of_the_two_covers(shift, ours, theirs):
    codes = ["11", "12", "13", "14", "15"]
    table = compare(Level.PROVINSI, squares(codes[:theirs], shift), squares(codes[:ours], 0))
    assert table["kode"].tolist() == codes[: max(ours, theirs)]
    both = table["beda"].notna()
    assert both.sum() == min(ours, theirs)
    assert table.loc[both, "beda"].to_numpy() == pytest.approx(2 * shift, abs=1e-3)
    assert table["luas_gabungan_km2"].notna().sum() == ours
    assert table["luas_berkas_km2"].notna().sum() == theirs


def test_missing_regions_are_named_where_the_file_draws_the_region_above(desa, root, tmp_path):
    schemas.kim(desa.iloc[1:]).to_parquet(tmp_path / "kurang.parquet")
    _, report = imported(tmp_path / "kurang.parquet")
    gazetteer = load_gazetteer()
    assert report.levels["desa"]["missing"] == len(gazetteer.codes(Level.DESA)) - len(desa) + 1
    assert desa["kode"][0] in report.levels["desa"]["named"]
    assert all(code.startswith(CITY) for code in report.levels["desa"]["named"])
    assert report.levels["kabupaten_kota"]["named"] == ["34.01", "34.02", "34.03", "34.04"]
    assert len(report.levels["provinsi"]["named"]) == 37
    assert len(report.to_json()) < 20_000


def test_parts_are_counted_for_every_region(desa, root, tmp_path):
    rows = schemas.kim(desa)
    far = shapely.transform(rows.geometry.iloc[3], lambda xy: xy + np.array([0.5, 0]))
    rows.loc[3, "geometry"] = shapely.multipolygons(shapely.get_parts([rows.geometry.iloc[3], far]))
    rows.to_parquet(tmp_path / "bagian.parquet")
    boundaries, report = imported(tmp_path / "bagian.parquet")
    parts = boundaries.polygons(Level.DESA).set_index("kode")["parts"]
    assert report.parts["desa"]["total"] == parts.sum()
    most = {region["kode"]: region["bagian"] for region in report.parts["desa"]["most"]}
    assert most == parts[parts > 1].to_dict()
    assert most[desa["kode"][3]] >= 2
    assert report.parts["provinsi"]["total"] == 2


def test_the_official_areas_are_those_of_all_provinsi_and_can_be_written_again(tmp_path):
    official, gazetteer = load_official_area(), load_gazetteer()
    assert official.index.tolist() == gazetteer.tables[Level.PROVINSI]["kode"].tolist()
    assert official.sum() == pytest.approx(1_890_179.784)
    written = write_official_area(gazetteer, "2026-01-02", tmp_path)
    assert written.set_index("kode")["luas_resmi_km2"].equals(official)

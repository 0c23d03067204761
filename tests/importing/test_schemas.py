"""Whose file it is, told by its fields; every producer's desa find their codes."""

import geopandas as gpd
import pytest

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.rows import read_polygons
from geodata.boundaries.reading.sources import SOURCES, recognise
from geodata.regions import Level
from tests.importing import schemas
from tests.importing.conftest import imported, silent

BY_CODE = ["big", "hdx", "dukcapil", "kim"]
BY_NAME = ["bps", "gadm", "geoboundaries"]


def written(desa, key, tmp_path):
    path = tmp_path / f"{key}.gpkg"
    getattr(schemas, key)(desa).to_file(path)
    return path


@pytest.mark.parametrize("key", [*BY_CODE, *BY_NAME])
def test_a_producer_is_recognised_and_every_desa_finds_its_code(key, desa, root, tmp_path):
    boundaries, report = imported(written(desa, key, tmp_path))
    assert report.source == key
    assert report.level == "desa"
    assert report.rejected == []
    drawn = boundaries.polygons(Level.DESA)
    assert drawn["kode"].tolist() == sorted(desa["kode"])
    assert set(report.methods) == {"kode"} if key in BY_CODE else "kode" not in report.methods


@pytest.mark.parametrize("key", BY_NAME)
def test_polygons_keep_their_place_when_their_names_find_the_code(key, desa, root, tmp_path):
    boundaries, _ = imported(written(desa, key, tmp_path))
    inside = desa.geometry.representative_point()
    codes = boundaries.locate_points(inside.y, inside.x)
    assert (codes == desa["kode"].to_numpy()).mean() == 1


def test_p_codes_made_of_codes_of_bps_are_not_read_as_those_of_kemendagri(desa, root, tmp_path):
    boundaries, report = imported(written(desa, "hdx_of_bps", tmp_path))
    assert "kode" not in report.methods
    assert boundaries.polygons(Level.DESA)["kode"].tolist() == sorted(desa["kode"])


def test_the_other_field_of_dukcapil(desa, root, tmp_path):
    _, report = imported(written(desa, "dukcapil_kel", tmp_path))
    assert (report.source, report.polygons) == ("dukcapil", len(desa))


def test_fields_that_the_user_names(desa, root, tmp_path):
    path = written(desa, "own", tmp_path)
    _, report = imported(path, code_field="ID_Wilayah", name_field="sebutan")
    assert (report.source, report.polygons) == ("generic", len(desa))
    assert report.fields == {"id_wilayah": "kode", "sebutan": "desa"}


def test_fields_nobody_knows_are_named_in_the_error(desa, root, tmp_path):
    with pytest.raises(
        ImportFailed, match="not recognised by its fields: id_wilayah, sebutan"
    ) as caught:
        imported(written(desa, "own", tmp_path))
    assert caught.value.key == "import_fields"
    assert caught.value.values["fields"] == "id_wilayah, sebutan"


def test_the_case_of_fields_does_not_matter():
    schema = recognise(["wadmkd", "KdEpum", "WADMPR"])
    assert (schema.adapter.key, schema.level) == ("big", Level.DESA)
    assert schema.codes == {Level.DESA: ("KdEpum",)}
    assert schema.names == {Level.DESA: ("wadmkd",), Level.PROVINSI: ("WADMPR",)}


def test_the_finest_level_that_has_its_field_counts():
    assert recognise(["ADM3_PCODE", "ADM3_EN", "ADM2_EN"]).level is Level.KECAMATAN
    said = recognise(["ADM4_PCODE", "ADM3_PCODE"], level=Level.KECAMATAN)
    assert said.codes == {Level.KECAMATAN: ("ADM3_PCODE",)}


def test_an_unknown_source_is_refused_with_those_there_are():
    with pytest.raises(ImportFailed, match="no source “bakosurtanal”") as caught:
        recognise(["kode"], "bakosurtanal")
    assert caught.value.values["allowed"] == ", ".join(SOURCES)


def test_a_file_of_kecamatan_says_so_by_its_codes(desa, root, tmp_path):
    kecamatan = desa.assign(kode=desa["kode"].str[:8])[["kode", "geometry"]].dissolve("kode")
    path = tmp_path / "kecamatan.gpkg"
    kecamatan.reset_index().to_file(path)
    boundaries, report = imported(path)
    assert report.level == "kecamatan"
    assert len(boundaries.polygons(Level.KECAMATAN)) == len(kecamatan) == report.polygons
    assert len(boundaries.polygons(Level.DESA)) == 0
    point = kecamatan.geometry.iloc[0].representative_point()
    assert boundaries.locate(point.y, point.x, Level.DESA) == kecamatan.index[0]


@pytest.mark.parametrize(("kind", "code"), [("Kabupaten", "35.07"), ("Kota", "35.73"), ("", "")])
def test_gadm_tells_a_city_from_the_regency_of_its_name_by_its_type(
    kind, code, desa, root, tmp_path
):
    rows = gpd.GeoDataFrame(
        {"GID_2": ["IDN.11.1_1"], "NAME_1": "JawaTimur", "NAME_2": "Malang", "TYPE_2": kind},
        geometry=[desa.geometry.union_all()],
        crs="EPSG:4326",
    )
    rows.to_file(tmp_path / "gadm.gpkg")
    if not code:
        with pytest.raises(ImportFailed, match="rows can be placed"):
            imported(tmp_path / "gadm.gpkg")
        return
    boundaries, _ = imported(tmp_path / "gadm.gpkg")
    assert boundaries.drawn(Level.KABUPATEN_KOTA).tolist() == [code]


SPREAD = [
    ("KODE_PROV", "KODE_KAB", "KODE_KEC", "KODE_DESA"),
    ("NO_PROP", "NO_KAB", "NO_KEC", "NO_KEL"),
    ("KODE_PROV", "KODE_KK", "KODE_KEC", "KODE_KD"),
]


@pytest.mark.parametrize("fields", SPREAD)
@pytest.mark.parametrize("as_numbers", [True, False])
def test_a_code_that_is_spread_over_four_fields_is_put_together(fields, as_numbers, desa, tmp_path):
    codes = desa["kode"].str.split(".", expand=True)
    columns = {name: codes[i].astype(int if as_numbers else str) for i, name in enumerate(fields)}
    file = gpd.GeoDataFrame(columns, geometry=desa.geometry, crs="EPSG:4326")
    file.to_file(tmp_path / "desa.gpkg")
    reading = read_polygons([tmp_path / "desa.gpkg"], Options(), silent)
    assert reading.schema.level is Level.DESA
    assert reading.rows["kode_asal"].tolist() == desa["kode"].tolist()
    assert set(reading.schema.codes) == set(Level)


def test_of_a_code_that_is_spread_some_parts_may_be_whole(desa, tmp_path):
    code = schemas.digits(desa["kode"])
    columns = {"KODE_KEC": code.str[:6], "KODE_DESA": code.str[6:], "KODE_KAB": code.str[:4]}
    gpd.GeoDataFrame(columns, geometry=desa.geometry, crs="EPSG:4326").to_file(tmp_path / "d.gpkg")
    reading = read_polygons([tmp_path / "d.gpkg"], Options(), silent)
    assert schemas.digits(reading.rows["kode_asal"]).tolist() == code.tolist()
    assert set(reading.schema.codes) == {Level.DESA, Level.KECAMATAN}


def test_whole_codes_of_every_level_are_left_as_they_are(desa, tmp_path):
    written(desa, "big", tmp_path)
    reading = read_polygons([tmp_path / "big.gpkg"], Options(), silent)
    assert reading.rows["kode_asal"].tolist() == desa["kode"].tolist()
    assert reading.schema.codes == {Level.DESA: ("KDEPUM",)}


def test_codes_of_bps_are_never_put_together(desa, tmp_path):
    columns = {
        "PROVNO": "34", "KABKOTNO": "71", "KECNO": "010", "DESANO": desa["kode"].str[-3:],
        "PROVINSI": desa["provinsi"], "KABKOT": "YOGYAKARTA",
        "KECAMATAN": desa["kecamatan"], "DESA": desa["desa"],
    }  # fmt: skip
    gpd.GeoDataFrame(columns, geometry=desa.geometry, crs="EPSG:4326").to_file(tmp_path / "b.gpkg")
    reading = read_polygons([tmp_path / "b.gpkg"], Options(), silent)
    assert (reading.schema.adapter.key, reading.schema.level) == ("bps", Level.DESA)
    assert reading.rows["kode_asal"].tolist() == desa["kode"].str[-3:].tolist()
    assert reading.rows["kabupaten_kota"].tolist() == ["YOGYAKARTA"] * len(desa)


RE_EXPORT = {
    Level.PROVINSI: ["KODE_PROV", "PROVINSI"],
    Level.KABUPATEN_KOTA: ["KODE_PROV", "KODE_KK", "PROVINSI", "KAB_KOTA"],
    Level.KECAMATAN: ["KODE_PROV", "KODE_KK", "KODE_KEC", "PROVINSI", "KAB_KOTA", "KECAMATAN"],
    Level.DESA: ["KODE_KK", "KODE_KEC", "KODE_KD", "KAB_KOTA", "KECAMATAN", "KEL_DESA", "TIPE_KD"],
}


@pytest.mark.parametrize("level", Level)
def test_the_fields_of_a_common_re_export_are_of_one_producer_at_every_level(level):
    schema = recognise([*RE_EXPORT[level], "NAME", "FID"])
    assert (schema.adapter.key, schema.level) == ("dukcapil", level)
    assert level in schema.names


def test_gadm_of_before_it_had_gids():
    schema = recognise(["ID_0", "ISO", "ID_1", "NAME_1", "ID_2", "NAME_2", "TYPE_2", "ENGTYPE_2"])
    assert (schema.adapter.key, schema.level) == ("gadm", Level.KABUPATEN_KOTA)
    assert schema.kinds == {Level.KABUPATEN_KOTA: "TYPE_2"}


def test_a_name_that_its_own_field_leaves_empty_stands_in_that_of_the_object(desa, tmp_path):
    rows = schemas.big(desa.iloc[:2])
    rows["NAMOBJ"] = ["Area Tidak Terdefinisi", "lain"]
    rows.loc[0, "WADMKD"] = ""
    rows.to_file(tmp_path / "big.gpkg")
    reading = read_polygons([tmp_path / "big.gpkg"], Options(), silent)
    assert reading.rows["desa"].tolist() == ["Area Tidak Terdefinisi", desa["desa"][1]]

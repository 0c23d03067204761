import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from geodata.errors import DataFileError, RegionError
from geodata.gazetteer import CROSSWALK_FILE, load_gazetteer, read_gazetteer
from geodata.regions import LEVELS, Level, ancestor, desa_kind, level_of
from tests.strategies import codes, levels

COUNTS = dict(zip(LEVELS, (38, 514, 7_285, 83_762), strict=True))


def number_of_desa(gazetteer, code: str) -> int:
    scope = gazetteer.within(Level.DESA, code)
    return scope.stop - scope.start


def only(gazetteer, name: str, level: Level, within: str) -> str:
    table = gazetteer.tables[level].iloc[gazetteer.within(level, within)]
    (code,) = table.loc[table["nama"] == name, "kode"]
    return code


def test_the_gazetteer_holds_every_region_of_the_2025_decree(gazetteer):
    assert {level: len(gazetteer.codes(level)) for level in LEVELS} == COUNTS


@pytest.mark.parametrize("level", LEVELS)
def test_codes_of_a_level_are_sorted_distinct_and_of_that_level(gazetteer, level):
    in_order = gazetteer.tables[level]["kode"].tolist()
    assert in_order == sorted(set(in_order))
    assert {level_of(code) for code in in_order} == {level}
    assert gazetteer.codes(level).tolist() == in_order
    assert gazetteer.tables[level]["nama"].str.strip().ne("").all()


@pytest.mark.parametrize(("kecamatan", "desa"), [("Wajak", 13), ("Kasembon", 6), ("Kalipare", 9)])
def test_kecamatan_of_kabupaten_malang_have_the_known_number_of_desa(gazetteer, kecamatan, desa):
    malang = only(gazetteer, "Kabupaten Malang", Level.KABUPATEN_KOTA, "35")
    assert number_of_desa(gazetteer, only(gazetteer, kecamatan, Level.KECAMATAN, malang)) == desa


@pytest.mark.parametrize(
    ("kabupaten", "provinsi", "desa"),
    [("Kabupaten Lumajang", "35", 205), ("Kabupaten Kulon Progo", "34", 88)],
)
def test_kabupaten_have_the_known_number_of_desa(gazetteer, kabupaten, provinsi, desa):
    code = only(gazetteer, kabupaten, Level.KABUPATEN_KOTA, provinsi)
    assert number_of_desa(gazetteer, code) == desa


def test_the_fourteen_desa_adat_lie_in_kabupaten_jayapura(gazetteer):
    adat = [code for code in gazetteer.codes(Level.DESA) if desa_kind(code) == "desa_adat"]
    assert len(adat) == 14
    assert {gazetteer.name(code[:5]) for code in adat} == {"Kabupaten Jayapura"}


@pytest.mark.parametrize("level", LEVELS[:-1])
def test_every_desa_lies_in_a_region_that_the_gazetteer_holds(gazetteer, level):
    desa = gazetteer.tables[Level.DESA]["kode"]
    assert set(desa.str[: level.code_length]) == set(gazetteer.tables[level]["kode"])
    above = gazetteer.parent_positions(level, Level.DESA)
    assert (gazetteer.codes(level)[above] == desa.str[: level.code_length]).all()


@pytest.mark.parametrize("level", LEVELS)
def test_the_desa_of_all_regions_of_a_level_add_up_to_the_country(gazetteer, level):
    counts = gazetteer.desa_counts(level)
    assert counts.sum() == COUNTS[Level.DESA]
    assert counts.min() >= 1


@pytest.mark.parametrize("level", LEVELS)
def test_a_region_s_desa_begin_where_its_slice_does(gazetteer, level):
    starts = gazetteer.desa_starts(level)
    for position in range(0, COUNTS[level], 1 + COUNTS[level] // 50):
        scope = gazetteer.within(Level.DESA, gazetteer.codes(level)[position])
        assert starts[position] == scope.start
        assert starts[position] + gazetteer.desa_counts(level)[position] == scope.stop


@given(codes(), levels)
@settings(max_examples=40)
def test_within_finds_what_begins_with_the_code_or_the_one_region_that_holds_it(code, level):
    gazetteer = load_gazetteer()
    codes_within = gazetteer.codes(level)[gazetteer.within(level, code)].tolist()
    if level.is_below(level_of(code)):
        everything = gazetteer.tables[level]["kode"].tolist()
        assert codes_within == [other for other in everything if other.startswith(code)]
    else:
        assert codes_within == [ancestor(code, level)]


@pytest.mark.parametrize("level", LEVELS)
def test_within_the_country_is_everything(gazetteer, level):
    assert gazetteer.within(level, None) == slice(0, COUNTS[level])


@pytest.mark.parametrize("code", ["99", "35.99", "35.07.08.2999", "", "Malang", "350708", "35.0"])
def test_a_region_that_is_not_on_the_list_is_refused_by_its_code(gazetteer, code):
    assert code not in gazetteer
    for look_up in (gazetteer.name, lambda code: gazetteer.within(Level.DESA, code)):
        with pytest.raises(RegionError, match=rf"with code {code}\.") as caught:
            look_up(code)
        assert f"dengan kode {code} dalam" in caught.value.message("id")


def test_names_lead_from_the_provinsi_down_to_the_desa(gazetteer):
    names = gazetteer.lineage_names("35.07.08.2012")
    assert names == ["Jawa Timur", "Kabupaten Malang", "Wajak", "Wajak"]
    assert "35.07.08.2012" in gazetteer


def test_children_are_the_regions_one_level_down(gazetteer):
    assert len(gazetteer.children(None)) == 38
    assert gazetteer.children("34")["nama"].tolist() == [
        "Kabupaten Kulon Progo",
        "Kabupaten Bantul",
        "Kabupaten Gunungkidul",
        "Kabupaten Sleman",
        "Kota Yogyakarta",
    ]
    assert len(gazetteer.children("35.07.08")) == 13
    assert gazetteer.children("35.07.08.2001").empty


@pytest.mark.parametrize("level", LEVELS)
def test_the_position_of_a_code_is_its_index_in_the_level(gazetteer, level):
    everything = gazetteer.codes(level)
    backwards = gazetteer.positions(level, everything[::-1])
    assert (backwards == np.arange(len(everything))[::-1]).all()


def test_unknown_codes_have_the_position_minus_one(gazetteer):
    asked = pd.Series(["", "00", "35.07.08.2001", "35.07.08.2999", "35.07", "99.99.99.9999", None])
    positions = gazetteer.positions(Level.DESA, asked)
    assert (positions[[0, 1, 3, 4, 5, 6]] == -1).all()
    assert gazetteer.codes(Level.DESA)[positions[2]] == "35.07.08.2001"
    assert gazetteer.positions(Level.DESA, np.array([], dtype=str)).tolist() == []


def test_desa_without_a_point_are_kept_and_marked(gazetteer):
    desa = gazetteer.tables[Level.DESA]
    without = desa["lat"].isna()
    assert without.sum() == 552
    assert (desa["lng"].isna() == without).all()
    assert (desa["asal_titik"].isna() == without).all()
    assert set(desa.loc[~without, "asal_titik"]) == {"kode", "kode_2020"}


def test_points_of_desa_lie_in_indonesia(gazetteer):
    points = gazetteer.tables[Level.DESA][["lat", "lng"]].dropna()
    assert points["lat"].between(-11.1, 6.2).all()
    assert points["lng"].between(94.9, 141.1).all()


def test_postal_codes_are_five_digits_or_missing(gazetteer):
    postal = gazetteer.tables[Level.DESA]["kode_pos"].dropna()
    assert len(postal) > 80_000
    assert postal.str.fullmatch("[0-9]{5}").all()


def test_the_gazetteer_is_read_once_and_known_by_the_checksum_of_its_file(gazetteer):
    assert load_gazetteer() is gazetteer
    assert len(gazetteer.version) == 12


def test_a_gazetteer_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataFileError, match=r"regions\.parquet is missing"):
        read_gazetteer(tmp_path / "regions.parquet")


def test_the_crosswalk_leads_from_codes_that_are_gone_to_codes_of_2025_one_to_one(gazetteer):
    crosswalk = pd.read_csv(CROSSWALK_FILE, dtype=str)
    assert len(crosswalk) == 5_794
    assert (gazetteer.positions(Level.DESA, crosswalk["kode_2025"]) >= 0).all()
    assert (gazetteer.positions(Level.DESA, crosswalk["kode_2020"]) == -1).all()
    assert crosswalk["kode_2020"].is_unique
    assert crosswalk["kode_2025"].is_unique
    assert set(crosswalk["metode"]) == {"nama dan kecamatan", "nama"}


def test_the_crosswalk_is_where_the_points_of_moved_desa_come_from(gazetteer):
    desa = gazetteer.tables[Level.DESA]
    moved = desa.loc[desa["asal_titik"] == "kode_2020", "kode"]
    assert moved.tolist() == pd.read_csv(CROSSWALK_FILE, dtype=str)["kode_2025"].tolist()


def test_merauke_moved_from_papua_to_papua_selatan(gazetteer):
    crosswalk = pd.read_csv(CROSSWALK_FILE, dtype=str)
    moved = crosswalk[crosswalk["kode_2020"].str.startswith("91.01.")]
    assert len(moved) > 100
    provinsi = moved["kode_2025"].map(lambda code: gazetteer.name(code[:2]))
    assert set(provinsi) == {"Papua Selatan"}

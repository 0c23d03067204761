"""A file of values: each row is led to its region and read, or told with the reason why not."""

from dataclasses import replace

import pytest

from geodata.indicators.indicator import Indicator, IndicatorError
from geodata.indicators.reading import prepare
from geodata.indicators.reasons import Reason
from geodata.regions import Level
from geodata.registry.intake.intake_error import IntakeError
from tests.indicators.conftest import FAMILIES, told
from tests.intake.conftest import write_ods, write_xlsx

OF_KABUPATEN = replace(FAMILIES, level=Level.KABUPATEN_KOTA)
ONLINE = Indicator("daring", Level.KABUPATEN_KOTA, 2024, "share", "mean", "Daring")
MALANG, BLITAR = "35.07", "35.05"


def test_regions_are_told_by_codes_of_any_edition_in_any_writing(read):
    prepared = read("Kode;Keluarga", "3507082001;800", "35.07.08.2002;1.250", "91.01.02.2003;40")
    assert told(prepared) == [
        ("35.07.08.2001", 800),
        ("35.07.08.2002", 1250),
        ("93.01.02.2002", 40),  # Boha, in Papua Selatan since 2022
    ]


def test_regions_are_told_by_names_as_bps_writes_them(read):
    prepared = read(
        "Provinsi,Kabupaten/Kota,Penduduk",
        'JAWA TIMUR,MALANG,"2.654.448"',
        'JAWA TIMUR,KOTA MALANG,"847.182"',
        'DKI JAKARTA,KOTA ADM. JAKARTA PUSAT,"1.056.896"',
        own=OF_KABUPATEN,
    )
    assert told(prepared) == [(MALANG, 2654448), ("35.73", 847182), ("31.71", 1056896)]


def test_a_bare_name_of_a_kabupaten_and_a_kota_is_doubtful_unless_the_kota_has_its_own_row(read):
    alone = read("Provinsi,Kabupaten/Kota,Keluarga", "Jawa Timur,Malang,1", own=OF_KABUPATEN)
    assert told(alone) == [Reason.DOUBTFUL]


def test_a_bare_name_beside_a_code_is_that_of_the_region_and_has_to_agree(read):
    prepared = read(
        "kode,nama,jumlah",
        "3507,Kab. Malang,10",
        "3505,Kab. Malang,11",
        own=OF_KABUPATEN,
    )
    assert told(prepared) == [(MALANG, 10), Reason.CODE_DIFFERS]


def test_rows_that_are_no_region_of_the_level_are_told_and_never_counted(read):
    prepared = read(
        "No,Provinsi,Kabupaten/Kota,Keluarga",
        "1,Jawa Timur,Kab. Malang,10",
        "2,Jawa Timur,,900",
        "3,Jawa Timur,Kab. Entah Berantah,5",
        ",Jumlah,,915",
        own=OF_KABUPATEN,
    )
    malang, provinsi, unknown, total = told(prepared)
    assert malang == (MALANG, 10)
    assert provinsi == Reason.OTHER_LEVEL
    assert unknown in (Reason.NO_REGION, Reason.DOUBTFUL)
    assert total == Reason.NOT_DATA
    assert prepared.accepted == 1
    assert prepared.rows["line"].tolist() == [2, 3, 4, 5]


def test_a_region_with_two_values_has_neither_and_with_one_value_twice_has_it_once(read):
    rows = ["35.07,10", "35.07,11", "35.05,7", "35.05,7"]
    prepared = read("kode,keluarga", *rows, own=OF_KABUPATEN)
    assert told(prepared) == [Reason.TWO_VALUES, Reason.TWO_VALUES, (BLITAR, 7), Reason.SAME_TWICE]


def test_an_empty_cell_is_no_value_and_zero_is_one(read):
    prepared = read("kode,keluarga", "35.07,", "35.05,0", "35.73,-", own=OF_KABUPATEN)
    assert told(prepared) == [Reason.EMPTY, (BLITAR, 0), Reason.EMPTY]


def test_the_report_says_where_and_what_was_written(read):
    prepared = read("kode,Jumlah keluarga", "35.07,sekitar 900", "99.01,5", own=OF_KABUPATEN)
    first, second = prepared.rows.to_dict("records")
    assert (first["line"], first["column"], first["written"]) == (
        2,
        "Jumlah keluarga",
        "sekitar 900",
    )
    assert first["reason"] == Reason.NOT_A_NUMBER
    assert (second["column"], second["place"]) == ("kode", "99.01")


def test_the_report_keeps_no_number_of_a_person(read):
    prepared = read("kode,keluarga", "35.07,hub. 0812-3456-7890", own=OF_KABUPATEN)
    assert "3456" not in prepared.rows["written"].item()


def test_shares_have_commas_points_or_percent_signs_and_none_is_over_one(read):
    prepared = read("kode;daring", "35.07;0,455", "35.05;61%", "35.73;61", own=ONLINE)
    assert told(prepared) == [(MALANG, 0.455), (BLITAR, 0.61), Reason.OVER_ONE]
    percent = read("kode;daring", "35.07;45,5", "35.73;61", own=ONLINE, percent=True)
    assert told(percent) == [(MALANG, 0.455), ("35.73", 0.61)]


def test_categories_are_told_whatever_their_case(read):
    own = Indicator(
        "keadaan", Level.DESA, 2024, "category", "shares", "Keadaan", categories=("Maju", "Mandiri")
    )
    rows = ["35.07.08.2001,MANDIRI", "35.07.08.2002,maju", "35.07.08.2003,baik"]
    assert told(read("kode,status", *rows, own=own)) == [
        ("35.07.08.2001", 1), ("35.07.08.2002", 0), Reason.NO_CATEGORY,
    ]  # fmt: skip


def test_which_column_has_the_values_is_said_where_several_may(read):
    rows = ["kode,2022,2023", "35.07,5,6"]
    with pytest.raises(IndicatorError, match="Choose one: 2022, 2023"):
        read(*rows, own=OF_KABUPATEN)
    with pytest.raises(IndicatorError, match=r"no column “2024”.*2022, 2023"):
        read(*rows, own=OF_KABUPATEN, column="2024")
    assert told(read(*rows, own=OF_KABUPATEN, column="2023")) == [(MALANG, 6)]


def test_a_column_may_be_of_values_though_it_is_called_as_a_region(read):
    rows = ["Kabupaten/Kota,Provinsi,Desa", "Kab. Malang,Jawa Timur,378"]
    assert told(read(*rows, own=OF_KABUPATEN, column="Desa")) == [(MALANG, 378)]


def test_a_file_without_regions_is_refused(read):
    with pytest.raises(IntakeError, match="no column of places"):
        read("a,b", "1,2", own=OF_KABUPATEN)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_workbooks_are_read_below_their_titles(tmp_path, gazetteer, kind):
    rows = [
        ["Jumlah keluarga menurut kabupaten/kota", "", ""],
        ["Provinsi", "Kabupaten/Kota", "Keluarga"],
        ["Jawa Timur", "Kab. Malang", "12"],
    ]
    path = tmp_path / f"keluarga.{kind}"
    path = write_xlsx(path, ("2024", rows)) if kind == "xlsx" else write_ods(path, rows)
    prepared = prepare(path, OF_KABUPATEN, gazetteer)
    assert told(prepared) == [(MALANG, 12)]
    assert prepared.rows["line"].tolist() == [3]

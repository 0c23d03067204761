import os
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from geodata.cli.commands import app
from geodata.errors import DataFileError
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.matching_file import ADDED
from tests.intake.conftest import TABLE, prepared, write_csv, write_xlsx


def matched(path, *options) -> pd.DataFrame:
    out = path.with_name("hasil.csv")
    done = CliRunner().invoke(app, ["match", str(path), "--out", str(out), *options])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0
    return pd.read_csv(out, dtype=str, keep_default_na=False)


def test_every_column_and_row_of_the_input_is_kept(tmp_path):
    extra = [[*row, str(number)] for number, row in enumerate(TABLE[1:])]
    extra.append(["9", "KIM Z", "Qwrtz", "Foo", "Kab. Nowhere", "", "", "x"])
    result = matched(write_csv(tmp_path / "a.csv", [[*TABLE[0], "Apa saja"], *extra]))
    assert list(result.columns) == [*TABLE[0], "Apa saja", *ADDED]
    assert result[[*TABLE[0], "Apa saja"]].to_numpy().tolist() == extra
    assert result["kode_wilayah"].tolist() == ["35.07.08.2012", "35.07.08.2011", ""]
    assert result["status"].tolist() == ["cocok", "cocok", "gagal"]
    assert result["metode"].tolist() == ["nama", "nama", ""]
    assert result["skor"].tolist() == ["0.96", "0.96", ""]
    assert result["kandidat"][0] == "35.07.08.2012:0.96"


def test_scores_are_those_that_an_import_of_the_same_file_notes(tmp_path):
    names = ["Wajak", "Wajjak", "Sukoanyer", "Suko Anyar", "Kidang Bang", "Bringn", "Dadapan"]
    rows = [[f"KIM {name}", name, "Wajak", "Kab. Malang"] for name in names]
    path = write_csv(tmp_path / "a.csv", [["Nama KIM", "Desa", "Kecamatan", "Kabupaten"], *rows])
    noted = [
        [f"{candidate['kode']}:{candidate['skor']:g}" for candidate in row["kandidat"]]
        for row in prepared(path).rows
    ]
    assert [told.split(";") for told in matched(path)["kandidat"]] == noted
    assert len({score for scores in noted for score in scores}) > 7


def test_columns_of_the_input_are_not_written_over(tmp_path):
    table = [["desa", "kecamatan", "status", "kode_wilayah"], ["Wajak", "Wajak", "aktif", ""]]
    result = matched(write_csv(tmp_path / "a.csv", table))
    assert result["status"].tolist() == ["aktif"]
    assert result["hasil_status"].tolist() == ["cocok"]
    assert result["hasil_kode_wilayah"].tolist() == ["35.07.08.2012"]


def test_a_tie_is_for_a_person_and_its_rivals_are_listed(tmp_path):
    (row,) = matched(
        write_csv(tmp_path / "a.csv", [["provinsi", "kabupaten"], ["Jatim", "Malang"]])
    ).to_dict("records")
    assert (row["status"], row["kode_wilayah"]) == ("ragu", "")
    candidates = row["kandidat"].split(";")
    assert {candidate.split(":")[0] for candidate in candidates} == {"35.07", "35.73"}


def test_a_workbook_with_titles_is_matched_too(tmp_path):
    table = [["KABUPATEN MALANG"], [], ["Desa", "Kec"], ["Wajak", "Wajak"], ["JUMLAH", ""]]
    result = matched(write_xlsx(tmp_path / "a.xlsx", ("S", table)))
    assert result["status"].tolist() == ["cocok", "gagal"]


def test_the_guess_of_a_column_can_be_corrected(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Kec", "Nama"], ["Wajak", "Sukoanyar"]])
    result = matched(path, "--column", "Nama=desa")
    assert result["kode_wilayah"].tolist() == ["35.07.08.2011"]


def test_a_column_of_codes_is_enough(tmp_path):
    result = matched(write_csv(tmp_path / "a.csv", [["Kode Desa"], ["35.07.08.2012"], ["x"]]))
    assert result["kode_wilayah"].tolist() == ["35.07.08.2012", ""]


def test_a_table_without_places_is_a_clear_error(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Nama KIM", "Bidang"], ["KIM A", "umkm"]])
    with pytest.raises(IntakeError, match="no column of places"):
        matched(path)


FORMULAS = [
    ["=cmd|x!A1", "Nama KIM", "Desa", "Kecamatan", "Kabupaten", "Lintang"],
    ['=HYPERLINK("http://jahat.example","klik")', "+1+1", "Wajak", "Wajak", "Malang", "-8.11"],
    ["@SUM(1)", "-2", "Sukoanyar", "Wajak", "Malang", "-8.12"],
]


def test_no_cell_and_no_header_of_the_input_comes_out_as_a_formula(tmp_path):
    result = matched(write_csv(tmp_path / "a.csv", FORMULAS))
    assert list(result.columns)[:6] == ["'=cmd|x!A1", *FORMULAS[0][1:]]
    assert result.iloc[:, 0].tolist() == ["'" + FORMULAS[1][0], "'@SUM(1)"]
    assert result["Nama KIM"].tolist() == ["'+1+1", "'-2"]
    assert result["Lintang"].tolist() == ["-8.11", "-8.12"], "a column of numbers"
    assert result["status"].tolist() == ["cocok", "cocok"]


def test_what_was_written_is_read_again_as_it_was(tmp_path):
    matched(write_csv(tmp_path / "a.csv", FORMULAS))
    (sheet,) = read_sheets(tmp_path / "hasil.csv")
    assert [row[:6] for row in sheet.rows] == FORMULAS


def test_the_output_opens_in_excel_as_utf_8(tmp_path):
    matched(write_csv(tmp_path / "a.csv", [["Desa", "Kecamatan"], ["Wajak", "Wajak é"]]))
    assert (tmp_path / "hasil.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def symbolic(source: Path) -> Path:
    link = source.with_name("tautan.csv")
    link.symlink_to(source)
    return link


def hard(source: Path) -> Path:
    link = source.with_name("kembar.csv")
    os.link(source, link)
    return link


@pytest.mark.parametrize(
    "other_name",
    [
        lambda source: source,
        lambda source: source.parent / ".." / source.parent.name / source.name,
        symbolic,
        hard,
    ],
)
def test_the_input_is_not_written_over_under_whatever_name(tmp_path, other_name):
    source = write_csv(tmp_path / "a.csv", TABLE)
    before = source.read_bytes()
    with pytest.raises(DataFileError, match="is the input file itself"):
        matched_into(source, other_name(source))
    assert source.read_bytes() == before


def test_a_folder_that_is_missing_is_named_before_any_work(tmp_path):
    source = write_csv(tmp_path / "a.csv", TABLE)
    with pytest.raises(DataFileError, match=r"There is no folder .*tidak-ada, so"):
        matched_into(source, tmp_path / "tidak-ada" / "b.csv")
    with pytest.raises(DataFileError, match="is a folder"):
        matched_into(source, tmp_path)


def matched_into(source: Path, out: Path) -> None:
    arguments = ["match", str(source), "--out", str(out)]
    CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.mark.parametrize(
    ("header", "cells", "codes"),
    [
        ("Kabupaten/Kota", ["Kabupaten Malang", "Kota Malang", "Sidoarjo"], "35.07 35.73 35.15"),
        ("Provinsi", ["Jawa Timur", "Prov. Bali"], "35 51"),
        ("Kode Wilayah", ["3507", "35.73"], "35.07 35.73"),
    ],
)
def test_one_column_of_places_beside_any_other_is_a_list_of_places(header, cells, codes, tmp_path):
    table = [["No", header, "Jumlah KIM"], *(["1", cell, "57"] for cell in cells)]
    result = matched(write_csv(tmp_path / "a.csv", table, delimiter=";"))
    assert result["kode_wilayah"].tolist() == codes.split()


def test_a_header_that_only_the_operator_knows_is_one(tmp_path):
    table = [["Tempat", "Jumlah"], ["Kabupaten Malang", "57"], ["Kota Malang", "31"]]
    result = matched(write_csv(tmp_path / "a.csv", table), "--column", "Tempat=kabupaten_kota")
    assert result["kode_wilayah"].tolist() == ["35.07", "35.73"]


def test_a_list_of_addresses_is_a_list_of_places(tmp_path):
    table = [
        ["Nama", "Alamat"],
        ["A", "Jl. Raya 5 Desa Wonoayu Kec. Wajak Kab. Malang"],
        ["B", "x"],
    ]
    result = matched(write_csv(tmp_path / "a.csv", table))
    assert result["kode_wilayah"].tolist() == ["35.07.08.2002", ""]
    assert result["Alamat"].tolist() == [table[1][1], "x"]

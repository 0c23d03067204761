"""Whatever a file is, it is read, or it is a clear error."""

import datetime
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from geodata.registry.intake.files import cells, delimited, reading, workbook
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from tests.intake.conftest import TABLE, failure, write_csv, write_ods, write_xlsx


def rows_of(path) -> list[list[str]]:
    (sheet,) = read_sheets(path)
    return list(sheet.rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_csv_is_read_in_any_encoding_and_delimiter(delimiter, encoding, tmp_path):
    table = [*TABLE, ["3", "KIM “Café”", "Sa’dan, Utara; ya", "x|y", "", "", ""]]
    assert rows_of(write_csv(tmp_path / "a.csv", table, delimiter, encoding)) == table


def test_lines_count_as_a_spreadsheet_counts_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Nama KIM,Desa\n\n"KIM\nA",Wajak\nKIM B,Turen\n')
    assert rows_of(path)[3] == ["KIM B", "Turen"]


def test_a_workbook_has_values_as_text_days_as_iso_and_codes_whole(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a ", 3507082001.0, -7.5, True])
        sheet.write_datetime(0, 4, datetime.datetime(2014, 8, 12))
        sheet.write_formula(0, 5, "=1+1", None, 2)
        sheet.write_formula(0, 6, '=HYPERLINK("http://x.id","klik")', None, "klik")
    assert rows_of(path) == [["a", "3507082001", "-7.5", "ya", "2014-08-12", "2", "klik"]]


def test_a_merged_cell_has_its_value_in_every_row_it_covers(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        ("S", [["Kec", "Desa"], ["Wajak", "a"], ["", "b"], ["", "c"]]),
        merged=[("A2:A4", "Wajak")],
    )
    assert [row[0] for row in rows_of(path)] == ["Kec", "Wajak", "Wajak", "Wajak"]


def test_several_sheets_are_read_and_empty_ones_are_none(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", ("Satu", TABLE), ("Kosong", []), ("Dua", TABLE))
    assert [sheet.name for sheet in read_sheets(path)] == ["Satu", "Dua"]


def test_an_ods_is_read(tmp_path):
    assert rows_of(write_ods(tmp_path / "a.ods", TABLE)) == TABLE


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.txt", "tanpa_akhiran"])
def test_what_a_file_is_its_bytes_tell_not_its_name(name, tmp_path):
    assert rows_of(write_xlsx(tmp_path / name, ("S", TABLE))) == TABLE
    assert rows_of(write_csv(tmp_path / name, TABLE)) == TABLE


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "intake_empty"),
        (b"\0" * 5_000_000, "intake_empty"),
        (b"\n\n  \n", "intake_empty"),
        (b"<html><table><tr><td>Nama KIM</td></tr></table></html>", "intake_html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "intake_html"),
        (b'<?xml version="1.0"?><Workbook></Workbook>', "intake_xml"),
        (b"%PDF-1.7 ...", "intake_kind"),
        (b"\x89PNG\r\n", "intake_kind"),
        (b"PK\x03\x04 not a zip", "intake_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "intake_damaged"),
        (b"Nama KIM,Desa\n\0\0\1\2\0KIM\n", "intake_binary"),
    ],
)
def test_what_is_no_table_is_a_clear_error(data, key, tmp_path):
    path = tmp_path / "aneh.xls"
    path.write_bytes(data)
    assert failure(path).key == key


def test_a_file_that_does_not_exist_is_a_clear_error(tmp_path):
    assert failure(tmp_path / "tidak-ada.csv").key == "intake_missing"


def test_a_gigabyte_of_nulls_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "nol.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room on the disk
    assert failure(path).key == "intake_size"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bom.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(60):
            part.write(b"\0" * 10_000_000)
    assert path.stat().st_size < 1_000_000
    assert failure(path).key == "intake_unpacked"


def test_two_cells_at_the_ends_of_a_sheet_are_no_seventeen_thousand_million(tmp_path):
    path = tmp_path / "jauh.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Nama KIM")
        sheet.write(1_048_575, 16_383, "x")
    assert failure(path).key == "intake_area"


def test_an_ods_that_repeats_a_cell_without_end_is_refused(tmp_path):
    attributes = ' table:number-columns-repeated="16384000"'
    path = write_ods(tmp_path / "ulang.ods", TABLE, attributes)
    assert failure(path).key == "intake_area"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_what_libreoffice_writes_is_read(suffix):
    path = Path(__file__).with_name("files") / f"kim.{suffix}"
    assert rows_of(path) == TABLE  # the kecamatan is one merged cell, which an ODS does not tell


@pytest.mark.parametrize(("row", "rows"), [("a;b;c;d\n", 25), ("\n", 100)], ids=["filled", "empty"])
def test_a_csv_of_too_many_cells_is_refused(row, rows, monkeypatch):
    monkeypatch.setattr(delimited, "MAX_CELLS", 100)
    data = (row * rows).encode()
    assert delimited.read(data, "a.csv", float)
    with pytest.raises(IntakeError, match="more than 100 cells"):
        delimited.read(data + row.encode(), "a.csv", float)


def test_the_sheets_of_a_workbook_are_counted_together(tmp_path, monkeypatch):
    table = [["Nama KIM", "Desa"]] * 20
    data = write_xlsx(tmp_path / "a.xlsx", ("S", table), ("T", table), ("U", table)).read_bytes()
    monkeypatch.setattr(workbook, "MAX_CELLS", 120)
    assert len(workbook.read_zipped(data, "a.xlsx", float)) == 3
    monkeypatch.setattr(workbook, "MAX_CELLS", 119)
    with pytest.raises(IntakeError, match="more than 119 cells"):
        workbook.read_zipped(data, "a.xlsx", float)


def test_formatted_but_empty_cells_far_out_do_no_harm(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama KIM", "Desa"])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert rows_of(path) == [["Nama KIM", "Desa"]]


def test_a_table_of_16384_columns_is_refused(tmp_path):
    header = [f"Kolom {number}" for number in range(16_384)]
    assert failure(write_xlsx(tmp_path / "lebar.xlsx", ("S", [header]))).key == "intake_columns"
    assert failure(write_csv(tmp_path / "lebar.csv", [header])).key == "intake_columns"


def test_a_workbook_with_a_password_is_a_clear_error(tmp_path):
    path = tmp_path / "rahasia.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + name + b"\0" * 500)
    assert failure(path).key == "intake_password"
    path = tmp_path / "rahasia.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "x")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert failure(path).key == "intake_password"


@pytest.mark.parametrize("part", ["word/document.xml", "isi.txt"])
def test_an_archive_of_another_kind_is_a_clear_error(part, tmp_path):
    path = tmp_path / "surat.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<x/>")
    assert failure(path).key == "intake_kind"


def test_a_workbook_cut_short_is_a_clear_error(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", ("S", TABLE))
    path.write_bytes(path.read_bytes()[:3000])
    assert failure(path).key == "intake_damaged"


def test_limits_leave_room_for_the_largest_registry():
    desa, columns, bytes_a_cell = 83_762, 40, 40
    assert desa * columns < cells.MAX_CELLS
    assert desa * columns * bytes_a_cell < reading.MAX_BYTES

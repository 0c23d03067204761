import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from geodata.columns import column
from geodata.exports.formats import SEPARATORS
from geodata.exports.spreadsheets import csv_text, to_csv, to_xlsx
from geodata.formulas import as_written

GOLDEN = Path(__file__).with_name("golden")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

HOSTILE_NAMES = [
    "KIM Gema Wajak",
    '=HYPERLINK("http://contoh.example";"klik")',
    "+62 kali gotong royong",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1;2)",
    "\tlewat tab",
    "\rlewat CR",
    "Maju, Makmur; Mandiri",
    'KIM "Suara" Warga',
    "dua\nbaris",
]


@pytest.fixture
def table():
    count = len(HOSTILE_NAMES)
    return pd.DataFrame(
        {
            "kode_wilayah": [f"35.07.08.20{number:02}" for number in range(1, count + 1)],
            "nama_kim": HOSTILE_NAMES,
            "tanggal_terdaftar": pd.to_datetime(
                ["2020-05-17", None] + ["2021-12-31"] * (count - 2)
            ),
            "jumlah_anggota": pd.array([17, None, *range(count - 2)], dtype="Int64"),
            "lat": [-8.114567, float("nan")] + [-8.5] * (count - 2),
            "cakupan": [0.5, 0.0] + [0.0387] * (count - 2),
        }
    )


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "hostile.comma.csv"), (";", "hostile.semicolon.csv")]
)
def test_a_csv_is_written_byte_for_byte_as_its_golden_file(table, separator, name):
    assert to_csv(table, separator) == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize(("separator", "decimal"), [(",", "."), (";", ",")])
def test_a_csv_is_read_back_with_its_numbers_and_days(table, separator, decimal):
    read = pd.read_csv(
        io.BytesIO(to_csv(table, separator)),
        sep=separator,
        decimal=decimal,
        dtype={"kode_wilayah": str, "jumlah_anggota": "Int64"},
        parse_dates=["tanggal_terdaftar"],
        encoding="utf-8-sig",
        lineterminator=None,
    )
    for name in ("kode_wilayah", "jumlah_anggota", "lat", "cakupan"):
        pd.testing.assert_series_equal(read[name], table[name], check_dtype=False)
    assert read["tanggal_terdaftar"].equals(table["tanggal_terdaftar"].astype("datetime64[us]"))
    assert list(read.columns) == list(table.columns)


def test_for_people_a_csv_has_headings_and_values_in_words_and_even_decimals(table):
    table = table.assign(dapat_diperingkat=True, jenis="kelurahan")
    read = pd.read_csv(io.BytesIO(to_csv(table, ";", "id")), sep=";", encoding="utf-8-sig")
    assert list(read.columns[:2]) == ["Kode wilayah", "Nama KIM"]
    assert read["Cakupan (%)"].tolist()[:2] == ["50,00", "0,00"]
    assert set(read[column("dapat_diperingkat").title("id")]) == {"Ya"}
    assert set(read[column("jenis").title("id")]) == {"Kelurahan"}
    assert as_written(read["Nama KIM"].iloc[1]) == HOSTILE_NAMES[1]


def test_a_csv_begins_with_a_byte_order_mark_and_ends_its_lines_as_windows_does():
    assert to_csv(pd.DataFrame({"nama": ["Wajak"]})) == b"\xef\xbb\xbfnama\r\nWajak\r\n"


def test_a_table_without_rows_is_its_header():
    assert to_csv(pd.DataFrame({"kode": [], "nama": []})) == b"\xef\xbb\xbfkode,nama\r\n"


def test_writing_a_csv_leaves_the_table_as_it_was(table):
    before = table.copy(deep=True)
    to_csv(table, ";")
    pd.testing.assert_frame_equal(table, before)


def test_a_missing_text_is_an_empty_cell():
    table = pd.DataFrame({"nama": ["Wajak", None], "domain": ["", None]})
    assert to_csv(table).decode("utf-8-sig") == "nama,domain\r\nWajak,\r\n,\r\n"


@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=6),
    st.sampled_from(list(SEPARATORS.values())),
)
def test_text_comes_back_as_it_was_but_never_as_a_formula(texts, separator):
    content = to_csv(pd.DataFrame({"nama": texts, "kode": "35"}), separator)
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    _, *rows = reader
    for (written, kode), text in zip(rows, texts, strict=True):
        assert kode == "35"
        assert not written.startswith(FORMULA_STARTS)
        assert as_written(written) == text


def test_headers_are_text_of_a_file_too():
    table = pd.DataFrame({"=cmd|x!A1": ["a"], "@SUM(1)": ["b"], "Nama": ["c"]})
    assert to_csv(table).decode("utf-8-sig") == "'=cmd|x!A1,'@SUM(1),Nama\r\na,b,c\r\n"
    assert read_back(to_xlsx({"KIM": table}), "KIM")[0] == ["=cmd|x!A1", "@SUM(1)", "Nama"]


def test_a_minus_is_a_formula_among_words_but_not_in_a_column_of_numbers():
    table = pd.DataFrame(
        {"nama": ["-2", "Wajak"], "lat": ["-8.11", ""], "titik": ["-8.11, 112.7", "-8,1; 112,7"]}
    )
    written = to_csv(table).decode("utf-8-sig").splitlines()
    assert written[1:] == ['\'-2,-8.11,"-8.11, 112.7"', 'Wajak,,"-8,1; 112,7"']


def test_a_table_on_a_terminal_has_each_row_on_a_line_and_colours_nothing():
    table = pd.DataFrame({"nama\x1b[1m": ["KIM\r\nBatch 9 \x1b[31m\u202ekilab", "=1+1"]})
    assert csv_text(table) == "nama[1m\nKIM  Batch 9 [31mkilab\n'=1+1\n"


# Workbooks.


def read_back(content: bytes, sheet: str) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


def sheet_xml(content: bytes, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_a_workbook_is_read_back_with_codes_as_text_days_as_days_and_numbers_as_numbers(table):
    header, first, second, *_ = read_back(to_xlsx({"KIM": table}), "KIM")
    assert header == list(table.columns)
    assert first == ["35.07.08.2001", "KIM Gema Wajak", date(2020, 5, 17), 17, -8.114567, 0.5]
    assert second == ["35.07.08.2002", HOSTILE_NAMES[1], "", "", "", 0.0]


def test_a_workbook_keeps_hostile_text_as_the_text_it_is(table):
    content = to_xlsx({"KIM": table})
    names = [row[1] for row in read_back(content, "KIM")[1:]]
    assert names == HOSTILE_NAMES
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert b"<f>" not in archive.read(part)
            assert b"<hyperlink" not in archive.read(part)


@pytest.mark.parametrize(
    "text", ["{=SUM(A1)}", "0012", "3507", "1e5", "http://contoh.example", "internal:A1", "35.10"]
)
def test_text_that_looks_like_something_else_stays_text(text):
    content = to_xlsx({"KIM": pd.DataFrame({"nama": [text]})})
    assert read_back(content, "KIM") == [["nama"], [text]]
    assert 't="inlineStr"' in sheet_xml(content).split('r="A2"')[1]


def test_the_header_of_a_sheet_stays_in_sight_and_can_be_filtered(table):
    xml = sheet_xml(to_xlsx({"KIM": table}))
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in xml
    assert '<autoFilter ref="A1:F11"/>' in xml


def test_a_workbook_has_a_sheet_for_each_table_in_their_order(table):
    manifest = pd.DataFrame({"Keterangan": ["Wilayah"], "Isi": ["Jawa Timur"]})
    empty = pd.DataFrame({"kode": [], "nama": []})
    content = to_xlsx({"KIM": table, "Keterangan": manifest, "Kosong": empty})
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert workbook.sheet_names == ["KIM", "Keterangan", "Kosong"]
    assert read_back(content, "Keterangan") == [["Keterangan", "Isi"], ["Wilayah", "Jawa Timur"]]
    assert read_back(content, "Kosong") == [["kode", "nama"]]

"""What a workbook hides, and what its formulas leave empty, is said to whoever imports it."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from geodata.registry.intake.column_preview import preview_columns
from geodata.registry.intake.files import workbook
from tests.intake.conftest import TABLE, prepared, write_ods, write_xlsx


def said(path: Path) -> list[tuple[str, dict[str, str | int]]]:
    sheets = workbook.read_zipped(path.read_bytes(), path.name, float)
    return [(notice.key, notice.values) for sheet in sheets for notice in sheet.notices]


def rewritten(path: Path, part: str, before: str, after: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry).decode() for entry in archive.namelist()}
    assert before in parts[part]
    parts[part] = parts[part].replace(before, after)
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    return path


def test_a_sheet_as_it_is_seen_needs_no_word(tmp_path):
    assert said(write_xlsx(tmp_path / "a.xlsx", ("S", TABLE), ("T", TABLE))) == []
    assert said(write_ods(tmp_path / "a.ods", TABLE)) == []


def test_a_hidden_sheet_that_comes_in_is_said_with_its_rows(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name, rows in (("Data", TABLE), ("Lama", TABLE), ("Daftar", [["umkm"], ["wisata"]])):
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
            if name != "Data":
                sheet.hide()
    staged = prepared(tmp_path / "a.xlsx")
    assert [row["sheet"] for row in staged.rows] == ["Data", "Data", "Lama", "Lama"]
    assert [notice.values["sheet"] for notice in staged.notices] == ["Lama"]
    assert preview_columns(tmp_path / "a.xlsx").notices == staged.notices
    assert "Lembar Lama disembunyikan" in staged.notices[0].message("id")


def test_rows_that_are_hidden_or_filtered_out_are_said_with_their_lines(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S & T")
        for line, row in enumerate(TABLE):
            sheet.write_row(line, 0, row)
        for line in (1, 7):  # the second one is empty
            sheet.set_row(line, None, None, {"hidden": True})
    assert said(tmp_path / "a.xlsx") == [
        ("hidden_rows", {"sheet": "S & T", "count": 1, "lines": "2"})
    ]


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_hidden_rows_of_an_ods_are_said_however_often_they_are_repeated(how, tmp_path):
    path = rewritten(
        write_ods(tmp_path / "a.ods", TABLE),
        "content.xml",
        "<table:table-row>",
        f'<table:table-row table:visibility="{how}" table:number-rows-repeated="2">',
    )
    assert said(path) == [
        ("hidden_rows", {"sheet": "Lembar", "count": 6, "lines": "1, 2, 3, 4, 5, 6"})
    ]


def formulas(path: Path, *cells: tuple[str, object]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Nama KIM", "Desa"])
        for line, (formula, value) in enumerate(cells, start=1):
            sheet.write_formula(line, 0, formula, None, value)
            sheet.write(line, 1, 7)
    return path


def test_formulas_without_a_value_are_said_and_those_with_one_are_values(tmp_path):
    path = formulas(
        tmp_path / "a.xlsx", ("=A1", "KIM A"), ("=A2", ""), ("=B2", 0), ("=1/0", "#DIV/0!")
    )
    assert said(path) == [("valueless_formulas", {"sheet": "S", "count": 2, "lines": "3, 5"})]
    rewritten(path, "xl/worksheets/sheet1.xml", "<v></v>", "")
    assert said(path) == [("valueless_formulas", {"sheet": "S", "count": 2, "lines": "3, 5"})]


def test_a_formula_may_make_an_empty_text(tmp_path):
    path = formulas(tmp_path / "a.xlsx", ('=""', ""))
    rewritten(path, "xl/worksheets/sheet1.xml", '<c r="A2">', '<c r="A2" t="str">')
    assert said(path) == []


@pytest.mark.parametrize(
    "attributes",
    ['table:formula="of:=[.A1]"', 'office:value-type="string" calcext:value-type="error"'],
    ids=["not computed", "error"],
)
def test_formulas_of_an_ods_without_a_value_are_said(attributes, tmp_path):
    path = write_ods(tmp_path / "a.ods", [["Nama KIM", "Desa"], ["#REF!", "Wajak"]])
    rewritten(path, "content.xml", "xmlns:table=", 'xmlns:calcext="urn:org:x" xmlns:table=')
    before = '<table:table-cell office:value-type="string"><text:p>#REF!</text:p>'
    rewritten(path, "content.xml", before, f"<table:table-cell {attributes}>")
    assert said(path) == [("valueless_formulas", {"sheet": "Lembar", "count": 1, "lines": "2"})]


def test_a_part_is_found_wherever_the_relations_lead(tmp_path):
    path = formulas(tmp_path / "a.xlsx", ("=A2", ""))
    rewritten(path, "xl/_rels/workbook.xml.rels", '"worksheets/', '"/xl/worksheets/')
    assert said(path)[0][1]["sheet"] == "S"

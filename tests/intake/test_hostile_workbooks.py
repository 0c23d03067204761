"""A workbook that asks for more than any machine has: refused, however it spells that."""

import re
import zipfile
from pathlib import Path

import pytest

from geodata.confinement.confined import ReaderEnded
from geodata.registry.intake.files import reading
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from tests.intake.conftest import TABLE, write_ods

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama KIM</t></is></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'


def sheet(rows: str, before: str = "", prefix: str = "") -> str:
    name = f":{prefix[:-1]}" if prefix else ""
    return (
        f'<?xml version="1.0"?>{before}<{prefix}worksheet xmlns{name}="{_MAIN}">'
        f"<{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>"
    )


def workbook(
    path: Path,
    content: str | bytes,
    part: str = "worksheets/sheet1.xml",
    kind: str = "worksheet",
    target: str | None = None,
) -> Path:
    """Write the least that is a workbook: its one sheet is the part to which the relations lead."""
    relations = f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/{kind}" '
            f'Target="{target or part}"/></Relationships>',
        )
        archive.writestr(f"xl/{part}", content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(IntakeError, match=re.escape(path.name)) as caught:
        read_sheets(path)
    for language in ("id", "en"):
        assert path.name in caught.value.message(language)
    return caught.value.key


def test_the_least_workbook_is_read(tmp_path):
    [read] = read_sheets(workbook(tmp_path / "a.xlsx", sheet(HEADER)))
    assert list(read.rows) == [["Nama KIM"]]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("worksheets/sheet1.XML", "worksheet"),
        ("Worksheets/Sheet1.xml", "worksheet"),
        ("other/s.dat", "worksheet"),
        ("s", "worksheet"),
        ("theme/theme1.xml", "theme"),
        ("styles.xml", "worksheet"),
    ],
)
def test_a_far_cell_is_seen_in_whatever_part_it_stands(part, kind, tmp_path):
    assert refused(workbook(tmp_path / "a.xlsx", sheet(HEADER + FAR), part, kind)) == "intake_area"


@pytest.mark.parametrize(
    "rows",
    [
        FAR.replace('"', "'"),
        FAR.replace('r="', 'r = "'),
        FAR.replace("<c r=", "<c\n\tr="),
        FAR.replace("<c r", '<c s="1" r'),
        FAR.replace("XFD", "xfd"),
        FAR.replace("XFD1048576", "&#88;FD1048576"),
        FAR.replace('<c r="XFD1048576"', '<c t="str" a=">" r="XFD1048576"').replace(
            ' t="inlineStr"', ""
        ),
        '<row r="1048576">' + "<c><v>1</v></c>" * 30 + "</row>",
        '<row r="1048576"/><row><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>',
    ],
)
def test_a_far_cell_is_seen_however_it_is_written(rows, tmp_path):
    assert refused(workbook(tmp_path / "a.xlsx", sheet(HEADER + rows))) in (
        "intake_area",
        "intake_damaged",
    )


@pytest.mark.parametrize("prefix", ["x:", "spreadsheet:"])
def test_a_far_cell_is_seen_behind_a_prefix(prefix, tmp_path):
    far = (
        FAR.replace("</", f"</{prefix}").replace("<r", f"<{prefix}r").replace("<c ", f"<{prefix}c ")
    )
    far = far.replace("<is>", f"<{prefix}is>").replace("<t>", f"<{prefix}t>")
    assert refused(workbook(tmp_path / "a.xlsx", sheet(far, prefix=prefix))) == "intake_area"


def test_a_far_cell_in_utf_16_harms_nobody(tmp_path):
    content = sheet(HEADER + FAR).encode("utf-16")
    assert refused(workbook(tmp_path / "a.xlsx", content)) in ("intake_area", "intake_damaged")


def test_a_far_cell_behind_xml_that_is_not_well_formed_ends_the_reader_alone(tmp_path):
    rows = HEADER.replace("</is>", "</is><v>&nbsp;</v>") + FAR
    with pytest.raises((ReaderEnded, IntakeError)):
        read_sheets(workbook(tmp_path / "a.xlsx", sheet(rows)))


def test_entities_that_laugh_a_thousand_million_times_are_refused(tmp_path):
    laughs = "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10 if number else "lol"}">'
        for number in range(10)
    )
    rows = HEADER.replace("Nama KIM", "&l9;")
    path = workbook(tmp_path / "a.xlsx", sheet(rows, f"<!DOCTYPE worksheet [{laughs}]>"))
    assert refused(path) == "intake_damaged"


@pytest.mark.parametrize(
    "attributes",
    [
        " table:number-columns-repeated='16384000'",
        ' table:number-columns-repeated = "16384000"',
        ' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        't:number-columns-repeated="16384000"',
    ],
)
def test_a_cell_repeated_without_end_is_seen_however_it_is_written(attributes, tmp_path):
    assert refused(write_ods(tmp_path / "a.ods", TABLE, attributes)) == "intake_area"


def test_what_no_guard_foresaw_ends_the_reader_and_says_so(tmp_path, monkeypatch):
    """Many sheets of which each is just small enough."""
    limits = reading.Limits(memory=300_000_000, seconds=60, file_bytes=1_000_000_000)
    monkeypatch.setattr(reading, "LIMITS", limits)
    far = FAR.replace("1048576", "1000")
    with pytest.raises(ReaderEnded, match=r"takes more than 0\.3 GB of memory"):
        read_sheets(workbook(tmp_path / "a.xlsx", sheet(HEADER + far)))

"""Registry files of every kind, built in code, and how they are prepared."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from geodata.gazetteer import load_gazetteer
from geodata.registry.intake import matching_file, preparing
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.preparing import prepare
from geodata.registry.staging import Staged

HEADER = ["No", "NAMA KIM", "Desa/Kel.", "Kec", "Kab/Kota", "Bidang Kegiatan", "Tgl SK"]
WAJAK = ["1", "KIM Wajak", "Wajak", "Wajak", "Kab. Malang", "umkm & wisata", "12 Agustus 2014"]
SUKOANYAR = ["2", "KIM Suko", "Sukoanyar", "Wajak", "Kab. Malang", "pertanian", "12/8/14"]
TABLE = [HEADER, WAJAK, SUKOANYAR]


@pytest.fixture(autouse=True)
def no_boundaries(monkeypatch):
    """Most files have no coordinates; those that do bring their own polygons."""
    monkeypatch.setattr(preparing, "boundaries_in_use", lambda: None)
    monkeypatch.setattr(matching_file, "boundaries_in_use", lambda: None)


def write_csv(path: Path, rows: Iterable[Sequence[str]], delimiter=",", encoding="utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]], merged=()) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
            for area, value in merged:
                sheet.merge_range(area, value)
    return path


def write_ods(path: Path, rows: Sequence[Sequence[str]], attributes: str = "") -> Path:
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"{attributes}>'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {namespaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Lembar">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def prepared(path: Path, **given) -> Staged:
    return prepare(path, sender="Diskominfo", gazetteer=load_gazetteer(), **given)


def records(path: Path, **given) -> list[dict]:
    return list(prepared(path, **given).rows)


def failure(path: Path) -> IntakeError:
    with pytest.raises(IntakeError, match=re.escape(path.name)) as caught:
        prepared(path)
    for language in ("id", "en"):
        assert path.name in caught.value.message(language)
    return caught.value

"""Reads XLSX, XLSB, ODS and XLS through calamine, which keeps a whole sheet in memory.

A few hundred bytes may ask for a sheet of 17 thousand million cells. So what the parts of a zipped
workbook unpack to is added up first, and then where its cells stand.
"""

import io
import re
import zipfile
from typing import IO
from xml.etree import ElementTree

import python_calamine as calamine

from geodata.registry.intake.cells import as_text
from geodata.registry.intake.errors import IntakeError

UNPACKED_BYTES = 500_000_000
MAX_CELLS = 20_000_000

_CHUNK = 1 << 20
_OVERLAP = 200  # bytes of a tag that two chunks may share
# A cell that holds something, in OOXML: <c r="XFD1048576" ...> with a child.
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"

Table = tuple[str, list[list[str]], bool]


def read_zipped(data: bytes, name: str) -> list[Table]:
    """Return the sheets of an XLSX, XLSB or ODS: name, rows of text, hidden.

    Raises
    ------
    IntakeError
        If the archive is another thing, is damaged, encrypted, or unpacks to more than is allowed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(one.file_size for one in entries) > UNPACKED_BYTES:
                limit = UNPACKED_BYTES // 1_000_000
                raise IntakeError("intake_unpacked", file=name, limit=limit)
            parts = {one.filename for one in entries}
            if "content.xml" in parts:
                _check_ods(archive, parts, name)
            elif any(one.startswith("xl/") for one in parts):
                for part in sorted(parts):
                    if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                        with archive.open(part) as file:
                            _check_area(file, name)
            else:
                raise IntakeError("intake_kind", file=name, kind="ZIP")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise IntakeError("intake_damaged", file=name) from error
    return read_ole(data, name)


def _check_ods(archive: zipfile.ZipFile, parts: set[str], name: str) -> None:
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise IntakeError("intake_password", file=name)
    try:
        with archive.open("content.xml") as file:
            _check_repeats(file, name)
    except ElementTree.ParseError as error:
        raise IntakeError("intake_damaged", file=name) from error


def _check_repeats(file: IO[bytes], name: str) -> None:
    """Refuse an ODS whose filled cells span too large an area: a cell or row may be repeated."""
    row = column = columns = 0
    filled = False
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        if event == "start":
            if element.tag == f"{_TABLE}table":
                row = columns = 0
            elif element.tag == f"{_TABLE}table-row":
                column, filled = 0, False
        elif element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            column += int(element.get(f"{_TABLE}number-columns-repeated", 1))
            if element.get(_VALUE):
                columns, filled = max(columns, column), True
        elif element.tag == f"{_TABLE}table-row":
            row += int(element.get(f"{_TABLE}number-rows-repeated", 1))
            if filled and row * columns > MAX_CELLS:
                raise IntakeError("intake_area", file=name, limit=MAX_CELLS)
            element.clear()


def _check_area(file: IO[bytes], name: str) -> None:
    """Refuse a sheet whose filled cells stand so far apart that the area between is too large."""
    columns = rows = 0
    tail = b""
    while chunk := file.read(_CHUNK):
        for found in _CELL.finditer(tail + chunk):  # on a seam, one may be found twice
            columns = max(columns, _column_number(found[1]))
            rows = max(rows, int(found[2]))
        tail = chunk[-_OVERLAP:]
    if columns * rows > MAX_CELLS:
        raise IntakeError("intake_area", file=name, limit=MAX_CELLS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def read_ole(data: bytes, name: str) -> list[Table]:
    """Return the sheets of any workbook, an old XLS above all: name, rows of text, hidden.

    Raises
    ------
    IntakeError
        If it is damaged or protected by a password.
    """
    if "EncryptedPackage".encode("utf-16-le") in data[:_CHUNK] + data[-_CHUNK:]:
        raise IntakeError("intake_password", file=name)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            shown = {
                one.name: one.visible == calamine.SheetVisibleEnum.Visible
                for one in book.sheets_metadata
                if one.typ == calamine.SheetTypeEnum.WorkSheet
            }
            return [
                (sheet, _rows(book.get_sheet_by_name(sheet)), not visible)
                for sheet, visible in shown.items()
            ]
    except calamine.PasswordError as error:
        raise IntakeError("intake_password", file=name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise IntakeError("intake_damaged", file=name) from error


def _rows(sheet: calamine.CalamineSheet) -> list[list[str]]:
    rows = [
        ["" if cell == "" else as_text(cell) for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        if top < len(rows) and column < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[column] = row[column] or rows[top][column]
    return rows

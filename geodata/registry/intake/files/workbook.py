"""Reads XLSX, XLSB, ODS and XLS through calamine, which keeps a whole sheet in memory.

So what the parts of a zipped workbook unpack to is added up first, and then how far apart its
cells stand (:mod:`~geodata.registry.intake.files.declared`).
"""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import python_calamine as calamine

from geodata.packed import Packed
from geodata.progress import Done
from geodata.registry.intake.files.cells import MAX_CELLS, as_text
from geodata.registry.intake.files.declared import Declared, declared_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.notice import Notice, counted

UNPACKED_BYTES = 500_000_000

_EDGE = 1 << 20  # bytes at both ends in which an encrypted workbook says so


def read_zipped(data: bytes, name: str, done: Done) -> list[Sheet]:
    """Return the sheets of an XLSX, XLSB or ODS.

    Raises
    ------
    IntakeError
        If the archive is another thing, is damaged, encrypted, or unpacks to more than is allowed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
                limit = UNPACKED_BYTES // 1_000_000
                raise IntakeError("intake_unpacked", file=name, limit=limit)
            parts = {entry.filename for entry in entries}
            if "content.xml" in parts:
                _check_encryption(archive, parts, name)
            elif not any(part.lower().startswith("xl/") for part in parts):
                raise IntakeError("intake_kind", file=name, kind="ZIP")
            declared = declared_sheets(archive)
            if max((sheet.area for sheet in declared.values()), default=0) > MAX_CELLS:
                raise IntakeError("intake_area", file=name, limit=MAX_CELLS)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise IntakeError("intake_damaged", file=name) from error
    return [
        replace(sheet, notices=(*sheet.notices, *_notices(sheet, declared[sheet.name])))
        if sheet.name in declared
        else sheet
        for sheet in read_ole(data, name, done)
    ]


def _notices(sheet: Sheet, declared: Declared) -> list[Notice]:
    """Return what comes in of a sheet that its reader did not see, and what does not come in."""
    last = len(sheet.rows)
    hidden = [
        line
        for lines in declared.hidden
        for line in range(lines.start, min(lines.stop, last + 1))
        if any(sheet.rows[line - 1])
    ]
    notices = []
    if hidden:
        notices.append(Notice("hidden_rows", {"sheet": sheet.name, **counted(hidden)}))
    if declared.valueless:
        lines = counted(set(declared.valueless)) | {"count": len(declared.valueless)}
        notices.append(Notice("valueless_formulas", {"sheet": sheet.name, **lines}))
    return notices


def _check_encryption(archive: zipfile.ZipFile, parts: set[str], name: str) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in parts and b"encryption-data" in archive.read(manifest):
        raise IntakeError("intake_password", file=name)


def read_ole(data: bytes, name: str, done: Done) -> list[Sheet]:
    """Return the sheets of any workbook, an old XLS above all.

    Raises
    ------
    IntakeError
        If it is damaged, protected by a password, or has too many cells in all its sheets.
    """
    if "EncryptedPackage".encode("utf-16-le") in data[:_EDGE] + data[-_EDGE:]:
        raise IntakeError("intake_password", file=name)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            shown = {
                sheet.name: sheet.visible == calamine.SheetVisibleEnum.Visible
                for sheet in book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            }
            tables, cells = [], 0
            for title, visible in shown.items():
                sheet = book.get_sheet_by_name(title)
                row, column = sheet.end or (-1, -1)  # the last, from zero
                cells += (row + 1) * (column + 1)
                if cells > MAX_CELLS:
                    raise IntakeError("intake_area", file=name, limit=MAX_CELLS)
                rows = _rows(sheet)
                tables.append(
                    Sheet(title, rows, not visible, () if visible else _of_hidden(title, rows))
                )
                done(len(tables) / len(shown))
            return tables
    except calamine.PasswordError as error:
        raise IntakeError("intake_password", file=name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise IntakeError("intake_damaged", file=name) from error
    except BaseException as error:  # where calamine stumbles, that is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise IntakeError("intake_damaged", file=name) from error


def _of_hidden(title: str, rows: Sequence[list[str]]) -> tuple[Notice, ...]:
    filled = sum(map(any, rows))
    return (Notice("hidden_sheet", {"sheet": title, "count": filled}),)


def _rows(sheet: calamine.CalamineSheet) -> Packed[list[str]]:
    """Return the rows of a sheet, those that a merged cell covers each with its value."""
    rows: Packed[list[str]] = Packed()
    left = [""] * (sheet.start or (0, 0))[1]  # columns before the first filled one
    merged: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        merged[top].append((column, bottom))
    above: dict[int, tuple[int, str]] = {}  # column -> the last row that is covered, value
    for number, cells in enumerate(sheet.iter_rows()):
        row = [*left, *("" if cell == "" else as_text(cell) for cell in cells)]
        for column, (bottom, value) in above.items():
            if number <= bottom:
                row[column] = row[column] or value
        for column, bottom in merged.get(number, ()):
            if column < len(row):
                above[column] = bottom, row[column]
        rows.append(row)
    return rows

"""Reads a registry file of any common kind into sheets of text, whatever its name says it is.

What a file is, its first bytes tell. Limits are checked before anything is unpacked, and it is
opened in a process of its own, so that a hostile file ends in an error and not in a full memory.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from geodata.confinement.confined import Limits, confined
from geodata.formulas import as_written
from geodata.packed import Packed, in_parts
from geodata.progress import Done
from geodata.registry.intake.files import delimited, workbook
from geodata.registry.intake.files.cells import tidy
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.notice import Notice

MAX_BYTES = 400_000_000  # as Streamlit takes (maxUploadSize): over a million rows
MAX_COLUMNS = 300
LIMITS = Limits(memory=4_000_000_000, seconds=300, file_bytes=1_000_000_000)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"Rar!": "RAR"}
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style", b"<div")
_XML = b"<?xml"


def read_sheets(path: Path, done: Done | None = None) -> list[Sheet]:
    """Read all sheets of a CSV (any encoding and delimiter), XLSX, XLS, XLSB or ODS.

    Formulas are read as the values that they had when the file was saved.

    Parameters
    ----------
    done
        Is told from time to time which share of the file is read, 0 to 1.

    Returns
    -------
    The sheets that have any cell, in their order. Cells are text without blanks at the ends; dates
    are ISO 8601; the apostrophe by which our own files keep text from being a formula is gone.

    Raises
    ------
    IntakeError
        If the file cannot be read or is larger than any registry; the text says how to mend it.
    ReaderEnded
        If its reader took too much memory or time, or crashed.
    """
    file = path.resolve()
    if not file.is_file():
        raise IntakeError("intake_missing", file=path.name)
    with confined(
        read_here,
        [str(file), path.name],
        file=path.name,
        limits=LIMITS,
        readable=[file],
        done=done,
    ) as (sheets, folder):
        return [
            Sheet(
                name,
                Packed(_rows_in(folder / part)),
                hidden,
                tuple(Notice(*notice) for notice in notices),
            )
            for name, part, hidden, notices in sheets
        ]


def read_here(named: list[str], folder: Path, done: Done) -> list[tuple]:
    """Read a file, ``[path, name]``, in this very process.

    Returns
    -------
    Of each sheet its name, the file in ``folder`` that has its rows (a line a part of them, JSON),
    whether it is hidden, and the notices.

    Raises
    ------
    IntakeError
        As :func:`read_sheets`.
    """
    answer = []
    for number, sheet in enumerate(_sheets(Path(named[0]), named[1], done)):
        part = f"sheet-{number}"
        with (folder / part).open("w", encoding="utf-8") as file:
            for rows in in_parts(sheet.rows):
                file.write(json.dumps([_as_written(row) for row in rows]) + "\n")
        notices = [(notice.key, notice.values) for notice in sheet.notices]
        answer.append((sheet.name, part, sheet.hidden, notices))
    return answer


def _rows_in(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield from json.loads(line)


def _sheets(path: Path, name: str, done: Done) -> list[Sheet]:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise IntakeError("intake_size", file=name, limit=MAX_BYTES // 1_000_000)
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError("intake_missing", file=name) from error
    if not data.strip(b"\0 \t\r\n"):
        raise IntakeError("intake_empty", file=name)
    sheets = [sheet for sheet in _reader(data, name)(data, name, done) if any(map(any, sheet.rows))]
    if not sheets:
        raise IntakeError("intake_empty", file=name)
    for sheet in sheets:
        if sheet.width > MAX_COLUMNS:
            raise IntakeError(
                "intake_columns", file=name, sheet=sheet.name, found=sheet.width, limit=MAX_COLUMNS
            )
    return sheets


def _as_written(row: list[str]) -> list[str]:
    """Return what cells held before one of our own files kept them from being formulas."""
    if not any("'" in cell for cell in row):
        return row
    return [tidy(as_written(cell)) if "'" in cell else cell for cell in row]


Reader = Callable[[bytes, str, Done], list[Sheet]]


def _reader(data: bytes, name: str) -> Reader:
    """Return what reads ``data``; a file that is something else altogether is an error."""
    if data.startswith(_ZIP):
        return workbook.read_zipped
    if data.startswith(_OLE):
        return workbook.read_ole
    for magic, kind in _FOREIGN.items():
        if data.startswith(magic):
            raise IntakeError("intake_kind", file=name, kind=kind)
    start = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_HTML) or (start.startswith(_XML) and b"<html" in start):
        raise IntakeError("intake_html", file=name)
    if start.startswith(_XML):
        raise IntakeError("intake_xml", file=name)
    return delimited.read

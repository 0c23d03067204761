"""How large the sheets of a zipped workbook say they are, before anything is made of them.

A few hundred bytes may ask for a sheet of 17 thousand million cells. calamine takes for a sheet
whatever part the workbook's relations lead to, whatever it is called; so every part in which a
sheet begins is measured. Both formats are read by the names of elements, without namespaces, as
calamine does.
"""

import contextlib
import zipfile
from functools import lru_cache
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 20
_SHEET = b"sheetData"  # an element's name: XML has no other way to write it, but for UTF-16
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_CELLS = ("table-cell", "covered-table-cell")
_CONTENT = ("v", "is", "f")
_DIGITS = "0123456789"
_VALUES = ("value-type", "value", "formula")

Attributes = dict[str, str]


class Entities(ValueError):
    """A part that declares entities, which no program writes into a workbook."""


def largest_area(archive: zipfile.ZipFile) -> int:
    """Return how many cells the largest sheet spans, from its first cell to its last filled one.

    A part that is not well-formed XML counts up to where that ends: a more lenient reader may make
    something of the rest.

    Raises
    ------
    Entities
        If a part declares any.
    BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError
        If the archive is damaged, encrypted or packed in an unknown way.
    """
    largest = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            if entry.filename == "content.xml":
                largest = max(largest, _measured(part, _OpenDocument()))
            elif _holds_sheet(part):
                part.seek(0)
                largest = max(largest, _measured(part, _OpenXml()))
    return largest


def _holds_sheet(part: IO[bytes]) -> bool:
    tail = b""
    while chunk := part.read(_CHUNK):
        if not tail and chunk.startswith(_UTF16):
            return True
        if _SHEET in tail + chunk:
            return True
        tail = chunk[-len(_SHEET) :]
    return False


class _OpenXml:
    """Measures ``<row r="1"><c r="A1"><v>``; what says no place stands behind the one before."""

    def __init__(self) -> None:
        self.rows = self.columns = self.row = self.column = 0
        self.cell = False  # whether what begins next may be the content of a cell

    def start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            reference = attributes.get("r")
            if reference:
                letters = reference.rstrip(_DIGITS)
                self.column = _column_number(letters)
                self.row = int(reference[len(letters) :] or self.row)
            else:
                self.column += 1
            self.cell = True
        elif self.cell and name in _CONTENT:  # a cell that is only formatted has none
            if self.row > self.rows:
                self.rows = self.row
            if self.column > self.columns:
                self.columns = self.column
            self.cell = False
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            self.cell = False

    def area(self) -> int:
        return self.rows * self.columns


class _OpenDocument:
    """Measures rows and cells of an ODS, each of which may be repeated."""

    def __init__(self) -> None:
        self.largest = self.row = self.column = self.columns = 0
        self.repeated = 1
        self.cell = self.filled = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        if name == "table":
            self.row = self.columns = 0
        elif name == "table-row":
            self.column, self.filled = 0, False
            self.repeated = int(_named(attributes, "number-rows-repeated") or 1)
        elif name in _CELLS:
            self.column += int(_named(attributes, "number-columns-repeated") or 1)
            self.cell = True
            if any(_named(attributes, value) for value in _VALUES):
                self._fill()
        elif self.cell and name == "p":
            self._fill()

    def _fill(self) -> None:
        self.columns, self.filled = max(self.columns, self.column), True

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in _CELLS:
            self.cell = False
        elif name == "table-row":
            self.row += self.repeated
            if self.filled:
                self.largest = max(self.largest, self.row * self.columns)

    def area(self) -> int:
        return self.largest


def _named(attributes: Attributes, wanted: str) -> str | None:
    return next((value for name, value in attributes.items() if name.endswith(wanted)), None)


def _measured(part: IO[bytes], measure: "_OpenXml | _OpenDocument") -> int:
    parser = expat.ParserCreate()
    parser.StartElementHandler = measure.start
    if isinstance(measure, _OpenDocument):
        parser.EndElementHandler = measure.end
    parser.EntityDeclHandler = _refuse
    with contextlib.suppress(expat.ExpatError):
        parser.ParseFile(part)
    return measure.area()


def _refuse(*_declared: object) -> None:
    raise Entities


@lru_cache(maxsize=1 << 15)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number

"""What the sheets of a zipped workbook say of themselves, before anything is made of them.

A few hundred bytes may ask for a sheet of 17 thousand million cells. calamine takes for a sheet
whatever part the workbook's relations lead to, whatever it is called; so every part in which a
sheet begins is read. Both formats are read by the names of elements, without namespaces, as
calamine does. What calamine passes over is noted, too: hidden rows, and formulas without a value.
"""

import contextlib
import zipfile
from dataclasses import dataclass, field
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
_TRUE = ("1", "true")
_NOT_SHOWN = ("collapse", "filter")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Attributes = dict[str, str]


@dataclass
class Declared:
    """What a sheet says of itself.

    Attributes
    ----------
    area
        How many cells it spans, from its first cell to its last filled one.
    hidden
        Lines that are not shown, from 1, those of a filter among them.
    valueless
        The line of each cell of which the file holds no value: a formula that was not computed, or
        that is an error.
    """

    area: int = 0
    hidden: list[range] = field(default_factory=list)
    valueless: list[int] = field(default_factory=list)


class Entities(ValueError):
    """A part that declares entities, which no program writes into a workbook."""


def declared_sheets(archive: zipfile.ZipFile) -> dict[str, Declared]:
    """Return what each sheet says of itself, by its name, or by that of its part if it has none.

    A part that is not well-formed XML counts up to where that ends: a more lenient reader may make
    something of the rest.

    Raises
    ------
    Entities
        If a part declares any.
    BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError
        If the archive is damaged, encrypted or packed in an unknown way.
    """
    names = _names_of_parts(archive)
    sheets: dict[str, Declared] = {}
    for entry in archive.infolist():
        with archive.open(entry) as part:
            if entry.filename == "content.xml":
                document = _OpenDocument()
                _read(part, document)
                known = document.sheets
            elif _holds_sheet(part):
                part.seek(0)
                sheet = _OpenXml()
                _read(part, sheet)
                known = [(names.get(entry.filename.lower(), entry.filename), sheet.declared())]
            else:
                continue
        for name, declared in known:  # of two with one name, the larger is the danger
            if name not in sheets or sheets[name].area < declared.area:
                sheets[name] = declared
    return sheets


def _names_of_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheet that each part is: name of the part in lower case -> name of the sheet."""
    if not {_BOOK, _RELATIONS} <= set(archive.namelist()):
        return {}
    book, relations = _Named("sheet", "id", "name"), _Named("Relationship", "Id", "Target")
    for part, elements in ((_BOOK, book), (_RELATIONS, relations)):
        with archive.open(part) as opened:
            _read(opened, elements)
    targets = {key: target.removeprefix("/") for key, target in relations.values.items()}
    parts = {
        key: target if target.lower().startswith("xl/") else f"xl/{target}"
        for key, target in targets.items()
    }
    return {parts[key].lower(): name for key, name in book.values.items() if key in parts}


def _holds_sheet(part: IO[bytes]) -> bool:
    tail = b""
    while chunk := part.read(_CHUNK):
        if not tail and chunk.startswith(_UTF16):
            return True
        if _SHEET in tail + chunk:
            return True
        tail = chunk[-len(_SHEET) :]
    return False


class _Named:
    """Collects one attribute of an element by another one."""

    def __init__(self, element: str, key: str, value: str) -> None:
        self.values: dict[str, str] = {}
        self._wanted = element, key, value

    def start(self, name: str, attributes: Attributes) -> None:
        element, key, value = self._wanted
        if name.rpartition(":")[2] == element:
            by_name = {name.rpartition(":")[2]: text for name, text in attributes.items()}
            self.values[by_name.get(key, "")] = by_name.get(value, "")


class _OpenXml:
    """Measures ``<row r="1"><c r="A1"><v>``; what says no place stands behind the one before."""

    def __init__(self) -> None:
        self.parser: expat.XMLParserType | None = None
        self.sheet = Declared()
        self.rows = self.columns = self.row = self.column = 0
        self.cell = False  # whether what begins next may be the content of a cell
        self.kind: str | None = None  # of the cell: "str" for a text, "e" for an error
        self.valueless = False  # whether the cell has a formula, and no value so far

    def start(self, name: str, attributes: Attributes) -> None:
        assert self.parser is not None
        self.parser.CharacterDataHandler = None
        name = name.rpartition(":")[2]
        if name == "c":
            self._end_cell()
            reference = attributes.get("r")
            if reference:
                letters = reference.rstrip(_DIGITS)
                self.column = _column_number(letters)
                self.row = int(reference[len(letters) :] or self.row)
            else:
                self.column += 1
            self.cell = True
            self.kind = attributes.get("t")
            self.valueless = self.kind == "e"
        elif name == "row":
            self._end_cell()
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            self.cell = False
            if attributes.get("hidden") in _TRUE:
                self.sheet.hidden.append(range(self.row, self.row + 1))
        elif name in _CONTENT:
            if self.cell:  # a cell that is only formatted has none
                self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
                self.cell = False
            if name == "f":
                self.valueless = True
            elif self.valueless and self.kind == "str":  # a text may be empty
                self.valueless = False
            elif self.valueless and self.kind != "e":
                self.parser.CharacterDataHandler = self._value

    def _value(self, text: str) -> None:
        if text.strip():
            self.valueless = False

    def _end_cell(self) -> None:
        if self.valueless:
            self.sheet.valueless.append(self.row)
            self.valueless = False

    def declared(self) -> Declared:
        self._end_cell()
        self.sheet.area = self.rows * self.columns
        return self.sheet


class _OpenDocument:
    """Measures rows and cells of an ODS, each of which may be repeated."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, Declared]] = []
        self.sheet = Declared()
        self.row = self.column = self.columns = 0
        self.repeated = 1
        self.cell = self.filled = self.valueless = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        if name == "table":
            self.row = self.columns = 0
            self.sheet = Declared()
            self.sheets.append((_named(attributes, ":name") or "", self.sheet))
        elif name == "table-row":
            self.column, self.filled = 0, False
            self.repeated = int(_named(attributes, "number-rows-repeated") or 1)
            if _named(attributes, ":visibility") in _NOT_SHOWN:
                self.sheet.hidden.append(range(self.row + 1, self.row + 1 + self.repeated))
        elif name in _CELLS:
            self.column += int(_named(attributes, "number-columns-repeated") or 1)
            self.cell = True
            kinds = {value for key, value in attributes.items() if key.endswith("value-type")}
            formula = _named(attributes, ":formula") is not None
            self.valueless = "error" in kinds or (formula and not kinds)
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
            if self.valueless:
                self.sheet.valueless.append(self.row + 1)
                self.valueless = False
        elif name == "table-row":
            self.row += self.repeated
            if self.filled:
                self.sheet.area = max(self.sheet.area, self.row * self.columns)


def _named(attributes: Attributes, wanted: str) -> str | None:
    return next((value for name, value in attributes.items() if name.endswith(wanted)), None)


def _read(part: IO[bytes], elements: "_Named | _OpenXml | _OpenDocument") -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = elements.start
    if isinstance(elements, _OpenXml):
        elements.parser = parser
    if isinstance(elements, _OpenDocument):
        parser.EndElementHandler = elements.end
    parser.EntityDeclHandler = _refuse
    with contextlib.suppress(expat.ExpatError):
        parser.ParseFile(part)


def _refuse(*_declared: object) -> None:
    raise Entities


@lru_cache(maxsize=1 << 15)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number

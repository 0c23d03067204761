"""The rows of a file below its headers, each with what it is and the regions named around it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.matching.match import match_names
from geodata.regions import LEVELS, Level
from geodata.registry.intake.headers import PLACES, Header, check_twins, find_header, normal
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.reading import read_sheets
from geodata.registry.intake.sheet import Sheet
from geodata.registry.notice import Notice
from geodata.registry.reasons import Reason

EXAMPLE_NAME = "KIM Contoh"
"""Name of the KIM in the example row of our template."""

OWN_SHEETS = ("Petunjuk", "Pilihan")
"""Sheets of our template that hold no rows."""

_TOTALS = re.compile(r"(grand\s*)?(sub\s*)?(jumlah|total|jml|rekap(itulasi)?)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"\b(mengetahui|kepala\s+(dinas|bidang|seksi)|a\.?\s?n\.?\s+bupati|nip\b)", re.I
)
_CLOSING_CELLS = 3  # at most, in a row of signatures
_NUMBERING = re.compile(r"[ivxlc\d]+[.)]?|[a-z][.)]?", re.IGNORECASE)
_KINDS: dict[Level, str] = {
    Level.PROVINSI: r"prov(?:insi)?|propinsi",
    Level.KABUPATEN_KOTA: r"kab(?:upaten)?\s*/\s*kota|kab(?:upaten)?|kota",
    Level.KECAMATAN: r"kec(?:amatan)?|distrik|kapanewon|kemantren",
}
_ENDS = r"(?=\s*(?:[,;()|:]|\s-\s|\b(?:prov|kab|kota|kec|tahun|th|per|bulan|s/d)\b|\d{4}|$))"
_NAMED = {
    level: re.compile(rf"\b(?:{kind})\b\.?\s*:?\s*[a-z][a-z .'’-]*?{_ENDS}", re.IGNORECASE)
    for level, kind in _KINDS.items()
}
_SECTION = re.compile(rf"^(?:[ivxlc\d]+[.)]\s*|[a-z][.)]\s*)?({'|'.join(_KINDS.values())})\b", re.I)


@dataclass
class Row:
    """A row of a file.

    Attributes
    ----------
    cells
        Text by column of the header.
    around
        Regions named by title rows, the sheet's name, and rows that head a section.
    above
        Regions of the rows above, for the columns that are empty in this one: a group may be
        named in its first row only.
    reason
        Why it is no row of data; ``None`` where it is one.
    """

    sheet: str
    line: int
    header: Header
    cells: list[str]
    around: Mapping[Level, str] = field(default_factory=dict)
    above: Mapping[Level, str] = field(default_factory=dict)
    reason: Reason | None = None

    def value(self, name: str) -> str:
        """Return the cell of a field, "" where the sheet has no such column."""
        position = self.header.fields.get(name)
        return "" if position is None else self.cells[position]

    def region(self, level: Level) -> str:
        """Return the name of the region of ``level``: the cell's, or what holds for the row."""
        return self.value(level.value) or self.above.get(level) or self.around.get(level, "")


def rows_of_sheets(
    path: Path, gazetteer: Gazetteer, mapping: Mapping[str, str] | None = None
) -> tuple[list[Row], dict[str, str], tuple[Notice, ...]]:
    """Read every row of a file that has any cell, below the header of its sheet.

    Hidden sheets without a header hold the lists of drop-downs, and are no rows.

    Returns
    -------
    The rows in their order; header -> field for all columns that hold one; and what there is to say
    of how the sheets were read that they come from.

    Raises
    ------
    IntakeError
        If the file cannot be read, no sheet has a header, or none has a row below it.
    """
    sheets = [sheet for sheet in read_sheets(path) if sheet.name not in OWN_SHEETS]
    headers = [find_header(sheet, mapping) for sheet in sheets]
    if not any(headers):
        raise IntakeError("intake_no_header", file=path.name)
    rows: list[Row] = []
    used: dict[str, str] = {}
    notices: list[Notice] = []
    for sheet, header in zip(sheets, headers, strict=True):
        if header is not None:
            if mapping is None:
                check_twins(sheet, header, path.name)
            rows += _table_rows(sheet, header, gazetteer)
            notices += sheet.notices
            used = {known.header: known.field for known in header.columns if known.field} | used
        elif not sheet.hidden:
            rows += _stray_rows(sheet)
    if not any(row.reason is None for row in rows):
        raise IntakeError("intake_no_rows", file=path.name)
    return rows, used, tuple(notices)


def _stray_rows(sheet: Sheet) -> list[Row]:
    none = Header(0, 0, ())
    return [
        Row(sheet.name, line, none, cells, reason=Reason.NO_HEADER)
        for line, cells in enumerate(sheet.rows, start=1)
        if any(cells)
    ]


def _table_rows(sheet: Sheet, header: Header, gazetteer: Gazetteer) -> list[Row]:
    titles = [cell for row in sheet.rows[: header.start] for cell in row if cell]
    around = regions_around(titles, sheet.name, gazetteer)
    section: dict[Level, str] = {}
    above: dict[Level, str] = {}
    width = len(header.columns)
    rows: list[Row] = []
    closing = False
    for line, read in enumerate(sheet.rows[header.stop :], start=header.stop + 1):
        if not any(read):
            continue
        cells = [*read, *[""] * (width - len(read))]
        row = Row(sheet.name, line, header, cells, {**around, **section})
        closing = closing and sum(map(bool, cells)) <= _CLOSING_CELLS
        row.reason = Reason.CLOSING if closing else kind_of(row)
        closing = row.reason is Reason.CLOSING
        if row.reason is Reason.SECTION:
            section = _narrowed(section, next(cell for cell in cells if _SECTION.match(cell)))
            above = {}
        elif row.reason is None:
            above = _carried(row, above)
        rows.append(row)
    return rows


def _carried(row: Row, above: Mapping[Level, str]) -> dict[Level, str]:
    """Give a row what it leaves empty of the group it is in, and return that of the next row."""
    own = {level: row.value(level.value) for level in LEVELS[:3]}
    filled = [LEVELS.index(level) for level, name in own.items() if name]
    finest = max(filled, default=-1)
    kept = {
        level: name for level, name in above.items() if LEVELS.index(level) < finest or not filled
    }
    row.above = {level: name for level, name in kept.items() if not own[level]}
    return kept | {level: name for level, name in own.items() if name}


def kind_of(row: Row) -> Reason | None:
    """Return why a row is none of data; ``None`` if it may be one."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) <= _CLOSING_CELLS and any(_CLOSING.search(cell) for cell in filled):
        return Reason.CLOSING
    first = next((cell for cell in filled if not cell.isdigit()), "")
    if _TOTALS.match(first) and _is_sparse(row):
        return Reason.TOTALS
    pairs = zip(row.header.columns, row.cells, strict=True)
    same = sum(bool(cell) and normal(column.header) == normal(cell) for column, cell in pairs)
    if same >= 2 and same > len(filled) / 2:
        return Reason.REPEATED_HEADER
    if row.value("nama_kim") == EXAMPLE_NAME:
        return Reason.EXAMPLE
    numbers = [cell.strip("()") for cell in filled]
    if len(filled) > 2 and numbers == [str(number) for number in range(1, len(filled) + 1)]:
        return Reason.COLUMN_NUMBERS
    words = [cell for cell in filled if not _NUMBERING.fullmatch(cell)]
    if len(words) == 1 and _SECTION.match(words[0]) and row.value("desa") != words[0]:
        return Reason.SECTION
    if len(filled) == 1 and not any(row.value(name) for name in ("nama_kim", *PLACES)):
        return Reason.PARTLY_EMPTY
    return None


def _is_sparse(row: Row) -> bool:
    """Tell whether a row lacks what every row of data has."""
    texts = [row.value(name) for name in ("nama_kim", "desa", "nomor_induk", "kode_wilayah")]
    said = [text for text in texts if text and not _TOTALS.match(text) and not text.isdigit()]
    return not said


def _narrowed(section: Mapping[Level, str], heading: str) -> dict[Level, str]:
    """Return the regions of a section: a heading ends those of its own level and below."""
    named = _named_regions([heading])
    if not named:
        return dict(section)
    top = min(LEVELS.index(level) for level in named)
    return {level: name for level, name in section.items() if LEVELS.index(level) < top} | named


def _named_regions(texts: Iterable[str]) -> dict[Level, str]:
    names: dict[Level, str] = {}
    for text in texts:
        for level, pattern in _NAMED.items():
            if level not in names and (named := pattern.search(" ".join(text.split()))):
                names[level] = named[0].strip()
    return names


def regions_around(
    titles: Sequence[str], sheet_name: str, gazetteer: Gazetteer
) -> dict[Level, str]:
    """Return the regions that titles above a table and the name of its sheet name for all rows.

    A title says what kind of region it names ("KABUPATEN MALANG"); the name of a sheet may be bare,
    and then counts only where it is the name of a region within those of the titles. What is no
    region of the gazetteer is left out.
    """
    named = _named_regions(titles)
    of_sheet = _named_regions([sheet_name.replace("_", " ")])
    around: dict[Level, str] = {}
    for level in LEVELS[:3]:
        name = of_sheet.get(level) or named.get(level, "")
        if not name and sheet_name and not of_sheet and sheet_name not in around.values():
            name = sheet_name
        if name and _is_region(around, level, name, gazetteer):
            around[level] = name
    return around


def _is_region(around: Mapping[Level, str], level: Level, name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether ``name`` is that of one region of ``level`` within those around it."""
    names = {upper.value: text for upper, text in around.items()} | {level.value: name}
    (match,) = match_names(pd.DataFrame([names]), gazetteer)
    region = match.accepted
    return region is not None and region.same_name and region.elsewhere is None

"""The rows of a file below its headers, each with what it is and the regions named around it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.intake.addresses import read_addresses
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.sheets.headers import (
    Header,
    as_mapped,
    find_header,
    later_headers,
)
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.row_kinds import tell_apart
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.intake.sheets.titles import heading, narrowed, regions_around, spoken
from geodata.registry.intake.sheets.twin_headers import check_twins
from geodata.registry.notice import Notice
from geodata.registry.reasons import Reason

OWN_SHEETS = ("Petunjuk", "Pilihan")
"""Sheets of our template that hold no rows."""


def rows_of_sheets(
    path: Path,
    gazetteer: Gazetteer,
    mapping: Mapping[str, str] | None = None,
    *,
    of_places: bool = False,
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
    headers = [find_header(sheet, mapping or (), of_places=of_places) for sheet in sheets]
    if not any(headers):
        raise IntakeError("intake_no_place" if of_places else "intake_no_header", file=path.name)
    rows: list[Row] = []
    used: dict[str, str] = {}
    notices: list[Notice] = []
    for sheet, header in zip(sheets, headers, strict=True):
        if header is not None:
            if mapping is None:
                check_twins(sheet, header, path.name)
            tables = [header, *later_headers(sheet, header)]
            if mapping is not None:
                tables = [as_mapped(table, mapping) for table in tables]
            rows += rows_below(sheet, tables, gazetteer)
            notices += sheet.notices
            columns = [column for table in tables for column in table.columns]
            used = {column.header: column.field for column in columns if column.field} | used
        elif not sheet.hidden:
            rows += _stray_rows(sheet)
    data = [row for row in rows if row.reason is None]
    if not data:
        raise IntakeError("intake_no_rows", file=path.name)
    read_addresses(data, gazetteer)
    return rows, used, tuple(notices)


def _stray_rows(sheet: Sheet) -> list[Row]:
    none = Header(0, 0, ())
    return [
        Row(sheet.name, line, none, cells, reason=Reason.NO_HEADER)
        for line, cells in enumerate(sheet.rows, start=1)
        if any(cells)
    ]


def rows_below(sheet: Sheet, headers: Sequence[Header], gazetteer: Gazetteer) -> list[Row]:
    """Return the rows of a sheet below its headers that have any cell."""
    header = headers[0]
    titles = [text for row in sheet.rows[: header.start] for text in spoken(row)]
    around = regions_around(titles, sheet.name, gazetteer)
    width = len(header.columns)
    beginning = {later.start: later for later in headers[1:]}
    rows: list[Row] = []
    for line, read in enumerate(sheet.rows[header.stop :], start=header.stop):
        header = beginning.get(line, header)
        if any(read):
            rows.append(Row(sheet.name, line + 1, header, [*read, *[""] * (width - len(read))]))
    tell_apart(rows)
    section: dict[Level, str] = {}
    above: dict[Level, str] = {}
    for row in rows:
        if row.reason is Reason.SECTION:
            section = narrowed(section, heading(row.cells))
            above = {}
        row.around = {**around, **section}
        if row.reason is None:
            above = _carried(row, above)
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

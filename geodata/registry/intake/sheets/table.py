"""The rows of a file below its headers, each with what it is and the regions named around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from geodata.gazetteer import Gazetteer
from geodata.packed import in_parts
from geodata.progress import Done
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


@dataclass
class FileRows:
    """The rows of a file that have any cell.

    Attributes
    ----------
    used
        header -> field for all columns that hold one.
    notices
        What there is to say of how the sheets were read that the rows come from.
    """

    gazetteer: Gazetteer
    tables: list["RowsBelow | StrayRows"] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    def __len__(self) -> int:
        return sum(map(len, self.tables))

    def parts(self) -> Iterator[list[Row]]:
        """Yield the rows in their order, some at a time, their addresses read."""
        for rows in in_parts(chain.from_iterable(self.tables)):
            read_addresses([row for row in rows if row.reason is None], self.gazetteer)
            yield rows


def rows_of_sheets(
    path: Path,
    gazetteer: Gazetteer,
    mapping: Mapping[str, str] | None = None,
    *,
    done: Done | None = None,
) -> FileRows:
    """Read a file, and find its rows below the header of their sheet: see ``rows_below_headers``.

    Raises
    ------
    IntakeError
        If the file cannot be read, no sheet has a header, or none has a row below it.
    """
    return rows_below_headers(read_sheets(path, done), path.name, gazetteer, mapping)


def rows_below_headers(
    sheets: Sequence[Sheet],
    file_name: str,
    gazetteer: Gazetteer,
    mapping: Mapping[str, str] | None = None,
    *,
    of_places: bool = False,
) -> FileRows:
    """Find the rows of sheets below the header of each.

    Hidden sheets without a header hold the lists of drop-downs, and are no rows.

    Raises
    ------
    IntakeError
        If no sheet has a header, or none has a row below it.
    """
    sheets = [sheet for sheet in sheets if sheet.name not in OWN_SHEETS]
    headers = [find_header(sheet, mapping or (), of_places=of_places) for sheet in sheets]
    if not any(headers):
        raise IntakeError("intake_no_place" if of_places else "intake_no_header", file=file_name)
    rows = FileRows(gazetteer)
    for sheet, header in zip(sheets, headers, strict=True):
        if header is not None:
            if mapping is None:
                check_twins(sheet, header, file_name)
            tables = [header, *later_headers(sheet, header)]
            if mapping is not None:
                tables = [as_mapped(table, mapping) for table in tables]
            rows.tables.append(RowsBelow(sheet, tables, gazetteer))
            rows.notices += sheet.notices
            columns = [column for table in tables for column in table.columns]
            rows.used = {column.header: column.field for column in columns if column.field} | (
                rows.used
            )
        elif not sheet.hidden:
            rows.tables.append(StrayRows(sheet))
    if not any(table.data for table in rows.tables):
        raise IntakeError("intake_no_rows", file=file_name)
    return rows


class StrayRows(Iterable[Row]):
    """The rows of a sheet without a header."""

    data = 0

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __len__(self) -> int:
        return sum(map(any, self._sheet.rows))

    def __iter__(self) -> Iterator[Row]:
        none = Header(0, 0, ())
        for line, cells in enumerate(self._sheet.rows, start=1):
            if any(cells):
                yield Row(self._sheet.name, line, none, cells, reason=Reason.NO_HEADER)


class RowsBelow(Iterable[Row]):
    """The rows of a sheet below its headers that have any cell, made as they are gone through.

    Attributes
    ----------
    data
        How many of them may be rows of data.
    """

    def __init__(self, sheet: Sheet, headers: Sequence[Header], gazetteer: Gazetteer) -> None:
        self._sheet = sheet
        self._headers = headers
        titles = [text for row in sheet.rows[: headers[0].start] for text in spoken(row)]
        self._around = regions_around(titles, sheet.name, gazetteer)
        self._reasons = tell_apart(_Bare(sheet, headers))
        self.data = self._reasons.count(None)

    def __len__(self) -> int:
        return len(self._reasons)

    def __iter__(self) -> Iterator[Row]:
        section: dict[Level, str] = {}
        above: dict[Level, str] = {}
        for row, reason in zip(_Bare(self._sheet, self._headers), self._reasons, strict=True):
            row.reason = reason
            if reason is Reason.SECTION:
                section = narrowed(section, heading(row.cells))
                above = {}
            row.around = {**self._around, **section}
            if reason is None:
                above = _carried(row, above)
            yield row


class _Bare(Iterable[Row]):
    """The rows below headers, nothing known of them but their cells."""

    def __init__(self, sheet: Sheet, headers: Sequence[Header]) -> None:
        self._sheet = sheet
        self._headers = headers

    def __iter__(self) -> Iterator[Row]:
        header, *later = self._headers
        width = len(header.columns)
        beginning = {other.start: other for other in later}
        lines = islice(self._sheet.rows, header.stop, None)
        for line, read in enumerate(lines, start=header.stop):
            header = beginning.get(line, header)
            if any(read):
                cells = [*read, *[""] * (width - len(read))]
                yield Row(self._sheet.name, line + 1, header, cells)


def _carried(row: Row, above: Mapping[Level, str]) -> dict[Level, str]:
    """Give a row what it leaves empty of the group it is in, and return that of the next row."""
    own = {level: row.value(level) for level in LEVELS[:3]}
    if all(own.values()):
        return own
    filled = [LEVELS.index(level) for level, name in own.items() if name]
    finest = max(filled, default=-1)
    kept = {
        level: name for level, name in above.items() if LEVELS.index(level) < finest or not filled
    }
    row.above = {level: name for level, name in kept.items() if not own[level]}
    return kept | {level: name for level, name in own.items() if name}

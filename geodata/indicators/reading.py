"""Reads a file of an indicator: which region each row is of, and which value it has."""

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.indicators.indicator import Indicator, IndicatorError
from geodata.indicators.numbers import decimal_mark, read_number
from geodata.indicators.reasons import OF_PLACE, Reason
from geodata.matching.candidate import Verdict
from geodata.packed import in_parts
from geodata.progress import Done, Report
from geodata.provenance import sha256
from geodata.regions import LEVELS, Level, is_kota, level_of
from geodata.registry.intake.column_preview import columns_of
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.placing import Asked, Placer
from geodata.registry.intake.sheets.headers import PLACES, normal
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.table import rows_below_headers
from geodata.registry.intake.values import is_nothing
from geodata.registry.notice import Notice
from geodata.registry.personal import without_personal
from geodata.registry.reasons import Reason as RowReason

MOST_ROWS = 200_000
"""More than twice the regions that there are."""

_NUMBERING = ("no", "nomor", "no urut", "nomor urut", "number")
_LONGEST = 100  # characters that are kept of a cell

ROW_COLUMNS = ("sheet", "line", "column", "kode", "value", "reason")
AS_WRITTEN = ("place", "written")
"""What rows that give no value have, in whatever words: it is shown, and never kept."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """The rows of a file, and what becomes of each. Nothing is stored.

    Attributes
    ----------
    rows
        A row a row of the file: sheet, line; column: the header of what ``reason`` is about;
        place, written: the region and the value as the file has them, of rows that give no
        value; kode: of the region, "" where it is not known; value: NaN where there is none, of a
        category its place in ``categories``; reason: a :class:`Reason`, "" where the value counts.
    notices
        What there is to say of how the file was read.
    """

    indicator: Indicator
    file_name: str
    sha256: str
    rows: pd.DataFrame
    notices: tuple[Notice, ...]

    @property
    def accepted(self) -> int:
        """How many rows give a value."""
        return int((self.rows["reason"] == "").sum())


class _Read(NamedTuple):
    """A row as it is read; ``asked`` is where it lies, ``None`` of one that is none of data."""

    sheet: str
    line: int
    place: tuple[str, ...]
    cell: str
    asked: Asked | None


def prepare(
    path: Path,
    indicator: Indicator,
    gazetteer: Gazetteer,
    *,
    column: str = "",
    corrections: Mapping[str, str] | None = None,
    percent: bool = False,
    progress: Report | None = None,
) -> Prepared:
    """Read a file of values by region.

    Parameters
    ----------
    path
        CSV, XLSX, XLS, XLSB or ODS, as ``read_sheets`` reads them.
    indicator
        What its values are.
    column
        Header of the column with the values; may be "" if the file has one only that it can be.
    corrections
        header -> ``kode_wilayah`` or a level, "" for none, where the guess is wrong.
    percent
        Whether the shares of the file are percentages without a sign.

    Raises
    ------
    IntakeError
        If the file cannot be read or names no regions.
    IndicatorError
        If it is not plain which column has the values, or the file has too many rows.
    """
    report = progress or (lambda *_: None)
    report("Reading", 0.0)
    sheets = read_sheets(path, partial(report, "Reading"))
    columns = columns_of(sheets, path.name, corrections, of_places=True).columns
    fields = dict(zip(columns["header"], columns["field"], strict=True))
    value, mapping = _meaning(path.name, fields, column, indicator)
    file_rows = rows_below_headers(sheets, path.name, gazetteer, mapping, of_places=True)
    if len(file_rows) > MOST_ROWS:
        raise IndicatorError("indicator_rows", file=path.name, rows=len(file_rows), most=MOST_ROWS)
    # Whoever tells of regions writes no addresses, so these are not looked for.
    read = [_read(row, value, indicator.level) for table in file_rows.tables for row in table]
    rows = pd.DataFrame(
        {
            "sheet": [row.sheet for row in read],
            "line": [row.line for row in read],
            "kode": "",
            "value": math.nan,
            "reason": [Reason.NOT_DATA if row.asked is None else "" for row in read],
        }
    )
    _enter_regions(rows, read, gazetteer, indicator.level, partial(report, "Places"))
    _enter_values(rows, read, indicator, percent=percent)
    _take_out_doubles(rows)
    rejected = (rows["reason"] != "").tolist()
    told = [row if no else None for row, no in zip(read, rejected, strict=True)]
    rows["place"] = [_shown(", ".join(row.place)) if row else "" for row in told]
    rows["written"] = [_shown(row.cell) if row else "" for row in told]
    of_place = ", ".join(header for header, field in mapping.items() if field)
    rows["column"] = [
        "" if not reason else of_place if reason in OF_PLACE else value for reason in rows["reason"]
    ]
    return Prepared(
        indicator, path.name, sha256(path), rows[[*ROW_COLUMNS, *AS_WRITTEN]], file_rows.notices
    )


def _meaning(
    file: str, fields: Mapping[str, str], column: str, indicator: Indicator
) -> tuple[str, dict[str, str]]:
    """Return the header of the values, and of each column what it says of the place."""
    named = {normal(header): header for header in reversed(list(fields))}
    if column and normal(column) not in named:
        raise IndicatorError("indicator_column", file=file, value=column, allowed=", ".join(fields))
    value = named[normal(column)] if column else ""
    mapping = {
        header: field if field in PLACES and header != value else ""
        for header, field in fields.items()
    }
    for header, field in fields.items():  # a bare "Nama" is that of the region
        if field == "nama_kim" and header != value and indicator.level not in mapping.values():
            mapping[header] = indicator.level.value
    if not value:
        beside = [
            header
            for header, field in mapping.items()
            if not field and normal(header) not in _NUMBERING
        ]
        if len(beside) != 1:
            allowed = ", ".join(beside) or "–"
            raise IndicatorError("indicator_which_column", file=file, allowed=allowed)
        value = beside[0]
    return value, mapping


def _read(row: Row, value: str, level: Level) -> _Read:
    position = next(
        (place for place, column in enumerate(row.header.columns) if column.header == value), None
    )
    cell = "" if position is None else row.cells[position]
    place = tuple(filter(None, map(row.value, PLACES)))
    if row.reason is not None and not (row.reason is RowReason.SECTION and cell):
        return _Read(row.sheet, row.line, place, cell, None)
    # What a title or a sheet is called may be the name of something smaller, too.
    provinsi, kabupaten_kota, kecamatan, desa = (
        row.value(name) if name.is_below(level) else row.region(name) for name in LEVELS
    )
    asked = Asked(
        row.value("kode_wilayah"),
        provinsi,
        kabupaten_kota,
        kecamatan,
        desa,
        from_above=bool(row.above),
    )
    return _Read(row.sheet, row.line, place, cell, asked)


def _enter_regions(
    rows: pd.DataFrame, read: Sequence[_Read], gazetteer: Gazetteer, level: Level, done: Done
) -> None:
    asked = [row.asked for row in read if row.asked is not None]
    placer = Placer(Counter(row.kode_wilayah for row in asked), gazetteer)
    placements: list[Placement] = []
    for part in in_parts(asked):
        placements += placer.place(part)
        done(len(placements) / len(asked))
    taken = {placement.code for placement in placements}
    told = [_region(placement, level, taken) for placement in placements]
    data = rows["reason"] == ""
    rows.loc[data, "kode"] = [code for code, _ in told]
    rows.loc[data, "reason"] = [reason for _, reason in told]


def _region(placement: Placement, level: Level, taken: Container[str]) -> tuple[str, str]:
    """Return the code of a region of ``level``, or why there is none.

    ``taken`` are the regions that rows of the file name beyond doubt.
    """
    code = placement.code or _bare_kabupaten(placement, taken)
    if code:
        return (code, "") if level_of(code) is level else (code, Reason.OTHER_LEVEL)
    if RowReason.CODE_DIFFERS in placement.reasons:
        return "", Reason.CODE_DIFFERS
    return "", Reason.DOUBTFUL if placement.verdict is Verdict.RAGU else Reason.NO_REGION


def _bare_kabupaten(placement: Placement, taken: Container[str]) -> str:
    """Return the kabupaten that a row means by its bare name; "" if it does not.

    BPS writes "Malang" and "Kota Malang": where the kota has a row of its own, it is the kabupaten.
    """
    best = placement.candidates[0].score if placement.candidates else 0.0
    codes = [it.code for it in placement.candidates if it.score == best and it.same_name]
    if placement.verdict is not Verdict.RAGU or len(codes) != 2:
        return ""
    kabupaten, kota = sorted(codes, key=is_kota)
    alike = level_of(kota) is level_of(kabupaten) is Level.KABUPATEN_KOTA
    return kabupaten if alike and is_kota(kota) and kota in taken else ""


def _enter_values(
    rows: pd.DataFrame, read: Sequence[_Read], indicator: Indicator, *, percent: bool
) -> None:
    cells = [row.cell for row in read]
    mark = decimal_mark(row.cell for row in read if row.asked is not None)
    categories = {_words(name): place for place, name in enumerate(indicator.categories)}
    values, reasons = rows["value"].to_numpy(copy=True), rows["reason"].tolist()
    for number, cell in enumerate(cells):
        if reasons[number]:
            continue
        if indicator.kind == "category":
            value = _category(cell, categories)
        else:
            value = read_number(cell, indicator.kind, mark, percent=percent)
        if isinstance(value, Reason):
            reasons[number] = value
        else:
            values[number] = value
    rows["value"], rows["reason"] = values, reasons


def _category(cell: str, categories: Mapping[str, int]) -> float | Reason:
    place = categories.get(_words(cell))
    if place is not None:
        return float(place)
    return Reason.EMPTY if is_nothing(cell) else Reason.NO_CATEGORY


def _take_out_doubles(rows: pd.DataFrame) -> None:
    """Let a region that has two values have none, and one that has a value twice have it once."""
    accepted = rows[rows["reason"] == ""]
    differing = accepted.groupby("kode")["value"].transform("nunique") > 1
    rows.loc[differing[differing].index, "reason"] = Reason.TWO_VALUES
    again = accepted["kode"].duplicated() & ~differing
    rows.loc[again[again].index, "reason"] = Reason.SAME_TWICE
    rows.loc[rows["reason"] != "", "value"] = math.nan


def _words(name: str) -> str:
    return " ".join(name.casefold().split())


def _shown(written: str) -> str:
    """Return what a file has as the report keeps it: short, and nothing of persons."""
    return without_personal(written[:_LONGEST])

"""Tables as Indonesian offices open them: CSV that Excel reads rightly, and XLSX.

Text that begins like a formula is written so that no spreadsheet runs it, headers included: in CSV
with an apostrophe before it (see :mod:`geodata.formulas`), in XLSX as a string cell, which is never
evaluated. Columns of numbers stay as they are, those of a file of text too.

Headings are names and values codes, as programs read them, unless a table is written in a language:
then it has headings and values as people read them (see :class:`~geodata.columns.Column`).
"""

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

import pandas as pd

from geodata.columns import COLUMNS, Column, column
from geodata.formulas import as_written, without_formula
from geodata.lines import on_one_line

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NUMBER = r"-?\d+(?:[.,]\d+)?"
_NUMBERS = rf"(?:{_NUMBER}(?:\s*[,;\s]\s*{_NUMBER})?)?"  # one, or a pair of coordinates
_WIDEST_COLUMN = 60
_NUMBER_WIDTH = 10
_DAY_ZERO = pd.Timestamp("1899-12-30")  # of a spreadsheet's serial numbers
_LONGEST_CELL = 32_767  # characters; Excel refuses a workbook with a longer one


def to_csv(table: pd.DataFrame, separator: str = ",", lang: str = "") -> bytes:
    """Return ``table`` as CSV: UTF-8 with byte order mark, CRLF, ISO dates, text kept as text.

    With the separator ``;``, which Excel in Indonesian wants, numbers have a decimal comma. A
    column of text that holds nothing but numbers or pairs of coordinates is taken for one of
    numbers, whose minus begins no formula.
    """
    numbers = _columns_of_numbers(table)
    return _BYTE_ORDER_MARK + _csv(table, separator, numbers=numbers, lang=lang)


def csv_pieces(
    tables: Iterable[pd.DataFrame], separator: str = ",", lang: str = ""
) -> Iterator[bytes]:
    """Return tables of the same columns as one CSV, piece by piece; its text is all text.

    In a language figures have the same number of decimals all down a column.
    """
    for position, table in enumerate(tables):
        begins = position == 0
        piece = _csv(table, separator, header=begins, lang=lang)
        yield (_BYTE_ORDER_MARK if begins else b"") + piece


def csv_text(table: pd.DataFrame) -> str:
    """Return ``table`` as :func:`to_csv` does, for a terminal or a pipe: LF, each row on a line."""
    numbers = _columns_of_numbers(table)
    return _csv(table, ",", numbers=numbers, safe=_on_one_line, line_end="\n").decode("utf-8")


def _on_one_line(words: str) -> str:
    return without_formula(on_one_line(words))


def _csv(
    table: pd.DataFrame,
    separator: str,
    *,
    header: bool = True,
    numbers: Collection[str] = (),
    safe: Callable[[str], str] = without_formula,
    line_end: str = "\r\n",
    lang: str = "",
) -> bytes:
    written = table.copy()
    decimal = "," if separator == ";" else "."
    for name in written.columns:
        known = column(str(name))
        if lang:
            written[name] = known.readable(written[name], lang)
        if lang and known.kind in ("number", "share"):
            written[name] = [
                None if pd.isna(value) else f"{value:.{known.decimals_read}f}".replace(".", decimal)
                for value in written[name]
            ]
        elif pd.api.types.is_datetime64_any_dtype(written[name]):
            written[name] = written[name].dt.strftime("%Y-%m-%d")
        elif name not in numbers and not pd.api.types.is_numeric_dtype(written[name]):
            written[name] = [cell if pd.isna(cell) else safe(str(cell)) for cell in written[name]]
    written.columns = [safe(_heading(name, lang)) for name in written.columns]
    return written.to_csv(
        index=False,
        header=header,
        sep=separator,
        decimal=decimal,
        lineterminator=line_end,
    ).encode("utf-8")


def _heading(name: object, lang: str) -> str:
    known = COLUMNS.get(str(name)) if lang else None
    return known.heading(lang) if known else str(name)


def _columns_of_numbers(table: pd.DataFrame) -> list[str]:
    return [
        name
        for name in table.columns
        if not pd.api.types.is_numeric_dtype(table[name])
        and table[name].fillna("").astype(str).str.fullmatch(_NUMBERS).all()
    ]


def to_xlsx(sheets: Mapping[str, pd.DataFrame], lang: str = "") -> bytes:
    """Return a workbook with a sheet for each table: typed columns, frozen header, filter."""
    buffer = io.BytesIO()
    write_xlsx(buffer, sheets, lang)
    return buffer.getvalue()


def write_xlsx(out: Path | IO[bytes], sheets: Mapping[str, pd.DataFrame], lang: str = "") -> None:
    """Write the workbook that :func:`to_xlsx` returns."""
    import xlsxwriter  # only when somebody asks for a workbook

    # Row by row, so that only one is held, which is faster, too.
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as workbook:
        header = workbook.add_format({"bold": True, "bg_color": "#e8eef0", "bottom": 1})
        styles: dict[str, Any] = {}
        for title, table in sheets.items():
            sheet = workbook.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            columns, writers = [], []
            for position, name in enumerate(table.columns):
                known, heading = column(str(name)), _in_workbook(_heading(name, lang))
                values = known.readable(table[name], lang) if lang else table[name]
                style = None
                if pattern := _pattern(known, values, lang):
                    if pattern not in styles:
                        styles[pattern] = workbook.add_format({"num_format": pattern})
                    style = styles[pattern]
                cells, write, width = _cells(sheet, values, style)
                columns.append(cells)
                writers.append(write)
                room = max(len(heading), width if lang else known.width or width) + 2
                sheet.set_column(position, position, min(room, _WIDEST_COLUMN))
                sheet.write_string(0, position, heading, header)
            for row, line in enumerate(zip(*columns, strict=True), start=1):
                for position, cell in enumerate(line):
                    if cell is not None:
                        writers[position](row, position, cell)
            if len(table):
                sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _pattern(known: Column, values: pd.Series, lang: str) -> str:
    """Return how a spreadsheet writes the numbers of a column; "" for text and as it likes."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return "yyyy-mm-dd"
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return ""
    if known.kind in ("number", "share", "degrees") and known.decimals_read:
        percent = "%" if known.kind == "share" and not lang else ""
        return "0." + "0" * known.decimals_read + percent
    return "0" if known.kind == "year" else ""


def _cells(sheet: Any, values: pd.Series, style: Any) -> tuple[list[Any], Callable[..., Any], int]:
    """Return the cells of a column (``None`` where empty), what writes one, and its width."""
    there = values.notna()
    if pd.api.types.is_datetime64_any_dtype(values):
        serials = (values - _DAY_ZERO).dt.days.astype(object).where(there, None)
        return serials.tolist(), partial(_write_number, sheet, style), _NUMBER_WIDTH
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.astype(object).where(there, None).tolist()
        return numbers, partial(_write_number, sheet, style), _NUMBER_WIDTH
    known = zip(values.tolist(), there, strict=True)
    texts = [_in_workbook(str(value))[:_LONGEST_CELL] if given else None for value, given in known]
    return texts, sheet.write_string, max((len(cell) for cell in texts if cell), default=0)


def _in_workbook(words: str) -> str:
    """Return ``words`` for a string cell; an apostrophe of their own must not be taken for ours."""
    return words if as_written(words) == words else without_formula(words)


def _write_number(sheet: Any, style: Any, row: int, column: int, value: float) -> None:
    sheet.write_number(row, column, value, style)

"""Tables as Indonesian offices open them: CSV that Excel reads rightly, and XLSX.

A cell of text that begins like a formula is written so that no spreadsheet runs it: in CSV with an
apostrophe before it (OWASP, "CSV Injection"), in XLSX as a string cell, which is never evaluated.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

import pandas as pd

SEPARATORS = (",", ";")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST_COLUMN = 60
_DAY_ZERO = pd.Timestamp("1899-12-30")  # of a spreadsheet's serial numbers
_LONGEST_CELL = 32_767  # characters; Excel refuses a workbook with a longer one


def to_csv(table: pd.DataFrame, separator: str = ",") -> bytes:
    """Return ``table`` as CSV: UTF-8 with byte order mark, CRLF, ISO dates, text kept as text.

    With the separator ``;``, which Excel in Indonesian wants, numbers have a decimal comma.
    """
    return b"".join(csv_pieces([table], separator))


def csv_pieces(tables: Iterable[pd.DataFrame], separator: str = ",") -> Iterator[bytes]:
    """Return tables of the same columns as one CSV, as :func:`to_csv` writes it, piece by piece."""
    for place, table in enumerate(tables):
        body = _harmless(table).to_csv(
            index=False,
            header=place == 0,
            sep=separator,
            decimal="," if separator == ";" else ".",
            lineterminator="\r\n",
        )
        yield (b"" if place else _BYTE_ORDER_MARK) + body.encode("utf-8")


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    safe = table.copy()
    for name in safe.columns:
        if pd.api.types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(safe[name]):
            risky = safe[name].astype(str).str.startswith(_FORMULA_STARTS)
            safe[name] = safe[name].where(~risky, "'" + safe[name].astype(str))
    return safe


def harmless_text(words: str) -> str:
    """Return ``words`` so that no spreadsheet takes them for a formula."""
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words


def to_xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook with a sheet for each table: typed columns, frozen header, filter."""
    buffer = io.BytesIO()
    write_xlsx(buffer, sheets)
    return buffer.getvalue()


def write_xlsx(out: Path | IO[bytes], sheets: Mapping[str, pd.DataFrame]) -> None:
    """Write the workbook that :func:`to_xlsx` returns."""
    import xlsxwriter  # only when somebody asks for a workbook

    # Row by row, so that only one is held, which is faster, too.
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as workbook:
        header = workbook.add_format({"bold": True, "bg_color": "#e8eef0", "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for title, table in sheets.items():
            sheet = workbook.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            columns, writers = [], []
            for place, name in enumerate(table.columns):
                cells, write, width = _column(sheet, table[name], day)
                columns.append(cells)
                writers.append(write)
                sheet.set_column(place, place, min(max(len(name), width) + 2, _WIDEST_COLUMN))
                sheet.write_string(0, place, name, header)
            for row, line in enumerate(zip(*columns, strict=True), start=1):
                for place, cell in enumerate(line):
                    if cell is not None:
                        writers[place](row, place, cell)
            if len(table):
                sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _column(sheet: Any, values: pd.Series, day: Any) -> tuple[list[Any], Callable[..., Any], int]:
    """Return the cells of a column (``None`` where empty), what writes one, and its width."""
    there = values.notna()
    if pd.api.types.is_datetime64_any_dtype(values):
        serials = (values - _DAY_ZERO).dt.days.astype(object).where(there, None)
        return serials.tolist(), partial(_write_day, sheet, day), 10
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(object).where(there, None).tolist(), sheet.write_number, 10
    known = zip(values.tolist(), there, strict=True)
    texts = [str(value)[:_LONGEST_CELL] if given else None for value, given in known]
    return texts, sheet.write_string, max((len(one) for one in texts if one), default=0)


def _write_day(sheet: Any, day: Any, row: int, column: int, serial: float) -> None:
    sheet.write_number(row, column, serial, day)

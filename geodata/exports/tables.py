"""Tables as Indonesian offices open them: CSV that Excel reads rightly, and XLSX.

A cell of text that begins like a formula is written so that no spreadsheet runs it: in CSV with an
apostrophe before it (OWASP, "CSV Injection"), in XLSX as a string cell, which is never evaluated.
"""

import io
from collections.abc import Mapping

import pandas as pd

SEPARATORS = (",", ";")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST_COLUMN = 60


def to_csv(table: pd.DataFrame, separator: str = ",") -> bytes:
    """Return ``table`` as CSV: UTF-8 with byte order mark, CRLF, ISO dates, text kept as text.

    With the separator ``;``, which Excel in Indonesian wants, numbers have a decimal comma.
    """
    safe = table.copy()
    for name in safe.columns:
        if pd.api.types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(safe[name]):
            risky = safe[name].astype(str).str.startswith(_FORMULA_STARTS)
            safe[name] = safe[name].where(~risky, "'" + safe[name].astype(str))
    body = safe.to_csv(
        index=False,
        sep=separator,
        decimal="," if separator == ";" else ".",
        lineterminator="\r\n",
    )
    return b"\xef\xbb\xbf" + body.encode("utf-8")


def to_xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook with a sheet for each table: typed columns, frozen header, filter."""
    import xlsxwriter  # only when somebody asks for a workbook

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        header = workbook.add_format({"bold": True, "bg_color": "#e8eef0", "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for title, table in sheets.items():
            sheet = workbook.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                _write_column(sheet, column, name, table[name], header, day)
            if len(table):
                sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    return buffer.getvalue()


def _write_column(sheet, column, name, values, header, day) -> None:  # type: ignore[no-untyped-def]
    sheet.write_string(0, column, name, header)
    widest = len(name)
    dates = pd.api.types.is_datetime64_any_dtype(values)
    numbers = pd.api.types.is_numeric_dtype(values)
    for row, value in enumerate(values, start=1):
        if pd.isna(value):
            continue
        if dates:
            sheet.write_datetime(row, column, value.to_pydatetime(), day)
        elif numbers:
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))
        widest = max(widest, 10 if dates or numbers else len(str(value)))
    sheet.set_column(column, column, min(widest + 2, _WIDEST_COLUMN))

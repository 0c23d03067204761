"""Tables and their downloads, alike on every page."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.frame.markdown import say
from geodata.columns import Column, column
from geodata.exports.spreadsheets import to_csv, to_xlsx
from geodata.registry.fields import SEPARATOR
from geodata.text import number, text

ROWS_A_PAGE = 500
_SHOWN_OF_KIM = [
    "nomor_induk", "nama_kim", "kecamatan", "desa", "bidang", "status",
    "tanggal_terdaftar", "jumlah_anggota", "domain",
]  # fmt: skip


def show_table(table: pd.DataFrame, key: str, lang: str) -> None:
    """Draw ``table`` with headings in the reader's language, sortable by every column.

    A long table comes in pages that the server sorts, so that a slow line is not asked to carry
    tens of thousands of rows.
    """
    draw(page_of(table, key, lang), f"{key}-tabel", lang)


def draw(table: pd.DataFrame, key: str, lang: str, **options: Any) -> Any:
    """Draw ``table`` in one piece, categories in words, and return what is selected in it.

    ``options`` are of ``st.dataframe``.
    """
    columns = {name: column(str(name)) for name in table.columns}
    words = {
        name: [text(f"{known.words}.{value}", lang) for value in table[name]]
        for name, known in columns.items()
        if known.words
    }
    decimals = {name: known.decimals for name, known in columns.items() if known.kind == "number"}
    shown = table.assign(**words).round(decimals)
    return st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        column_config={name: _config(columns[name], table[name], lang) for name in table.columns},
        key=key,
        **options,
    )


def tickable(table: pd.DataFrame, key: str, lang: str) -> list[int]:
    """Draw ``table`` with a box to tick on every row; return the places of those ticked."""
    event = draw(table, key, lang, on_select="rerun", selection_mode="multi-row")
    return list(event["selection"]["rows"])


def kim_list(extract: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return an extract of KIM as people read it: its main columns, fields and status in words."""
    kim = extract[_SHOWN_OF_KIM].copy()
    kim["bidang"] = [
        ", ".join(text(f"bidang.{name}", lang) for name in names.split(SEPARATOR) if name)
        for names in kim["bidang"]
    ]
    kim["status"] = [text(f"status.{name}", lang) for name in kim["status"]]
    return kim


def _config(known: Column, values: pd.Series, lang: str):  # type: ignore[no-untyped-def]
    label = known.title(lang)
    if known.kind == "share":
        return st.column_config.NumberColumn(label, format="percent")
    if pd.api.types.is_datetime64_any_dtype(values):
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    if known.kind == "degrees":
        return st.column_config.NumberColumn(label, format=f"%.{known.decimals}f")
    if pd.api.types.is_bool_dtype(values):
        return st.column_config.CheckboxColumn(label)
    if known.kind == "year":
        return st.column_config.NumberColumn(label, format="%d")
    if pd.api.types.is_numeric_dtype(values):
        return st.column_config.NumberColumn(label, format="localized")
    return st.column_config.Column(label)


def page_of(table: pd.DataFrame, key: str, lang: str) -> pd.DataFrame:
    """Return ``table``, or of a long one the page that the widgets drawn here choose.

    It stays in its order unless a column to sort by is chosen.
    """
    if len(table) <= ROWS_A_PAGE:
        return table
    pages = -(-len(table) // ROWS_A_PAGE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sorted_by = st.selectbox(
            text("table.sort", lang),
            list(table.columns),
            index=None,
            placeholder=text("table.as_is", lang),
            format_func=lambda name: column(name).title(lang),
            key=f"{key}-urut",
            width=240,
        )
        falling = st.toggle(
            text("table.falling", lang), key=f"{key}-turun", disabled=sorted_by is None
        )
        page = st.number_input(
            say("table.page", lang, pages=number(pages, lang)),
            1,
            pages,
            key=f"{key}-halaman",
            width=200,
        )
    if sorted_by is not None:
        table = table.sort_values(sorted_by, ascending=not falling, kind="stable")
    first = (page - 1) * ROWS_A_PAGE
    return table.iloc[first : first + ROWS_A_PAGE]


def downloads(
    sheets: Callable[[], Mapping[str, pd.DataFrame]], name: str, lang: str, separator: str = ""
) -> None:
    """Draw buttons that download tables as CSV and XLSX; a file is made when it is asked for.

    Parameters
    ----------
    sheets
        Returns the tables by title: a sheet each in XLSX, the first alone as CSV.
    separator
        Of the CSV; by default the one that Excel wants in the reader's language.
    """
    mark = separator or text("download.separator", lang)
    st.download_button(
        text("download.csv", lang),
        lambda: to_csv(next(iter(sheets().values())), mark),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv-{name}",
    )
    st.download_button(
        text("download.xlsx", lang),
        lambda: to_xlsx(sheets()),
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/table:",
        on_click="ignore",
        key=f"xlsx-{name}",
    )

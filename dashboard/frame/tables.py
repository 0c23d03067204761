"""Tables and their downloads, alike on every page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import data
from dashboard.frame import paper
from dashboard.frame.markdown import say
from dashboard.workshop.kept import kept
from geodata.columns import NONE, Column, column
from geodata.exports.file_names import named
from geodata.exports.spreadsheets import to_csv, to_xlsx
from geodata.text import number, text
from geodata.view.view import View

ROWS_A_PAGE = 500
MOST_ON_PAPER = 5_000
"""Rows of a table that is printed whole: some 80 sheets."""
_DAY_WIDTH = 150  # pixels; Streamlit looks at the first rows only, where there may be no day
_NAMES = ("nama", "nama_kim")
"""They come first and stay in sight: on a phone one sees whose a figure is."""
_SHOWN_OF_KIM = [
    "nama_kim", "desa", "kecamatan", "bidang", "status", "tahap", "nomor_induk",
    "tanggal_terdaftar", "jumlah_anggota", "domain",
]  # fmt: skip


def show_table(table: pd.DataFrame, key: str, lang: str) -> None:
    """Draw ``table`` with headings in the reader's language, sortable by every column.

    A long table comes in pages that the server sorts, so that a slow line is not asked to carry
    tens of thousands of rows.
    """
    part = page_of(table, key, lang)
    draw(part.shown, f"{key}-tabel", lang, part.on_paper)


def draw(
    table: pd.DataFrame,
    key: str,
    lang: str,
    on_paper: pd.DataFrame | None = None,
    **options: Any,
) -> Any:
    """Draw ``table`` in one piece, categories in words, and return what is selected in it.

    Paper has ``on_paper`` if that is another one. ``options`` are of ``st.dataframe``.
    """
    written = kept(_written, table, lang)
    event = st.dataframe(
        written.styled(key),
        hide_index=True,
        width="stretch",
        column_config={name: _config(column(name), table[name], lang) for name in table.columns},
        key=key,
        placeholder=NONE,
        **options,
    )
    st.html(written.on_paper if on_paper is None else kept(_written, on_paper, lang).on_paper)
    return event


@dataclass(frozen=True, eq=False)
class _Written:
    """A table as it is drawn: for the screen with what stands in its cells, and for paper."""

    shown: pd.DataFrame
    cells: list[list[dict[str, str]]]
    on_paper: str

    def styled(self, key: str) -> Styler:
        """Return the table for Streamlit, alike each time: a browser that has it is not sent it."""
        styler = Styler(self.shown, uuid=key)
        # What pandas would make anew for each reader, cell by cell: a third of a rerun's time.
        styler._translate = lambda *_: {"body": self.cells}  # type: ignore[attr-defined]
        return styler


def _written(table: pd.DataFrame, lang: str) -> _Written:
    columns = {name: column(str(name)) for name in table.columns}
    told = {name: known.told(table[name], lang) for name, known in columns.items()}
    codes = [name for name, known in columns.items() if known.kind in ("word", "words")]
    shown = table.assign(**{name: told[name] for name in codes})
    figures = {name for name in table.columns if _is_figure(table[name])}
    in_words = figures | {name for name in table.columns if _is_day(table[name])}
    cells = [
        [
            {"id": f"row{row}_col{place}", "display_value": told[name][row]}
            for row in np.flatnonzero(shown[name].isna() | shown[name].eq("") | (name in in_words))
        ]
        for place, name in enumerate(shown.columns)
    ]
    on_paper = paper.table(
        [
            paper.Column(known.title(lang), told[name], is_figure=name in figures)
            for name, known in columns.items()
        ]
    )
    return _Written(shown, cells, on_paper)


def tickable(table: pd.DataFrame, key: str, lang: str) -> list[int]:
    """Draw ``table`` with a box to tick on every row; return the places of those ticked."""
    event = draw(table, key, lang, on_select="rerun", selection_mode="multi-row")
    return list(event["selection"]["rows"])


def kim_list(extract: pd.DataFrame) -> pd.DataFrame:
    """Return the main columns of an extract of KIM."""
    return extract[[name for name in _SHOWN_OF_KIM if name in extract]]


def _is_figure(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _is_day(values: pd.Series) -> bool:
    return pd.api.types.is_datetime64_any_dtype(values)


def _config(known: Column, values: pd.Series, lang: str):  # type: ignore[no-untyped-def]
    label = known.title(lang)
    if _is_day(values):
        return st.column_config.DateColumn(label, width=_DAY_WIDTH)
    if pd.api.types.is_bool_dtype(values):
        return st.column_config.CheckboxColumn(label)
    return st.column_config.Column(label, pinned=known.name in _NAMES)


@dataclass(frozen=True)
class Sheet:
    """What of a table is shown; on paper the same, unless there is something else for it."""

    shown: pd.DataFrame
    on_paper: pd.DataFrame | None = None


def page_of(table: pd.DataFrame, key: str, lang: str) -> Sheet:
    """Return ``table``, or of a long one the page that the widgets drawn here choose.

    It stays in its order unless a column to sort by is chosen. Paper has the page, too, until the
    whole is asked for: no reader is sent thousands of rows that nobody prints.
    """
    if len(table) <= ROWS_A_PAGE:
        return Sheet(table)
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
        is_printed_whole = st.toggle(
            text("table.print_whole", lang),
            key=f"{key}-cetak",
            help=say("table.print_help", lang, most=number(MOST_ON_PAPER, lang)),
        )
    if sorted_by is not None:
        table = table.sort_values(sorted_by, ascending=not falling, kind="stable")
    first = (page - 1) * ROWS_A_PAGE
    shown = table.iloc[first : first + ROWS_A_PAGE]
    printed, skipped = (table.iloc[:MOST_ON_PAPER], 0) if is_printed_whole else (shown, first)
    if len(printed) < len(table):
        rows = {
            "dari": number(skipped + 1, lang),
            "sampai": number(skipped + len(printed), lang),
            "jumlah": number(len(table), lang),
        }
        paper.note(text("paper.rows", lang, **rows))
    return Sheet(shown, printed if is_printed_whole else None)


def downloads(sheets: Callable[[], Mapping[str, pd.DataFrame]], subject: str, view: View) -> None:
    """Draw buttons that download tables as people read them, under a name that tells what it is.

    Parameters
    ----------
    sheets
        Returns the tables by title: a sheet each in XLSX, the first alone as CSV.
    subject
        What they are about, of the region and the filter of ``view``.
    """
    downloads_named(
        sheets, named(subject, view.region, view.kim_filter, data.snapshot(view)), view.lang
    )


def downloads_named(sheets: Callable[[], Mapping[str, pd.DataFrame]], name: str, lang: str) -> None:
    """Draw the same for tables that are of no view, under a name of their own."""
    _buttons(sheets, name, lang, readable_in=lang)


def downloads_as_they_are(
    sheets: Callable[[], Mapping[str, pd.DataFrame]], name: str, lang: str
) -> None:
    """Draw the same for tables whose headings and cells are to be read again as they stand."""
    _buttons(sheets, name, lang)


def _buttons(
    sheets: Callable[[], Mapping[str, pd.DataFrame]], name: str, lang: str, readable_in: str = ""
) -> None:
    """Draw the buttons; a file is made when it is asked for."""
    separator = text("download.separator", lang)  # which Excel wants in the reader's language
    st.download_button(
        text("download.csv", lang),
        lambda: to_csv(next(iter(sheets().values())), separator, readable_in),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv-{name}",
    )
    st.download_button(
        text("download.xlsx", lang),
        lambda: to_xlsx(sheets(), readable_in),
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/table:",
        on_click="ignore",
        key=f"xlsx-{name}",
    )

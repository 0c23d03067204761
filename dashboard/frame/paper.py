"""What a page is on paper: its tables in full, and what each sheet says of itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import escape

from dashboard import data
from dashboard.frame import state
from geodata.lines import on_one_line
from geodata.text import in_language, text
from geodata.view.view import View
from geodata.view.words import data_date_in_words

_WIDE = 10  # columns; a table of more has smaller letters
_PLAIN = re.compile(r"[^A-Za-z0-9 ,./-]")


def sheets(heading: str, view: View) -> None:
    """Say at the head and foot of each sheet what it shows, as of when, of what data and where."""
    snapshot, lang = data.snapshot(view), view.lang
    of_data = [in_language(sidecar.description, lang) for sidecar in snapshot.sources]
    sources = text("paper.source", lang, sumber="; ".join([*of_data, data.attribution(lang)]))
    as_of = data_date_in_words(snapshot, lang)
    boxes = {
        "top-left": _quoted(f"{text('app.title', lang)} · {heading}"),
        "top-right": _quoted(as_of),
        "bottom-left": f'{_quoted(sources)} "\\A" {_quoted(state.link())}',
    }
    rules = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    st.html(f"<style>@page{{{rules}}}</style>")


def _quoted(words: str) -> str:
    """Return ``words`` as a string of CSS, which neither it nor HTML can end."""
    return '"' + _PLAIN.sub(lambda mark: f"\\{ord(mark[0]):x} ", words) + '"'


@dataclass(frozen=True)
class Column:
    """A column of a table: heading and cells, as they are written."""

    heading: str
    cells: Sequence[str]
    is_figure: bool


def note(words: str) -> None:
    """Say something on paper only."""
    st.html(f'<p class="kertas">{_safe(words)}</p>')


def table(columns: Sequence[Column]) -> str:
    """Return a table that only paper shows: on screen a canvas does, which prints in part."""
    marks = [" class=angka" if column.is_figure else "" for column in columns]
    head = "".join(
        f"<th{mark}>{_safe(column.heading)}" for mark, column in zip(marks, columns, strict=True)
    )
    rows = zip(*(column.cells for column in columns), strict=True)
    body = "".join(
        "<tr>" + "".join(f"<td{mark}>{_safe(cell)}" for mark, cell in zip(marks, row, strict=True))
        for row in rows
    )
    wide = " lebar" if len(columns) > _WIDE else ""
    return f'<table class="kertas{wide}"><thead><tr>{head}<tbody>{body}</table>'


def _safe(words: str) -> str:
    return escape(on_one_line(words))

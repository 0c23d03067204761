"""Bringing in a table of an indicator: what it is, what becomes of each row, and keeping it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing
from dashboard.frame.markdown import say, show_error
from dashboard.indikator import said_of_it
from dashboard.indikator.tables_in_use import download_report, show_rejected
from geodata.errors import PetaKimError
from geodata.indicators.combining import left_without
from geodata.indicators.current import figures
from geodata.indicators.defining import Said, defined
from geodata.indicators.reading import Prepared, prepare
from geodata.indicators.storing import keep
from geodata.people.rights import Right
from geodata.registry.intake.column_preview import preview_columns
from geodata.text import number, text

KINDS = ["xlsx", "xls", "xlsb", "ods", "csv", "tsv", "txt"]
_MOST_MB = 50
_READ = "indikator-terbaca"

Asked = tuple[str, Said, str, bool]
"""What was read: the file, what is said of it, the column of its values, whether in percent."""


def draw(lang: str) -> None:
    """Draw the form, and what was read, as long as it is still what the form says."""
    st.markdown(text("indikator.bring.lead", lang))
    file = st.file_uploader(
        text("indikator.bring.file", lang),
        type=KINDS,
        max_upload_size=_MOST_MB,
        key="indikator-berkas",
    )
    if file is None:
        st.session_state.pop(_READ, None)
        return
    try:
        headers = _headers(file.file_id, file)
    except PetaKimError as error:
        show_error(error, lang)
        return
    said, column, percent = said_of_it.draw(headers, lang)
    asked = file.file_id, said, column, percent
    if st.button(text("indikator.bring.check", lang), icon=":material/table_view:"):
        st.session_state[_READ] = asked, _checked(file, asked, lang)
    read = st.session_state.get(_READ)
    if read and read[0] == asked and read[1] is not None:
        _show(read[1], lang)


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[Path]:
    """Give an uploaded file as one in a folder of its own, which goes afterwards."""
    # Of the name that the browser sent only the last part is used, so it leads nowhere else.
    name = Path(getattr(file, "name", "").replace("\\", "/")).name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        file.seek(0)
        path.write_bytes(file.read())
        yield path


@st.cache_data(max_entries=8, show_spinner=False)
def _headers(file_id: str, _file: IO[bytes]) -> dict[str, str]:  # noqa: ARG001 - the key
    """Return the headers of a file, each with the part of a place that it is taken for, or ""."""
    with _on_disk(_file) as path:
        columns = preview_columns(path, of_places=True).columns
    return dict(zip(columns["header"], columns["field"], strict=True))


def _checked(file: IO[bytes], asked: Asked, lang: str) -> Prepared | None:
    """Read the file as the form says; ``None``, and told why, where that cannot be."""
    _, said, column, percent = asked
    bar = st.progress(0.0, text("step.reading", lang))

    def report(step: str, share: float) -> None:
        key = {"Reading": "reading", "Places": "regions"}[step]
        bar.progress(min(share, 1.0), text(f"step.{key}", lang))

    try:
        indicator = defined(said, figures())
        with _on_disk(file) as path:
            return prepare(
                path, indicator, data.gazetteer(), column=column, percent=percent, progress=report
            )
    except PetaKimError as error:
        show_error(error, lang)
        return None
    finally:
        bar.empty()


def _show(prepared: Prepared, lang: str) -> None:
    """Draw what becomes of the rows, and the button that keeps them."""
    told = {"baris": number(len(prepared.rows), lang), "nilai": number(prepared.accepted, lang)}
    st.markdown(say("indikator.bring.read", lang, **told))
    for notice in prepared.notices:
        st.warning(say(f"notice.{notice.key}", lang, **notice.values), icon=":material/warning:")
    lost, year = left_without(prepared, figures(), data.gazetteer())
    if lost:
        jumlah = number(lost, lang)
        st.warning(
            say("indikator.bring.lost", lang, jumlah=jumlah, tahun=year), icon=":material/warning:"
        )
    own, rows = prepared.indicator, prepared.rows
    show_rejected(rows[rows["reason"] != ""], own, "indikator-baru", lang)
    with st.container(horizontal=True):
        st.button(
            say("indikator.bring.keep", lang, nilai=told["nilai"]),
            type="primary",
            icon=":material/check:",
            disabled=not prepared.accepted,
            on_click=doing.guarded,
            args=(_keep, prepared, lang),
        )
        download_report(lambda: rows, own, "indikator-baru", lang)


def _keep(prepared: Prepared, lang: str) -> str:
    with permission.acting(Right.INDIKATOR) as who:
        kept = keep(data.registry(), prepared, who=who)
    st.session_state.pop(_READ, None)
    st.session_state["indikator-masukan"] = kept
    told = {"nilai": number(prepared.accepted, lang), "nama": prepared.indicator.name(lang)}
    return say("indikator.bring.news", lang, **told)

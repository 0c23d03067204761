"""The tables of indicators on the page Indikator, and what became of one that was brought in."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing, tables
from dashboard.frame.markdown import say
from geodata.indicators import storing
from geodata.indicators.current import figures
from geodata.indicators.indicator import Indicator
from geodata.indicators.listing import known_imports, list_tables, report_table
from geodata.indicators.storing import Import
from geodata.people.rights import Right
from geodata.text import number, text
from geodata.view.words import level_name

_FOR_KEEPERS = ["berkas", "oleh", "waktu", "nomor_masukan"]


def draw(lang: str) -> None:
    """Draw all tables; for who may, those that were brought in with their rows."""
    brought = known_imports()
    listed = list_tables(figures(), brought, lang)
    keeps = permission.may(Right.INDIKATOR)
    if not keeps or not brought:
        listed = listed.drop(columns=_FOR_KEEPERS)
    tables.show_table(listed, "indikator-semua", lang)
    if keeps and brought:
        st.header(text("indikator.one.heading", lang))
        _one(brought, lang)


def _one(brought: Sequence[Import], lang: str) -> None:
    by_number = {kept.id: kept for kept in brought}
    chosen = st.selectbox(
        text("indikator.one.which", lang),
        list(by_number),
        format_func=lambda number: _name(by_number[number], lang) if number in by_number else "",
        key="indikator-masukan",
    )
    kept = by_number.get(chosen)
    if kept is None:
        return
    told = {"baris": number(kept.rows, lang), "nilai": number(kept.accepted, lang)}
    st.markdown(say("indikator.one.rows", lang, **told, berkas=kept.file_name))
    registry = data.registry()
    rejected = storing.rows_of(registry, kept.id, rejected=True)
    show_rejected(rejected, kept.indicator, f"indikator-{kept.id}", lang)
    with st.container(horizontal=True):
        download_report(
            lambda: storing.rows_of(registry, kept.id), kept.indicator, f"indikator-{kept.id}", lang
        )
        name = "remove" if kept.in_force else "restore"
        doing.confirmed(
            text(f"indikator.one.{name}", lang),
            text(f"indikator.one.{name}_sure", lang),
            _change,
            name,
            kept.id,
            lang,
            key=f"indikator-{name}-{kept.id}",
            icon=":material/undo:" if kept.in_force else ":material/redo:",
        )


def show_rejected(rejected: pd.DataFrame, own: Indicator, key: str, lang: str) -> None:
    """Draw the rows of a file that give no value, if there are any."""
    if len(rejected):
        report = report_table(rejected, own, data.gazetteer(), lang)
        shown = report.drop(columns=["lembar", "dibaca"])
        st.caption(text("indikator.rejected", lang))
        tables.show_table(shown.reset_index(drop=True), key, lang)


def download_report(rows: Callable[[], pd.DataFrame], own: Indicator, name: str, lang: str) -> None:
    """Draw the buttons for what became of each row of a file; it is made when it is asked for."""

    def sheets() -> dict[str, pd.DataFrame]:
        report = report_table(rows(), own, data.gazetteer(), lang)
        return {text("indikator.report", lang): report}

    tables.downloads_named(sheets, name, lang)


def _name(kept: Import, lang: str) -> str:
    own = kept.indicator
    about = f"{kept.id}. {own.name(lang)}, {level_name(own.level, lang)}, {own.year}"
    return about if kept.in_force else f"{about} ({text('indicator_state.out', lang)})"


def _change(name: str, number_of_import: int, lang: str) -> str:
    change = storing.take_out if name == "remove" else storing.put_back
    with permission.acting(Right.INDIKATOR) as who:
        change(data.registry(), number_of_import, who=who)
    return say(f"indikator.one.{name}_news", lang, nomor=number_of_import)

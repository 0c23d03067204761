"""The honest list: where no KIM passes, with a map beside it; and who has not reported."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import rows_behind, state, tables
from dashboard.frame.markdown import literal, part_of, say
from dashboard.kesenjangan.gaps_settings import GAPS, UNITS, GapsSettings
from dashboard.kesenjangan.level import choose_level
from dashboard.map import panel
from dashboard.workshop import waiting
from dashboard.workshop.kept import kept
from geodata.analysis.gaps import regions_unreported, regions_without_kim
from geodata.analysis.region_metrics import is_unreported
from geodata.text import text
from geodata.view.conditions import notes_on, regions_meeting
from geodata.view.view import View
from geodata.view.words import level_name


def draw(view: View, settings: GapsSettings) -> None:
    """Draw how many regions have no KIM, and which: as a list, and beside it on a map."""
    lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
    snapshot = data.snapshot(view)
    meeting = {
        level: kept(regions_meeting, view.conditions, snapshot, kim_filter, level, scope)
        for level in UNITS
        if level in view.levels
    }
    gaps = {
        level: _of_those(kept(regions_without_kim, snapshot, kim_filter, level, scope), regions)
        for level, regions in meeting.items()
    }
    unreported = kept(regions_unreported, snapshot, scope)
    with st.container(horizontal=True):
        for level, empty in gaps.items():
            size = int((~is_unreported(meeting[level])).sum())
            st.metric(
                say("kesenjangan.count", lang, tingkat=level_name(level, lang)),
                part_of(len(empty), size, lang),
                border=True,
            )
    shown = choose_level(view, UNITS)
    level = shown.shown_level
    for note in notes_on(view.conditions, level, lang):
        st.caption(literal(note))
    empty = gaps[level]
    with st.container(key="daftar-peta", horizontal=True):
        with st.container(key="daftar"):
            if empty.empty:
                key = "kesenjangan.no_gap_reported" if len(unreported) else "kesenjangan.no_gap"
                st.success(say(key, lang, tingkat=level_name(level, lang)))
            else:
                _choosable(empty, f"kosong-{level}", lang)
                _downloads(empty, f"tanpa-kim-{level}", view)
        with st.container(key="daftar-di-peta"):
            drawn = waiting.shown(replace(shown, metric="cakupan", petak=False))
            if settings.pilih in set(empty["kode"]):
                drawn = drawn.pointing_at(settings.pilih)
            panel.draw(drawn, key="peta-daftar")
    if len(unreported):
        st.header(text("legend.not_reported", lang))
        rows_behind.opening_table(unreported, "belum-melapor", lang)
        _downloads(unreported, "belum-melapor", view)


def _of_those(empty: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``empty`` that are of ``regions``."""
    return empty[empty["kode"].isin(regions["kode"])].reset_index(drop=True)


def _choosable(empty: pd.DataFrame, key: str, lang: str) -> None:
    """Draw a list of regions; the map points at the one that is chosen."""
    with st.container(key=f"layar-saja-{key}"):
        st.caption(text("kesenjangan.choose", lang))
    part = tables.page_of(empty, key, lang)

    def follow() -> None:
        rows = st.session_state[f"{key}-sel"]["selection"]["rows"]
        code = str(part.shown["kode"].iloc[rows[0]]) if rows else ""
        state.set_own(GAPS, replace(state.own(GAPS), pilih=code))

    tables.draw(
        part.shown,
        f"{key}-sel",
        lang,
        part.on_paper,
        on_select=follow,
        selection_mode="single-row",
    )


def _downloads(listed: pd.DataFrame, subject: str, view: View) -> None:
    with st.container(horizontal=True):
        title = text("celah.daftar", view.lang)
        tables.downloads(lambda: {title: listed}, subject, view.at(view.scope))

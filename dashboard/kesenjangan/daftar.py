"""The honest list: the kecamatan and the desa in which no KIM passes the filter."""

import streamlit as st

from dashboard import data
from dashboard.frame import rows_behind, tables
from dashboard.frame.markdown import part_of, say
from dashboard.kesenjangan.gaps_settings import GapsSettings
from geodata.analysis.gaps import regions_without_kim
from geodata.regions import Level, level_of
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import level_name


def draw(view: View, _: GapsSettings) -> None:
    """Draw how many regions have no KIM, and which."""
    lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
    snapshot, gazetteer = data.snapshot(), data.gazetteer()
    in_kecamatan = scope is not None and level_of(scope) is Level.KECAMATAN
    levels = [Level.DESA] if in_kecamatan else [Level.KECAMATAN, Level.DESA]
    gaps = {level: regions_without_kim(snapshot, kim_filter, level, scope) for level in levels}
    with st.container(horizontal=True):
        for level, empty in gaps.items():
            part = gazetteer.within(level, scope)
            size = part.stop - part.start
            st.metric(
                say("kesenjangan.count", lang, tingkat=level_name(level, lang)),
                part_of(len(empty), size, lang),
                border=True,
            )
    titles = {level: text(f"level_title.{level}", lang) for level in gaps}
    tabs = st.tabs(list(titles.values()), default=titles.get(view.shown_level))
    for tab, (level, empty) in zip(tabs, gaps.items(), strict=True):
        with tab:
            if empty.empty:
                st.success(say("kesenjangan.no_gap", lang, tingkat=level_name(level, lang)))
                continue
            rows_behind.opening_table(empty, f"kosong-{level}", lang)
            name = f"tanpa-kim-{level}-{scope or 'indonesia'}"
            sheets = {text(f"level_title.{level}", lang).replace("/", "-"): empty}
            with st.container(horizontal=True):
                tables.downloads(sheets.copy, name, lang)

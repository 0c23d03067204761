"""The honest list: kecamatan and desa in which no KIM passes, and who has not reported."""

import streamlit as st

from dashboard import data
from dashboard.frame import rows_behind, tables
from dashboard.frame.markdown import part_of, say
from dashboard.kesenjangan.gaps_settings import GapsSettings
from geodata.analysis.gaps import regions_unreported, regions_without_kim
from geodata.analysis.region_metrics import reported_regions
from geodata.regions import Level, level_of
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import level_name


def draw(view: View, _: GapsSettings) -> None:
    """Draw how many regions have no KIM, and which."""
    lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
    snapshot = data.snapshot()
    in_kecamatan = scope is not None and level_of(scope) is Level.KECAMATAN
    levels = [Level.DESA] if in_kecamatan else [Level.KECAMATAN, Level.DESA]
    gaps = {level: regions_without_kim(snapshot, kim_filter, level, scope) for level in levels}
    unreported = regions_unreported(snapshot, scope)
    with st.container(horizontal=True):
        for level, empty in gaps.items():
            size = reported_regions(snapshot, level, scope)
            st.metric(
                say("kesenjangan.count", lang, tingkat=level_name(level, lang)),
                part_of(len(empty), size, lang),
                border=True,
            )
    lists = {level.value: (text(f"level_title.{level}", lang), gaps[level]) for level in gaps}
    if len(unreported):
        lists["belum-melapor"] = text("legend.not_reported", lang), unreported
    shown = text(f"level_title.{view.shown_level}", lang)
    titles = [title for title, _ in lists.values()]
    tabs = st.tabs(titles, default=shown if shown in titles else None)
    for tab, (name, (title, listed)) in zip(tabs, lists.items(), strict=True):
        with tab:
            if listed.empty:
                key = "kesenjangan.no_gap_reported" if len(unreported) else "kesenjangan.no_gap"
                st.success(say(key, lang, tingkat=level_name(Level(name), lang)))
                continue
            rows_behind.opening_table(listed, f"kosong-{name}", lang)
            file_name = f"tanpa-kim-{name}-{scope or 'indonesia'}"
            sheets = {title.replace("/", "-"): listed}
            with st.container(horizontal=True):
                tables.downloads(sheets.copy, file_name, lang)

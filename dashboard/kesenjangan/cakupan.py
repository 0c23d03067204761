"""Coverage with honesty about small numbers: raw share, estimate, interval, too few to rank."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.charts import comparisons, drawing
from dashboard.frame import rows_behind, tables, widgets
from dashboard.frame.markdown import part_of, say
from dashboard.kesenjangan.gaps_settings import GAPS, GapsSettings
from dashboard.kesenjangan.level import ABOVE_DESA, choose_level
from dashboard.workshop.kept import kept
from geodata.analysis.coverage import INTERVAL, coverage_by_kind, coverage_by_region
from geodata.analysis.region_metrics import is_unreported
from geodata.regions import Level
from geodata.text import number, percent, text
from geodata.view.view import View
from geodata.view.words import level_name, nothing_in_words

_DRAWN_AT_MOST = 40


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the estimates of the regions at the chosen level, and coverage by kind of desa."""
    lang, kim_filter, snapshot = view.lang, view.kim_filter, data.snapshot(view)
    st.markdown(say("celah.coverage_lead", lang, peluang=percent(INTERVAL, lang, 0)))
    shown = choose_level(view, ABOVE_DESA)
    level, scope = shown.shown_level, shown.scope
    apart = level is Level.KABUPATEN_KOTA and _choose_apart(settings, lang)
    table = kept(coverage_by_region, snapshot, kim_filter, level, scope, kota_apart=apart)
    known = table[~is_unreported(table)]
    _figures(known, level_name(level, lang), lang)

    lowest = known.sort_values(["cakupan_eb", "jumlah_desa"], ascending=[True, False])
    if not known["desa_terlayani"].any():
        st.info(nothing_in_words("celah.no_kim", kim_filter, lang), icon=":material/info:")
    if len(lowest) > _DRAWN_AT_MOST:
        lowest = lowest[lowest["dapat_diperingkat"]].head(_DRAWN_AT_MOST)
        drawn = number(len(lowest), lang)
        st.caption(say("celah.lowest_drawn", lang, jumlah=drawn, tingkat=level_name(level, lang)))
    if len(lowest):
        drawing.draw(comparisons.intervals, lowest, lang, alt=text("celah.coverage_alt", lang))
    rows_behind.opening_table(table, f"cakupan-{level}", lang)
    with st.container(horizontal=True):
        title = text("celah.cakupan", lang)
        tables.downloads(lambda: {title: table}, f"cakupan-{level}", view.at(scope))

    st.header(text("celah.by_kind", lang))
    kinds = kept(coverage_by_kind, snapshot, kim_filter, view.scope)
    tables.show_table(kinds, "jenis", lang)
    with st.container(horizontal=True):
        kind = text("column.jenis", lang)
        tables.downloads(lambda: {kind: kinds}, "cakupan-jenis", view.at(view.scope))


def _choose_apart(settings: GapsSettings, lang: str) -> bool:
    return st.toggle(
        text("celah.kota_apart", lang),
        **widgets.bound_own(
            GAPS, "pisah", settings.pisah, lambda own, apart: replace(own, pisah=apart)
        ),
    )


def _figures(table, regions: str, lang: str) -> None:  # type: ignore[no-untyped-def]
    ranked = int(table["dapat_diperingkat"].sum())
    with st.container(horizontal=True):
        st.metric(
            say("celah.ranked_count", lang, tingkat=regions), number(ranked, lang), border=True
        )
        st.metric(text("celah.too_few", lang), number(len(table) - ranked, lang), border=True)
        if "kecamatan_terlayani" in table:
            served, every = table["kecamatan_terlayani"].sum(), table["jumlah_kecamatan"].sum()
            st.metric(
                text("column.kecamatan_terlayani", lang),
                part_of(served, every, lang),
                border=True,
            )

"""How far desa are from the nearest KIM."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.charts import curves, drawing
from dashboard.frame import rows_behind, tables, widgets
from dashboard.frame.markdown import say
from dashboard.kesenjangan.gaps_settings import GAPS, GapsSettings
from dashboard.kesenjangan.level import choose_level
from dashboard.workshop.kept import kept
from geodata.analysis.distance import (
    THRESHOLDS_KM,
    distance_by_region,
    distance_histogram,
    distances,
)
from geodata.regions import LEVELS
from geodata.text import number, percent, text
from geodata.view.view import View
from geodata.view.words import level_name, nothing_in_words


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the distribution of distances, the regions summed up, and the farthest desa."""
    lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
    st.markdown(text("celah.distance_lead", lang))
    same_island = st.toggle(
        text("celah.same_island", lang),
        help=text("celah.same_island_help", lang),
        **widgets.bound_own(
            GAPS, "sepulau", settings.sepulau, lambda own, on: replace(own, sepulau=on)
        ),
    )
    desa = kept(distances, data.snapshot(view), kim_filter, scope, same_island=same_island)
    km = desa["jarak_km"].to_numpy()
    known = desa["jarak_km"].dropna()
    if known.empty:
        st.info(nothing_in_words("celah.no_distance", kim_filter, lang), icon=":material/info:")
        return
    with st.container(horizontal=True):
        median = say("celah.km", lang, km=number(known.median(), lang, 1))
        st.metric(text("celah.median", lang), median, border=True)
        for limit in THRESHOLDS_KM:
            farther = int((known > limit).sum())
            st.metric(
                say("celah.farther", lang, batas=number(limit, lang)),
                percent(farther / len(known), lang),
                say("celah.desa_count", lang, jumlah=number(farther, lang)),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
    if len(known) < len(desa):
        unknown = number(len(desa) - len(known), lang)
        key = "celah.no_kim_ashore" if same_island else "profil.jarak_tak_diketahui"
        st.caption(say(key, lang, jumlah=unknown))

    histogram = distance_histogram(km)
    left, right = st.columns(2)
    with left:
        st.header(text("celah.cumulative", lang))
        drawing.draw(
            curves.cumulative, km, THRESHOLDS_KM, lang, alt=text("celah.cumulative_alt", lang)
        )
    with right:
        st.header(text("celah.histogram", lang))
        drawing.draw(
            curves.distance_classes, histogram, lang, alt=text("celah.histogram_alt", lang)
        )
    with st.expander(text("celah.histogram_table", lang)):
        tables.show_table(histogram, "kelas-jarak", lang)

    st.header(text("celah.farthest", lang))
    rows_behind.opening_table(desa, "terjauh", lang)
    st.header(text("celah.by_region", lang))
    shown = choose_level(view, LEVELS[:-1]) if len(view.levels) > 1 else view
    level = shown.shown_level
    table = kept(
        distance_by_region,
        data.snapshot(view),
        kim_filter,
        level,
        shown.scope,
        same_island=same_island,
    )
    rows_behind.opening_table(table, f"jarak-{level}", lang)
    with st.container(horizontal=True):
        sheets = {
            text("celah.farthest", lang): desa,
            level_name(level, lang).replace("/", "-"): table,
        }
        tables.downloads(lambda: sheets, "jarak", view.at(scope))

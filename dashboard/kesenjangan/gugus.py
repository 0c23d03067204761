"""Clusters: where low coverage stands beside low coverage, more than chance would have it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.frame import rows_behind, tables
from dashboard.frame.markdown import say
from dashboard.kesenjangan import answers
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.kesenjangan.level import choose_level
from dashboard.map import panel
from dashboard.workshop import waiting
from geodata.analysis.clusters import (
    LEVELS,
    NO_NEIGHBOURS,
    NOT_DRAWN,
    NOT_REPORTED,
    PERMUTATIONS,
    SIGNIFICANCE,
)
from geodata.text import number, percent, text
from geodata.view.view import View
from geodata.view.words import level_name, nothing_in_words

_METRIC = "kelas"
_LISTED = [
    "kode", "nama", "kelas", "jumlah_desa", "desa_terlayani", "cakupan", "tetangga",
    "cakupan_tetangga", "fdr_moran",
]  # fmt: skip
_CAPTIONS = ("rendah_rendah", "rendah_tinggi", "tinggi_rendah", "tinggi_tinggi")


def draw(view: View, _: GapsSettings) -> None:
    """Draw the map of clusters, what it means in plain words, and the list."""
    lang, kim_filter = view.lang, view.kim_filter
    st.markdown(text("celah.clusters_lead", lang))
    of_clusters = replace(choose_level(view, LEVELS), metric=_METRIC, petak=False)
    level, scope = of_clusters.shown_level, of_clusters.scope
    regions = level_name(level, lang)
    with st.spinner(text("celah.clusters_wait", lang), show_time=True):
        clusters = answers.clusters_in(view, level, scope)
    if pd.isna(clusters.moran):
        st.info(nothing_in_words("celah.no_clusters", kim_filter, lang), icon=":material/info:")
        return
    chance = clusters.p_moran <= SIGNIFICANCE
    st.markdown(
        say(
            "celah.moran_together" if chance and clusters.moran > 0 else "celah.moran_chance",
            lang,
            moran=number(clusters.moran, lang, 2),
            p=number(clusters.p_moran, lang, 4),
            tingkat=regions,
        )
    )
    panel.draw(waiting.shown(of_clusters), key="peta-gugus")
    _in_words(clusters.table, regions, lang)
    named = clusters.table[clusters.table["kelas"].isin(_CAPTIONS)].sort_values(
        ["kelas", "fdr_moran"], kind="stable"
    )
    if named.empty:
        st.info(text("summary.no_category", lang), icon=":material/info:")
    else:
        st.header(text("celah.significant", lang))
        rows_behind.opening_table(named[_LISTED], f"gugus-nyata-{level}", lang)
    with st.expander(say("celah.all_regions", lang, tingkat=regions)):
        rows_behind.opening_table(clusters.table, f"gugus-{level}", lang)
    with st.container(horizontal=True):
        tables.downloads(
            lambda: {text("celah.gugus", lang): clusters.table}, f"gugus-{level}", view.at(scope)
        )
    with st.expander(text("celah.method", lang)):
        st.markdown(
            say(
                "celah.clusters_method",
                lang,
                permutasi=number(PERMUTATIONS, lang),
                batas=percent(SIGNIFICANCE, lang, 0),
            )
        )


def _in_words(table: pd.DataFrame, regions: str, lang: str) -> None:
    counts = table["kelas"].value_counts()
    lines = [
        f"- **{text(f'klaster.{name}', lang)}** ({number(counts[name], lang)} {regions}): "
        + text(f"celah.meaning.{name}", lang)
        for name in (*_CAPTIONS, "tidak_nyata", NO_NEIGHBOURS, NOT_DRAWN, NOT_REPORTED)
        if counts.get(name, 0)
    ]
    st.markdown("\n".join(lines))

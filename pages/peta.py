"""Peta: the choropleth, from provinsi down to desa, with its text twin."""

from dataclasses import replace

import streamlit as st

from dashboard import controls, data, map_panel, rows_behind, state, tables, waiting, widgets
from dashboard.markdown import literal, say
from geodata.analysis.metrics import METRICS, totals
from geodata.exports.extracts import kim_extract
from geodata.regions import Level, level_of
from geodata.text import text
from geodata.wording import level_name, region_title, summary

selection = state.current()
lang, level = selection.bahasa, selection.shown_level
metric, snapshot, boundaries = selection.shown_metrik, data.snapshot(), data.boundaries()
metrics = waiting.figures(metric, selection.kim_filter, level, selection.scope)

widgets.breadcrumb(selection)
controls.display(selection)
if metric != selection.metrik:
    st.info(
        say(
            "peta.metric_elsewhere",
            lang,
            metrik=text(f"metrik.{selection.metrik}", lang),
            tingkat=level_name(level, lang),
        ),
        icon=":material/info:",
    )
map_panel.draw(selection, metrics)

in_words = summary(
    snapshot.gazetteer,
    metrics,
    totals(snapshot, selection.kim_filter, selection.wilayah),
    code=selection.wilayah,
    level=level,
    metric=metric,
    kim_filter=selection.kim_filter,
    lang=lang,
)
st.markdown(literal(in_words))
if boundaries.approximate:
    st.caption(f":material/straighten: {text('app.approximate', lang)}")

if selection.wilayah and level_of(selection.wilayah) is Level.DESA:
    st.subheader(
        say("peta.kim_here", lang, wilayah=region_title(data.gazetteer(), selection.wilayah, lang))
    )
    here = kim_extract(snapshot, selection.kim_filter, selection.wilayah)
    if here.empty:
        st.info(text("peta.no_kim_here", lang), icon=":material/info:")
    else:
        tables.show_table(tables.kim_list(here, lang), "kim", lang)

st.subheader(say("peta.table", lang, tingkat=text(f"level.{level}", lang)))
# The basic metrics keep their places: a table that stays the same is not sent again.
further = [] if metric in METRICS else [metric]
listed = metrics[list(dict.fromkeys(["kode", "nama", *further, *metrics.columns]))]
rows_behind.opening_table(listed, f"wilayah-{level}", lang)
with st.container(horizontal=True, vertical_alignment="center"):
    name = f"kim-{level}-{selection.scope or 'indonesia'}"
    tables.downloads(lambda: {text("column.wilayah", lang): listed}, name, lang)
    st.page_link(
        "../pages/unduh.py",
        label=text("peta.more_downloads", lang),
        query_params=replace(selection, level=None).to_params(),
        icon=":material/table_view:",
    )

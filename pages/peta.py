"""Peta: the choropleth, from provinsi down to desa, with its text twin."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame import rows_behind, state, tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.map import panel
from dashboard.peta import controls
from dashboard.workshop import waiting
from geodata.exports.extracts import kim_extract
from geodata.regions import Level, level_of
from geodata.text import text
from geodata.view.address import VIEW
from geodata.view.metrics import METRICS
from geodata.view.words import level_name, region_title

view = state.current()
lang, level, snapshot = view.lang, view.shown_level, data.snapshot()
shown = waiting.shown(view)
metric = shown.layer.metric

widgets.breadcrumb(view)
controls.display(view)
if metric.name != view.metric:
    st.info(
        say(
            "peta.metric_elsewhere",
            lang,
            metrik=METRICS[view.metric].title(lang),
            tingkat=level_name(level, lang),
        ),
        icon=":material/info:",
    )
panel.draw(shown)
st.markdown(literal(shown.sentence))
if data.boundaries().approximate:
    st.caption(f":material/straighten: {text('app.approximate', lang)}")

if view.region and level_of(view.region) is Level.DESA:
    st.subheader(
        say("peta.kim_here", lang, wilayah=region_title(data.gazetteer(), view.region, lang))
    )
    here = kim_extract(snapshot, view.kim_filter, view.region)
    if here.empty:
        st.info(text("peta.no_kim_here", lang), icon=":material/info:")
    else:
        tables.show_table(tables.kim_list(here, lang), "kim", lang)

st.subheader(say("peta.table", lang, tingkat=text(f"level.{level}", lang)))
# The basic metrics keep their places: a table that stays the same is not sent again.
further = [] if metric.basic else [metric.name]
table = shown.layer.table
listed = table[list(dict.fromkeys(["kode", "nama", *further, *table.columns]))]
rows_behind.opening_table(listed, f"wilayah-{level}", lang)
with st.container(horizontal=True, vertical_alignment="center"):
    name = f"kim-{level}-{view.scope or 'indonesia'}"
    tables.downloads(lambda: {text("column.wilayah", lang): listed}, name, lang)
    st.page_link(
        "../pages/unduh.py",
        label=text("peta.more_downloads", lang),
        query_params=VIEW.write(replace(view, level=None)),
        icon=":material/table_view:",
    )

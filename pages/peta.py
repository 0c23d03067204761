"""Peta: the choropleth, from provinsi down to desa, its figures beside it, its table below."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame import conditions, rows_behind, state, tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.map import panel
from dashboard.peta import controls, summary, time_lapse, tour
from dashboard.workshop import waiting
from geodata.text import text
from geodata.view.address import VIEW
from geodata.view.choropleth import title
from geodata.view.metrics import METRICS
from geodata.view.words import level_name

view = state.current()
lang, level = view.lang, view.shown_level
in_time = time_lapse.shown(view)
shown, moments = in_time or (waiting.shown(view), ())
metric, table = shown.layer.metric, shown.layer.table

state.show_notices(summary.RANKING)
state.show_notices(time_lapse.TIME_LAPSE)
widgets.controls(view, controls.of_map, conditions.choose)
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
with st.container(key="judul"):  # the map says it to those who see
    st.title(literal(title(view, data.snapshot(view))))
with st.container(key="layar", horizontal=True, gap=None, wrap=False):
    with st.container(key="layar-peta"):
        panel.draw(shown, moments=moments)
        controls.on_map(view)
    with st.container(key="layar-angka"):
        summary.draw(shown)

if moments:
    time_lapse.show_figures(moments, lang)
tour.draw(lang)

drawer = st.expander(
    say("peta.table", lang, tingkat=level_name(level, lang)), key="laci", on_change="rerun"
)
if drawer.open:
    with drawer:
        # The basic metrics keep their places: a table that stays the same is not sent again.
        further = [] if metric.basic else [metric.name]
        listed = table[list(dict.fromkeys(["kode", "nama", *further, *table.columns]))]
        rows_behind.opening_table(listed, f"wilayah-{level}", lang)
        with st.container(horizontal=True, vertical_alignment="center"):
            sheet = text("column.wilayah", lang)
            tables.downloads(lambda: {sheet: listed}, f"peta-{level}", view.at(view.scope))
            st.page_link(
                "../pages/unduh.py",
                label=text("peta.more_downloads", lang),
                query_params=VIEW.write(replace(view, level=None)),
                icon=":material/table_view:",
            )

"""Peta: the choropleth, from provinsi down to desa, with its text twin."""

from dataclasses import replace

import streamlit as st

from dashboard import controls, data, map_panel, state, tables, widgets
from geodata.analysis.metrics import region_metrics, totals
from geodata.exports.extracts import kim_extract
from geodata.regions import Level, level_of
from geodata.text import text
from geodata.wording import region_title, summary

selection = state.current()
lang, level = selection.bahasa, selection.shown_level
snapshot = data.snapshot()
metrics = region_metrics(snapshot, selection.kim_filter, level, selection.scope)

widgets.breadcrumb(selection)
controls.display(selection)
map_panel.draw(selection, metrics)

st.markdown(
    summary(
        snapshot.gazetteer,
        metrics,
        totals(snapshot, selection.kim_filter, selection.wilayah),
        code=selection.wilayah,
        level=level,
        metric=selection.metrik,
        kim_filter=selection.kim_filter,
        lang=lang,
    )
)
if data.boundaries().approximate:
    st.caption(f":material/straighten: {text('app.approximate', lang)}")

if selection.wilayah and level_of(selection.wilayah) is Level.DESA:
    st.subheader(
        text("peta.kim_here", lang, wilayah=region_title(data.gazetteer(), selection.wilayah, lang))
    )
    here = kim_extract(snapshot, selection.kim_filter, selection.wilayah)
    if here.empty:
        st.info(text("peta.no_kim_here", lang), icon=":material/info:")
    else:
        tables.show_table(tables.kim_list(here, lang), "kim", lang)

st.subheader(text("peta.table", lang, tingkat=text(f"level.{level}", lang)))
tables.show_table(metrics, "wilayah", lang)
with st.container(horizontal=True, vertical_alignment="center"):
    name = f"kim-{level}-{selection.scope or 'indonesia'}"
    tables.downloads(lambda: {text("column.wilayah", lang): metrics}, name, lang)
    st.page_link(
        "../pages/unduh.py",
        label=text("peta.more_downloads", lang),
        query_params=replace(selection, level=None).to_params(),
        icon=":material/table_view:",
    )

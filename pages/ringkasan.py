"""Ringkasan: the figures of a region, its ranking, its fields and its years."""

import streamlit as st

from dashboard import data
from dashboard.charts import drawing, overview
from dashboard.frame import rows_behind, state, widgets
from dashboard.frame.markdown import literal, say
from dashboard.workshop.kept import kept
from geodata.analysis.region_metrics import kim_by_bidang, kim_by_year, region_metrics, totals
from geodata.text import text
from geodata.view.words import (
    data_date_in_words,
    figure_in_words,
    filter_in_words,
    level_name,
    nothing_in_words,
    region_title,
    reporting_in_words,
)

view = state.current()
lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
snapshot = data.snapshot(view)
figures = kept(totals, snapshot, kim_filter, view.region)
level = view.at(view.region).shown_level
metrics = kept(region_metrics, snapshot, kim_filter, level, scope)

widgets.controls(view)
st.title(say("ringkasan.title", lang, wilayah=region_title(data.gazetteer(), view.region, lang)))
as_of = literal(data_date_in_words(snapshot, lang))
counted = filter_in_words(kim_filter, lang, figures.tanpa_tahun)
st.caption(f"{literal(counted)} · {as_of}")

with st.container(horizontal=True):
    for label, name, active in (
        ("metrik.jumlah_kim", "jumlah_kim", "kim_aktif"),
        ("ringkasan.served", "desa_terlayani", "desa_aktif"),
        ("metrik.cakupan", "cakupan", "cakupan_aktif"),
        ("metrik.kim_per_100_desa", "kim_per_100_desa", ""),
    ):
        beside = None
        if active and not kim_filter.status:
            count = figure_in_words(figures, active, lang, 2)
            beside = say("peta.active", lang, jumlah=count)
        st.metric(
            text(label, lang),
            figure_in_words(figures, name, lang, 2),
            beside,
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
if reporting := reporting_in_words(figures, lang):
    st.info(literal(reporting), icon=":material/hourglass_empty:")

if not figures.kabupaten_melapor:
    st.info(text("map.not_reported", lang), icon=":material/hourglass_empty:")
elif not figures.jumlah_kim:
    st.info(nothing_in_words("ringkasan.empty", kim_filter, lang), icon=":material/info:")
else:
    left, right = st.columns(2)
    with left:
        ranked = say("ringkasan.ranking", lang, tingkat=level_name(level, lang))
        st.header(ranked)
        drawing.draw(
            overview.ranking, metrics, lang, alt=text("chart.in_table", lang, judul=ranked)
        )
    with right:
        st.header(text("ringkasan.by_bidang", lang))
        st.caption(text("ringkasan.by_bidang_note", lang))
        counts = kept(kim_by_bidang, snapshot, kim_filter, view.region)
        drawing.draw(overview.by_bidang, counts, lang)
        st.header(text("ringkasan.by_year", lang))
        counts = kept(kim_by_year, snapshot, kim_filter, view.region)
        drawing.draw(overview.by_year, counts, lang)

st.header(say("peta.table", lang, tingkat=level_name(level, lang)))
ordered = metrics.sort_values("jumlah_kim", ascending=False)
rows_behind.opening_table(ordered, f"ringkasan-{level}", lang)

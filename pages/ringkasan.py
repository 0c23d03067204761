"""Ringkasan: the figures of a region, its ranking, its fields and its years."""

import streamlit as st

from dashboard import data
from dashboard.charts import overview
from dashboard.frame import rows_behind, state, widgets
from dashboard.frame.markdown import literal, say
from geodata.analysis.region_metrics import kim_by_bidang, kim_by_year, region_metrics, totals
from geodata.text import day, number, percent, text
from geodata.view.words import filter_in_words, level_name, nothing_in_words, region_title

view = state.current()
lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
snapshot = data.snapshot()
figures = totals(snapshot, kim_filter, view.region)
level = view.at(view.region).shown_level
metrics = region_metrics(snapshot, kim_filter, level, scope)

widgets.controls(view)
st.header(say("ringkasan.title", lang, wilayah=region_title(data.gazetteer(), view.region, lang)))
as_of = say("app.data_date", lang, date=day(snapshot.date, lang))
counted = filter_in_words(kim_filter, lang, figures.tanpa_tahun)
st.caption(f"{literal(counted)} · {as_of}")

with st.container(horizontal=True):
    st.metric(text("metrik.jumlah_kim", lang), number(figures.jumlah_kim, lang), border=True)
    st.metric(text("ringkasan.served", lang), number(figures.desa_terlayani, lang), border=True)
    st.metric(text("metrik.cakupan", lang), percent(figures.cakupan, lang, 2), border=True)
    st.metric(
        text("metrik.kim_per_100_desa", lang),
        number(figures.kim_per_100_desa, lang, 2),
        border=True,
    )

if not figures.jumlah_kim:
    st.info(nothing_in_words("ringkasan.empty", kim_filter, lang), icon=":material/info:")
else:
    left, right = st.columns(2)
    with left:
        st.subheader(say("ringkasan.ranking", lang, tingkat=level_name(level, lang)))
        st.altair_chart(overview.ranking(metrics, lang), width="stretch")
    with right:
        st.subheader(text("ringkasan.by_bidang", lang))
        st.caption(text("ringkasan.by_bidang_note", lang))
        st.altair_chart(
            overview.by_bidang(kim_by_bidang(snapshot, kim_filter, view.region), lang),
            width="stretch",
        )
        st.subheader(text("ringkasan.by_year", lang))
        st.altair_chart(
            overview.by_year(kim_by_year(snapshot, kim_filter, view.region), lang),
            width="stretch",
        )

st.subheader(say("peta.table", lang, tingkat=level_name(level, lang)))
ordered = metrics.sort_values("jumlah_kim", ascending=False)
rows_behind.opening_table(ordered, f"ringkasan-{level}", lang)

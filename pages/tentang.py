"""Tentang: where the figures and boundaries come from, and what they do and do not say."""

import streamlit as st

from dashboard import data
from dashboard.batas import set_views
from dashboard.frame import state
from dashboard.frame.markdown import literal, say
from geodata.regions import Level
from geodata.text import in_language, number, text
from geodata.view.metric import GROUPS
from geodata.view.metrics import METRICS

view = state.current()
lang, gazetteer, boundaries = view.lang, data.gazetteer(), data.boundaries()

st.title(text("tentang.title", lang))
st.markdown(text("tentang.what", lang))
st.header(text("tentang.coverage_title", lang))
for group in GROUPS:
    members = [metric for metric in METRICS.values() if metric.group == group]
    st.subheader(text(f"metric_group.{group}", lang))
    st.markdown(
        "\n".join(
            f"- **{literal(metric.title(lang))}**: {literal(metric.meaning(lang))}"
            for metric in members
        )
    )
st.markdown(text("tentang.coverage", lang))
st.header(text("tentang.data_title", lang))
if data.snapshot().illustrative:
    st.markdown(text("tentang.sample", lang))
st.header(text("tentang.boundaries_title", lang))
if boundaries.approximate:
    st.markdown(
        say(
            "tentang.boundaries",
            lang,
            drawn=number(len(boundaries.drawn(Level.DESA)), lang),
            all=number(len(gazetteer.codes(Level.DESA)), lang),
        )
    )
else:
    set_views.describe_set(boundaries, lang)
st.header(text("tentang.sources_title", lang))
for sidecar in data.sources():
    said = (
        f"**{literal(in_language(sidecar.description, lang))}**",
        sidecar.date,
        literal(in_language(sidecar.licence, lang)),
    )
    st.markdown(" · ".join(filter(None, said)))
    for source in sidecar.sources:
        producer, title = in_language(source.producer, lang), in_language(source.title, lang)
        licence = f" ({in_language(source.licence, lang)})" if source.licence else ""
        st.markdown(f"- {literal(f'{producer}: {title} {source.version}{licence}')}")
    for note in sidecar.notes:
        st.caption(literal(in_language(note, lang)))
st.header(text("tentang.licence_title", lang))
st.markdown(text("tentang.licence", lang))

"""Mutu data: how surely KIM are placed, what their rows lack, and which are stale."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import state, widgets
from dashboard.frame.markdown import say
from dashboard.mutu import parts_of_quality
from dashboard.mutu.figures import quality_of
from geodata.analysis.quality import UNPLACED
from geodata.text import number, percent, text

_YEARS = (1, 2, 3, 5, 10)
PLACING = ("sure", "doubtful", "review")  # of which nothing is known for the sample

view = replace(state.current(), petak=False)
lang = view.lang
snapshot = data.snapshot()

widgets.breadcrumb(view)
st.title(text("mutu.title", lang))
st.markdown(text("mutu.lead", lang))
if snapshot.illustrative:
    st.info(text("mutu.sample", lang), icon=":material/science:")
with st.container(horizontal=True, vertical_alignment="bottom"):
    widgets.level_choice(view)
    years = st.selectbox(text("mutu.years", lang), _YEARS, index=2, key="lama", width=240)
before = (pd.Timestamp(snapshot.date) - pd.DateOffset(years=years)).date().isoformat()

quality = quality_of(view, before)
totals, points = quality.totals, quality.outside

with st.container(horizontal=True):
    st.metric(text("mutu.kim", lang), number(totals["kim"], lang), border=True)
    for name, count, whole in (
        ("sure", totals["baris_dinilai"] - totals["ragu"], totals["baris_dinilai"]),
        ("doubtful", totals["ragu"], totals["baris_dinilai"]),
        ("review", totals[UNPLACED], totals["baris_dinilai"]),
        ("stale", totals["basi"], totals["kim"]),
        ("outside", len(points), totals["kim"]),
    ):
        if whole and not (snapshot.illustrative and name in PLACING):
            share = percent(count / whole, lang)
            figure = say("mutu.of", lang, jumlah=number(count, lang), bagian=share)
            st.metric(text(f"mutu.{name}", lang), figure, border=True)
if totals["tanpa_wilayah"]:
    st.caption(say("mutu.no_region", lang, jumlah=number(totals["tanpa_wilayah"], lang)))

if not snapshot.illustrative:
    parts_of_quality.show_placing(quality.regions, quality.far, view)
parts_of_quality.show_fields(quality.regions, totals, before, view)
parts_of_quality.show_outside(points, quality.with_point, int(totals["kim"]), view)
parts_of_quality.show_misplaced(view)

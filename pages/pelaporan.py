"""Pelaporan: who has reported, of which day the data are, and who has been silent for long."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame import state, widgets
from dashboard.frame.markdown import say
from dashboard.pelaporan import activity, parts, silence_map
from dashboard.pelaporan.settings import MONTHS, REPORTING
from geodata.analysis.silence import silences
from geodata.regions import Level, ancestor, level_of
from geodata.registry.database.board import board_day
from geodata.text import day, text

view = state.current()
lang = view.lang
if view.region and level_of(view.region).is_below(Level.KABUPATEN_KOTA):
    view = view.at(ancestor(view.region, Level.KABUPATEN_KOTA))
until, months = board_day(data.snapshot()), state.own(REPORTING).senyap

widgets.breadcrumb(view)
st.title(text("pelaporan.title", lang))
state.show_notices(REPORTING)
st.markdown(say("pelaporan.lead", lang, hari=day(until.isoformat(), lang)))
st.caption(text("pelaporan.what", lang))
if data.snapshot().illustrative:
    st.info(text("pelaporan.sample", lang), icon=":material/science:")
st.selectbox(
    text("pelaporan.months", lang),
    MONTHS,
    width=240,
    **widgets.bound_own(
        REPORTING, "senyap", months, lambda own, chosen: replace(own, senyap=chosen)
    ),
)

board = data.board().iloc[data.gazetteer().within(Level.KABUPATEN_KOTA, view.region)]
parts.show_figures(board, months, until, lang)
if view.region is None:
    parts.show_provinsi(board, until, lang)
if len(board) > 1:
    st.header(text("pelaporan.place.heading", lang))
    silence_map.draw(view, board, silences(board, until))
parts.show_silent(board, months, until, view)
parts.show_board(board, view)
activity.show(view, months, until)

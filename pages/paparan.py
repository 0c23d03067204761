"""Mode paparan: any view full-screen, and decks of views for a talk."""

import streamlit as st

from dashboard.frame import state, widgets
from dashboard.paparan import deck_editor
from geodata.text import text

view = state.current()

widgets.controls(view)
st.title(text("paparan.title", view.lang))
st.markdown(text("paparan.lead", view.lang))
deck_editor.draw(view)
st.caption(text("paparan.keys", view.lang))

"""Mode paparan: any view full-screen, and decks of views for a talk."""

import streamlit as st

from dashboard.addresses import slide_address
from dashboard.frame import state, widgets
from dashboard.frame.markdown import literal
from dashboard.paparan import deck_editor
from geodata.text import text

view = state.current()
lang = view.lang

widgets.controls(view)
st.header(text("paparan.title", lang))
st.markdown(text("paparan.lead", lang))
with st.container(border=True):
    st.markdown(f"**{text('paparan.now', lang)}**: {literal(deck_editor.view_in_words(view))}")
    st.link_button(
        text("paparan.show_now", lang),
        slide_address(view),
        type="primary",
        icon=":material/slideshow:",
    )
deck_editor.draw(view)
st.caption(text("paparan.keys", lang))

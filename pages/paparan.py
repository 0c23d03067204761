"""Mode paparan: any view full-screen, and decks of views for a talk."""

import streamlit as st

from dashboard import deck_editor, state, widgets
from dashboard.markdown import literal
from dashboard.routes import slide_address
from geodata.text import text

selection = state.current()
lang = selection.bahasa

widgets.breadcrumb(selection)
st.header(text("paparan.title", lang))
st.markdown(text("paparan.lead", lang))
with st.container(border=True):
    st.markdown(f"**{text('paparan.now', lang)}**: {literal(deck_editor.view_in_words(selection))}")
    st.link_button(
        text("paparan.show_now", lang),
        slide_address(selection),
        type="primary",
        icon=":material/slideshow:",
    )
deck_editor.draw(selection)
st.caption(text("paparan.keys", lang))

"""What is said above each page that shows the registry as of a day, with the way back to now."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame import state
from dashboard.frame.markdown import literal
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import as_of_in_words


def show(view: View) -> None:
    """Say that a page is not of now, how it is known what was then, and lead back."""
    if view.day is None:
        return
    with st.container(key="per-tanggal", horizontal=True, vertical_alignment="center", gap="small"):
        words = literal(as_of_in_words(data.snapshot(view), view.region, view.lang))
        st.markdown(f":material/history: {words}", width="content")
        st.button(
            text("as_of.today", view.lang),
            key="ke-hari-ini",
            type="tertiary",
            icon=":material/undo:",
            on_click=state.change,
            args=(lambda now: replace(now, day=None),),
        )

"""A button that makes a pack of files, which takes seconds, and then its download."""

from collections.abc import Callable, Hashable

import streamlit as st

from dashboard.frame.markdown import show_error
from dashboard.workshop import waiting
from dashboard.workshop.workshop import workshop
from geodata.errors import PetaKimError
from geodata.text import text

Pack = tuple[str, bytes]
"""The name of a pack without ending, and the pack as ZIP."""


def draw(
    words: str, icon: str, wanted: tuple[Hashable, ...], make: Callable[[], Pack], lang: str
) -> None:
    """Draw the button and, once the pack is made, its download.

    Parameters
    ----------
    words
        Section of the text table with make, making and ready.
    wanted
        What the pack depends on: one that was made for anything else is not offered.
    make
        Is called in the workshop.
    """
    ready, key = f"paket-{words}", (words, *wanted)
    if st.button(text(f"{words}.make", lang), key=f"buat-{words}", icon=icon):
        bar = st.progress(0.0, text(f"{words}.making", lang))
        try:
            name, _ = waiting.made(
                key, make, lambda share: bar.progress(share, text(f"{words}.making", lang))
            )
        except PetaKimError as error:
            show_error(error, lang)
            return
        finally:
            bar.empty()
        st.session_state[ready] = key, name
    made_for, name = st.session_state.get(ready, (None, ""))
    if made_for == key:
        st.download_button(
            text(f"{words}.ready", lang),
            # Kept in the workshop, not by every session that has asked for it.
            lambda: workshop().make(key, make)[1],
            file_name=f"{name}.zip",
            mime="application/zip",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )

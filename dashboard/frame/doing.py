"""What a page does in a callback: asked once more, guarded, and said on the page that follows."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.frame import state
from dashboard.frame.markdown import explain
from geodata.errors import PetaKimError
from geodata.text import text

_PROBLEM, _NEWS = "salah", "kabar"


def guarded(change: Callable[..., str | None], *args: Any) -> None:
    """Do ``change`` in a callback, and say on the page that follows what it did or what was wrong.

    ``change`` returns what is to be said, if anything, as Markdown.
    """
    try:
        news = change(*args)
    except PetaKimError as error:
        st.session_state[_PROBLEM] = explain(error, state.language())
    else:
        if news:
            st.session_state[_NEWS] = news


def show_news() -> None:
    """Say what the last thing done has led to."""
    place = st.empty()  # also where nothing is said: else what is open below would close
    problem = st.session_state.pop(_PROBLEM, None)
    news = st.session_state.pop(_NEWS, None)
    if problem:
        place.error(problem, icon=":material/error:")
    elif news:
        place.success(news, icon=":material/check_circle:")


def confirmed(
    label: str, sure: str, action: Callable[..., str | None], *args: Any, key: str, icon: str
) -> None:
    """Draw a button that asks once more, saying what will happen, before it does ``action``."""
    # By its key it is another one once what it asks about is done, and so is closed then.
    with st.popover(label, icon=icon, key=f"tanya-{key}"):
        st.markdown(sure)
        st.button(
            text("impor.review.confirm", state.language()),
            key=key,
            type="primary",
            on_click=guarded,
            args=(action, *args),
        )

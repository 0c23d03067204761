"""The selection of the session, read from and written to the address: the URL is the state."""

from collections.abc import Callable

import streamlit as st

from dashboard import data
from dashboard.selection import Selection, read_params
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES, text


def current() -> Selection:
    """Return the selection that the address names; what it cannot name is left at its default."""
    return read_params(st.query_params, data.gazetteer())[0]


def language() -> str:
    """Return the language that the address names, even where nothing else can be read."""
    lang = st.query_params.get("bahasa", DEFAULT_LANGUAGE)
    return lang if lang in LANGUAGES else DEFAULT_LANGUAGE


def change(update: Callable[[Selection], Selection]) -> None:
    """Write ``update`` of the selection into the address; for callbacks, which a rerun follows.

    The selection is read anew: of two quick changes the second must not undo the first.
    """
    st.query_params.from_dict(update(current()).to_params())


def show_notices() -> None:
    """Tell the reader which parts of the address could not be used."""
    selection, notices = read_params(st.query_params, data.gazetteer())
    for notice in notices:
        st.warning(
            text(
                "app.notice",
                selection.bahasa,
                parameter=notice.parameter,
                value=notice.value,
            ),
            icon=":material/link_off:",
        )

"""The selection of the session, read from and written to the address: the URL is the state."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from dashboard import data
from dashboard.markdown import say
from dashboard.selection import PARAMETERS, Notice, Selection, read_params
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES


def current() -> Selection:
    """Return the selection that the address names; what it cannot name is left at its default."""
    return read_params(st.query_params, data.gazetteer())[0]


def language() -> str:
    """Return the language that the address names, even where nothing else can be read."""
    lang = st.query_params.get("bahasa", DEFAULT_LANGUAGE)
    return lang if lang in LANGUAGES else DEFAULT_LANGUAGE


def change(update: Callable[[Selection], Selection]) -> None:
    """Write ``update`` of the selection into the address; for callbacks, which a rerun follows.

    The selection is read anew: of two quick changes the second must not undo the first. What a
    page keeps there of its own (see :func:`set_own`) stays.
    """
    own = {name: value for name, value in st.query_params.items() if name not in PARAMETERS}
    st.query_params.from_dict(update(current()).to_params() | own)


def set_own(values: Mapping[str, str]) -> None:
    """Write parameters of one page into the address, beside the selection; an empty one goes.

    They last as long as the page: links to other pages carry the selection alone.
    """
    # In one go, so that the browser's history holds no address in between.
    params = st.query_params.to_dict() | dict(values)
    st.query_params.from_dict({name: value for name, value in params.items() if value})


def show_notices() -> None:
    """Tell the reader which parts of the selection in the address could not be used."""
    selection, notices = read_params(st.query_params, data.gazetteer())
    warn(notices, selection.bahasa)


def warn(notices: Iterable[Notice], lang: str) -> None:
    """Tell the reader which parameters could not be used."""
    for notice in notices:
        said = say("app.notice", lang, parameter=notice.parameter, value=notice.value)
        st.warning(said, icon=":material/link_off:")

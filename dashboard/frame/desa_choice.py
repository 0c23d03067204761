"""The choice of a desa by a few words, wherever somebody says where a KIM is."""

from collections.abc import Callable

import streamlit as st

from dashboard import data
from dashboard.frame.markdown import say
from geodata.regions import Level, level_of
from geodata.search.search import Search
from geodata.text import text
from geodata.view.words import region_path

_SEARCHED, _SHOWN_AT_MOST = 1_000, 20


def choose(
    label: str,
    key: str,
    near: str,
    lang: str,
    allowed: Callable[[str], bool] = bool,
    on_choice: Callable[[], None] | None = None,
) -> str:
    """Draw the search and what it finds; return the code of the desa that is chosen, "" for none.

    Parameters
    ----------
    label
        Of the field in which one types.
    key
        Tells this choice from others of the page.
    near
        Code of a region: the desa in its kabupaten/kota come first.
    allowed
        Tells of a code whether it may be chosen.
    on_choice
        Called when another desa is chosen.
    """
    query = st.text_input(
        label,
        key=f"cari-{key}",
        placeholder=text("impor.review.search_hint", lang),
        icon=":material/search:",
    )
    desa = [code for code in _search(query, near) if allowed(code)][:_SHOWN_AT_MOST]
    if query and not desa:
        st.caption(say("search.none", lang, query=query))
    if not desa:
        return ""
    label = text("impor.review.other", lang)
    # Nothing is chosen for anybody: what is found may only sound like what was meant.
    chosen = st.selectbox(
        label,
        desa,
        index=None,
        placeholder=label,
        format_func=lambda kode: region_path(data.gazetteer(), kode, lang),
        key=f"lain-{key}",
        on_change=on_choice,
    )
    return chosen or ""


def _search(query: str, near: str) -> list[str]:
    """Return the desa that a query finds, those in the kabupaten/kota of ``near`` first."""
    if not query:
        return []
    hits = Search(data.gazetteer()).find(query, _SEARCHED).hits
    desa = [hit.code for hit in hits if level_of(hit.code) is Level.DESA]
    kabupaten = near[: Level.KABUPATEN_KOTA.code_length]
    desa.sort(key=lambda code: not code.startswith(kabupaten))
    return desa

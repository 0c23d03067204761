"""The search of the header: a box of our own, whose hits come as one types.

Streamlit would evaluate the script of such a component from a blob, which the page's policy
forbids. Declared with a folder, as an installed package declares its own, it is served as a file.
"""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from dashboard import data
from dashboard.addresses import ASKING, search_address
from dashboard.frame import state
from geodata.search.question import LONGEST
from geodata.text import text

_KEY = "cari"
_PACKAGE, _NAME = "peta-kim", "cari"
_COMPONENT = f"{_PACKAGE}.{_NAME}"
_FOLDER = Path(__file__).parent


def draw(lang: str) -> None:
    """Draw the box; a hit that is chosen leads to its region."""
    manager = get_bidi_component_manager()
    if manager.get(_COMPONENT) is None:
        folder = ComponentConfig(_NAME, "scripts")
        manager.register_from_manifest(ComponentManifest(_PACKAGE, "1", [folder]), _FOLDER)
    _component()(
        key=_KEY,
        data={
            "address": search_address(lang),
            "parameter": ASKING.names[0],
            "label": text("search.label", lang),
            "failed": text("search.failed", lang),
            "longest": LONGEST,
        },
        width="content",
        on_chosen_change=_go_to_chosen,
    )


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(_COMPONENT, js="main.js", isolate_styles=False)


def _go_to_chosen() -> None:
    code = st.session_state[_KEY].chosen
    if code in data.gazetteer():  # whatever a browser sends
        state.change(lambda view: view.at(code))

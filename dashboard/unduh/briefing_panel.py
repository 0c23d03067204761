"""The button that makes the briefing pack of the view on screen."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame.markdown import say, show_error
from dashboard.workshop import waiting
from dashboard.workshop.workshop import progress, workshop
from geodata.errors import PetaKimError
from geodata.exports.briefing.compose import briefing_levels, make_briefing
from geodata.exports.briefing.model import Briefing
from geodata.exports.briefing.pack import pack_zip
from geodata.exports.manifest import sources_of
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import region_title

_READY = "paket-paparan"


def briefing_of(view: View) -> Briefing:
    """Return the briefing of the view on screen."""
    snapshot = data.snapshot(view)
    if view.level not in briefing_levels(view.region):
        view = replace(view, level=None)
    return make_briefing(snapshot, data.boundaries(), view, sources_of(snapshot))


def _pack(view: View) -> tuple[str, bytes]:
    """Return the name of a pack, and the pack as ZIP."""
    briefing = briefing_of(view)
    return briefing.name, pack_zip(briefing, lambda _, share: progress(share))


def draw(view: View) -> None:
    """Draw the button and, once the pack is made, its download."""
    lang = view.lang
    st.header(text("briefing.heading", lang))
    if not briefing_levels(view.region):
        st.info(text("briefing.not_desa", lang), icon=":material/info:")
        return
    where = region_title(data.gazetteer(), view.region, lang)
    st.markdown(say("briefing.lead", lang, wilayah=where))
    # What a pack depends on: one made for another view, or of other data, is not offered.
    wanted = (*data.versions(view), view)
    if st.button(text("briefing.make", lang), key="buat-paket", icon=":material/co_present:"):
        bar = st.progress(0.0, text("briefing.making", lang))
        try:
            name, _ = waiting.made(
                ("briefing", *wanted),
                lambda: _pack(view),
                lambda share: bar.progress(share, text("briefing.making", lang)),
            )
        except PetaKimError as error:
            show_error(error, lang)
            return
        finally:
            bar.empty()
        st.session_state[_READY] = wanted, name
    made_for, name = st.session_state.get(_READY, (None, ""))
    if made_for == wanted:
        st.download_button(
            text("briefing.ready", lang),
            # Kept in the workshop, not by every session that has asked for it.
            lambda: workshop().make(("briefing", *wanted), lambda: _pack(view))[1],
            file_name=f"{name}.zip",
            mime="application/zip",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )

"""The button that makes the briefing pack of the view on screen."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame.markdown import say
from dashboard.workshop import pack_button
from dashboard.workshop.workshop import progress
from geodata.exports.briefing.compose import briefing_levels, make_briefing
from geodata.exports.briefing.model import Briefing
from geodata.exports.briefing.pack import pack_zip
from geodata.exports.manifest import sources_of
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import region_title


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
    pack_button.draw(
        "briefing",
        ":material/co_present:",
        (*data.versions(view), view),
        lambda: _pack(view),
        lang,
    )

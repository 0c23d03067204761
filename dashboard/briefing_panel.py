"""The button that makes the briefing pack of the view on screen."""

import streamlit as st

from dashboard import data, waiting
from dashboard.markdown import say, show_error
from dashboard.selection import Selection
from dashboard.workshop import progress, workshop
from geodata.analysis.metrics import METRICS
from geodata.errors import PetaKimError
from geodata.exports.briefing.compose import briefing_levels, make_briefing
from geodata.exports.briefing.model import Briefing, View
from geodata.exports.briefing.pack import pack_zip
from geodata.exports.manifest import sources_of
from geodata.text import text
from geodata.wording import region_title

_READY = "paket-paparan"


def briefing_of(selection: Selection) -> Briefing:
    """Return the briefing of the view on screen."""
    snapshot = data.snapshot()
    levels = briefing_levels(selection.wilayah)
    view = View(
        kim_filter=selection.kim_filter,
        within=selection.wilayah,
        level=selection.level if selection.level in levels else None,
        # A pack draws several levels, so it keeps to the metrics that each of them has.
        metric=next((name for name in METRICS if name == selection.metrik), View.metric),
        scheme=selection.skema,
        k=selection.kelas,
        breaks=selection.batas,
        lang=selection.bahasa,
    )
    return make_briefing(snapshot, data.boundaries(), view, sources_of(snapshot))


def _pack(selection: Selection) -> tuple[str, bytes]:
    """Return the name of a pack, and the pack as ZIP."""
    briefing = briefing_of(selection)
    return briefing.name, pack_zip(briefing, lambda _, share: progress(share))


def draw(selection: Selection) -> None:
    """Draw the button and, once the pack is made, its download."""
    lang = selection.bahasa
    st.subheader(text("briefing.heading", lang))
    if not briefing_levels(selection.wilayah):
        st.info(text("briefing.not_desa", lang), icon=":material/info:")
        return
    where = region_title(data.gazetteer(), selection.wilayah, lang)
    st.markdown(say("briefing.lead", lang, wilayah=where))
    # What a pack depends on: one made for another view, or of other data, is not offered.
    view = (
        data.snapshot().version,
        data.boundaries().version,
        tuple(sorted(selection.to_params().items())),
    )
    if st.button(text("briefing.make", lang), key="buat-paket", icon=":material/co_present:"):
        bar = st.progress(0.0, text("briefing.making", lang))
        try:
            name, _ = waiting.made(
                ("briefing", view),
                lambda: _pack(selection),
                lambda share: bar.progress(share, text("briefing.making", lang)),
            )
        except PetaKimError as error:
            show_error(error, lang)
            return
        finally:
            bar.empty()
        st.session_state[_READY] = view, name
    made_for, name = st.session_state.get(_READY, (None, ""))
    if made_for == view:
        st.download_button(
            text("briefing.ready", lang),
            # Kept in the workshop, not by every session that has asked for it.
            lambda: workshop().make(("briefing", view), lambda: _pack(selection))[1],
            file_name=f"{name}.zip",
            mime="application/zip",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )

"""Potensi: what regions have beside their KIM, two measures at once, bidang against potential."""

from dataclasses import replace
from importlib import import_module

import streamlit as st

from dashboard import data
from dashboard.frame import conditions, state, widgets
from dashboard.frame.markdown import literal, say
from dashboard.potensi.settings import FIELDS, POTENTIAL, SECTIONS
from dashboard.workshop.kept import kept
from geodata.analysis.region_metrics import totals
from geodata.text import text
from geodata.view.words import counted_in_words, region_path, reporting_in_words

view, settings = state.current(), state.own(POTENTIAL)
lang, snapshot = view.lang, data.snapshot(view)

meets = settings.section != FIELDS
widgets.controls(view, of_regions=conditions.choose if meets else None)
st.title(text("potensi.title", lang))
state.show_notices(POTENTIAL)
st.markdown(
    say(
        "potensi.lead",
        lang,
        wilayah=region_path(data.gazetteer(), view.scope, lang),
        filter=counted_in_words(snapshot, view.kim_filter, view.scope, lang),
    )
)
if reporting := reporting_in_words(kept(totals, snapshot, view.kim_filter, view.scope), lang):
    st.info(literal(reporting), icon=":material/hourglass_empty:")
widgets.section_choice(
    "potensi",
    SECTIONS,
    settings.section,
    lambda section: state.set_own(POTENTIAL, replace(state.own(POTENTIAL), section=section)),
    lang,
)
# A section is a module of its name, and computed only when it is looked at.
shown = view if meets else replace(view, conditions=())
import_module(f"dashboard.potensi.{settings.section}").draw(shown, settings)

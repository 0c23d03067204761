"""Kesenjangan: where KIM are missing, how badly, and where the next ones should be."""

from dataclasses import replace
from importlib import import_module

import streamlit as st

from dashboard import data
from dashboard.frame import conditions, state, widgets
from dashboard.frame.markdown import literal, say
from dashboard.kesenjangan.gaps_settings import GAPS, SECTIONS
from dashboard.workshop.kept import kept
from geodata.analysis.region_metrics import totals
from geodata.text import text
from geodata.view.words import counted_in_words, region_path, reporting_in_words

view = state.current()
lang = view.lang
settings = state.own(GAPS)

figures = kept(totals, data.snapshot(view), view.kim_filter, view.scope)
# Of a region that has not reported only the list has something to say.
section = settings.bagian if figures.kabupaten_melapor else SECTIONS[0]
is_list = section == SECTIONS[0]
widgets.controls(view, of_regions=conditions.choose if is_list else None)
st.title(text("kesenjangan.title", lang))
state.show_notices(GAPS)
st.markdown(
    say(
        "kesenjangan.lead",
        lang,
        wilayah=region_path(data.gazetteer(), view.scope, lang),
        filter=counted_in_words(data.snapshot(view), view.kim_filter, view.scope, lang),
    )
)
if reporting := reporting_in_words(figures, lang):
    st.info(literal(reporting), icon=":material/hourglass_empty:")
widgets.section_choice(
    "celah",
    SECTIONS,
    settings.bagian,
    lambda section: state.set_own(GAPS, replace(state.own(GAPS), bagian=section)),
    lang,
)
# A section is a module of its name, and computed only when it is looked at.
shown = view if is_list else replace(view, conditions=())
import_module(f"dashboard.kesenjangan.{section}").draw(shown, settings)

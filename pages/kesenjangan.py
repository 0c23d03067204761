"""Kesenjangan: where KIM are missing, how badly, and where the next ones should be."""

from dataclasses import replace

import streamlit as st

from dashboard import data, state, widgets
from dashboard.gaps import (
    clusters,
    coverage,
    distance,
    fairness,
    fields,
    listing,
    peers,
    siting,
    targets,
)
from dashboard.gaps.settings import GAPS, SECTIONS
from dashboard.markdown import say
from geodata.text import text
from geodata.view.words import filter_in_words, region_path

_DRAW = dict(
    zip(
        SECTIONS,
        (listing, coverage, distance, clusters, fairness, fields, siting, targets, peers),
        strict=True,
    )
)

view = state.current()
lang = view.lang
settings = state.own(GAPS)

widgets.breadcrumb(view)
st.header(text("kesenjangan.title", lang))
state.show_notices(GAPS)
st.markdown(
    say(
        "kesenjangan.lead",
        lang,
        wilayah=region_path(data.gazetteer(), view.scope, lang),
        filter=filter_in_words(view.kim_filter, lang),
    )
)
widgets.section_choice(
    "celah",
    SECTIONS,
    settings.bagian,
    lambda section: state.set_own(GAPS, replace(state.own(GAPS), bagian=section)),
    lang,
)
_DRAW[settings.bagian].draw(view, settings)

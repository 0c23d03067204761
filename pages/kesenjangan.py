"""Kesenjangan: where KIM are missing, how badly, and where the next ones should be."""

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
from dashboard.gaps.view import SECTIONS, read_view
from dashboard.markdown import say
from geodata.text import text
from geodata.wording import filter_in_words, region_path

_DRAW = dict(
    zip(
        SECTIONS,
        (listing, coverage, distance, clusters, fairness, fields, siting, targets, peers),
        strict=True,
    )
)

selection = state.current()
lang = selection.bahasa
view, notices = read_view(st.query_params)

widgets.breadcrumb(selection)
st.header(text("kesenjangan.title", lang))
st.markdown(
    say(
        "kesenjangan.lead",
        lang,
        wilayah=region_path(data.gazetteer(), selection.scope, lang),
        filter=filter_in_words(selection.kim_filter, lang),
    )
)
state.warn(notices, lang)
widgets.section_choice("celah", SECTIONS, view.bagian, lang)
_DRAW[view.bagian].draw(selection, view)

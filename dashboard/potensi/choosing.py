"""What the sections of Potensi let one choose: the potential, the level, and one region of all."""

from dataclasses import replace

import streamlit as st

from dashboard.frame import state, widgets
from dashboard.kesenjangan.level import choose_level
from dashboard.potensi.settings import POTENTIAL, PotentialSettings
from geodata.regions import LEVELS
from geodata.text import text
from geodata.view.metrics import MEASURES, METRICS
from geodata.view.view import View


def potential(settings: PotentialSettings, lang: str, besides: str = "") -> str:
    """Draw the choice of the potential, of all measures but ``besides``, and return it.

    Indicators stand before what is counted of KIM, and first those known at most levels.
    """
    offered = sorted(
        (name for name in MEASURES if name != besides),
        key=lambda name: (METRICS[name].of_kim, -len(METRICS[name].levels)),
    )
    measure = settings.measure if settings.measure in offered else offered[0]
    st.selectbox(
        text("potensi.first", lang),
        offered,
        format_func=lambda name: METRICS[name].title(lang),
        width=320,
        **widgets.bound_own(
            POTENTIAL, "potensi", measure, lambda own, name: replace(own, measure=name)
        ),
    )
    return measure


def level(view: View, *measures: str) -> View:
    """Draw the choice among the levels that all ``measures`` have; return the view at one."""
    common = tuple(
        level for level in LEVELS if all(level in METRICS[name].levels for name in measures)
    )
    return choose_level(view, common)


def point_at(code: str) -> None:
    """Have map, chart and list point at a region, or at none (""); for callbacks."""
    state.set_own(POTENTIAL, replace(state.own(POTENTIAL), chosen=code))

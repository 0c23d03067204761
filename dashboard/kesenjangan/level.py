"""At which level, and for which region, a section shows its figures."""

import streamlit as st

from dashboard import data
from dashboard.frame import widgets
from dashboard.frame.markdown import say
from geodata.regions import LEVELS, Level, parent
from geodata.view.view import View
from geodata.view.words import region_path

ABOVE_DESA = LEVELS[:-1]


def placed(view: View, allowed: tuple[Level, ...]) -> View:
    """Return the view at one of the levels ``allowed``, of a region above if need be."""
    able = [level for level in view.levels if level in allowed]
    if not able:
        return placed(view.at(parent(view.region or "")), allowed)
    return view if view.shown_level in able else view.drawn_at(able[0])


def choose_level(view: View, allowed: tuple[Level, ...]) -> View:
    """Draw the choice among the levels ``allowed`` and return the view placed at one.

    Says so where the figures are those of a region above the chosen one.
    """
    lang, shown = view.lang, placed(view, allowed)
    if shown.scope != view.scope:
        title = region_path(data.gazetteer(), shown.scope, lang)
        st.caption(say("celah.wider", lang, wilayah=title))
        return shown
    able = [level for level in shown.levels if level in allowed]
    if len(able) > 1:
        widgets.level_choice(shown, able)
    return shown

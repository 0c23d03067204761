"""At which level, and for which region, a section shows its figures."""

import streamlit as st

from dashboard import data, widgets
from dashboard.markdown import say
from dashboard.selection import Selection
from geodata.regions import LEVELS, Level, parent
from geodata.wording import region_path

ABOVE_DESA = LEVELS[:-1]


def placed(selection: Selection, allowed: tuple[Level, ...]) -> Selection:
    """Return the selection at one of the levels ``allowed``, of a region above if need be."""
    able = [level for level in selection.levels if level in allowed]
    if not able:
        return placed(selection.at(parent(selection.wilayah or "")), allowed)
    return selection if selection.shown_level in able else selection.drawn_at(able[0])


def level_choice(selection: Selection, allowed: tuple[Level, ...]) -> Selection:
    """Draw the choice among the levels ``allowed`` and return the selection placed at one.

    Says so where the figures are those of a region above the chosen one.
    """
    lang, shown = selection.bahasa, placed(selection, allowed)
    if shown.scope != selection.scope:
        title = region_path(data.gazetteer(), shown.scope, lang)
        st.caption(f":material/zoom_out_map: {say('celah.wider', lang, wilayah=title)}")
        return shown
    able = [level for level in shown.levels if level in allowed]
    if len(able) > 1:
        widgets.level_choice(shown, able)
    return shown

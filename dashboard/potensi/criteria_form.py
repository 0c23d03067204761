"""What a priority is made of: measures, their direction and weight, and how many come first."""

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.frame import state, widgets
from dashboard.frame.markdown import say
from dashboard.kesenjangan.level import choose_level
from geodata.regions import LEVELS, Level
from geodata.text import text
from geodata.view.metrics import METRICS
from geodata.view.priorities import (
    HEAVIEST,
    MOST_CRITERIA,
    MOST_FIRST,
    PRIORITY,
    Criterion,
    PrioritySettings,
    criteria_at,
    measures,
    usual_direction,
)
from geodata.view.view import View


def draw(view: View, chosen: PrioritySettings) -> View:
    """Draw the choice; return the view at the level that is chosen."""
    lang = view.lang
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = choose_level(view, LEVELS)
        level = view.shown_level
        criteria = criteria_at(level, chosen)
        st.multiselect(
            text("prioritas.measures", lang),
            [metric.name for metric in measures(level)],
            format_func=lambda name: METRICS[name].title(lang),
            max_selections=MOST_CRITERIA,
            placeholder=text("prioritas.usual", lang),
            width=520,
            **widgets.bound_own(
                PRIORITY,
                "prioritas-ukuran",
                [it.metric for it in criteria],
                lambda own, names: replace(own, kriteria=_with(own, level, names)),
            ),
        )
        st.number_input(
            text("prioritas.first", lang),
            1,
            MOST_FIRST,
            width=160,
            **widgets.bound_own(
                PRIORITY,
                "prioritas-pertama",
                chosen.pertama,
                lambda own, first: replace(own, pertama=first),
            ),
        )
    with st.expander(text("prioritas.weights", lang)):
        with st.container(key="prioritas-bobot", horizontal=True, vertical_alignment="bottom"):
            for criterion in criteria:
                _weigh(criterion, level, lang)
        if len({it.weight for it in criteria}) > 1:
            st.button(
                text("prioritas.equal", lang),
                key="prioritas-sama",
                icon=":material/balance:",
                on_click=_weigh_alike,
                args=(level,),
            )
    left_out = [
        it.metric for it in chosen.kriteria if it.metric not in {c.metric for c in criteria}
    ]
    if left_out:
        names = "; ".join(METRICS[name].title(lang) for name in left_out)
        st.caption(say("prioritas.not_at_level", lang, daftar=names))
    return view


def _weigh(criterion: Criterion, level: Level, lang: str) -> None:
    """Draw direction and weight of a measure."""
    title = METRICS[criterion.metric].title(lang)
    with st.container(horizontal=True, vertical_alignment="bottom", width=320, gap="small"):
        st.selectbox(
            say("prioritas.direction", lang, ukuran=title),
            (True, False),
            format_func=lambda high: text(
                "prioritas.is_high" if high else "prioritas.is_low", lang
            ),
            width=170,
            **widgets.bound_own(
                PRIORITY,
                f"prioritas-arah-{criterion.metric}",
                criterion.high_first,
                lambda own, high: _changed(own, level, criterion.metric, high_first=high),
            ),
        )
        st.number_input(
            say("prioritas.weight", lang, ukuran=title),
            0,
            HEAVIEST,
            width=120,
            **widgets.bound_own(
                PRIORITY,
                f"prioritas-bobot-{criterion.metric}",
                criterion.weight,
                lambda own, weight: _changed(own, level, criterion.metric, weight=weight),
            ),
        )


def _with(own: PrioritySettings, level: Level, names: list[str]) -> tuple[Criterion, ...]:
    """Return criteria of the metrics ``names``; those there are keep direction and weight."""
    known = {it.metric: it for it in criteria_at(level, own)}
    return tuple(
        known.get(name) or Criterion(name, usual_direction(METRICS[name])) for name in names
    )


def _changed(own: PrioritySettings, level: Level, metric: str, **changes: Any) -> PrioritySettings:
    """Return ``own`` with one of its criteria changed."""
    criteria = (
        replace(it, **changes) if it.metric == metric else it for it in criteria_at(level, own)
    )
    return replace(own, kriteria=tuple(criteria))


def _weigh_alike(level: Level) -> None:
    own = state.own(PRIORITY)
    alike = tuple(replace(it, weight=1) for it in criteria_at(level, own))
    state.set_own(PRIORITY, replace(own, kriteria=alike))

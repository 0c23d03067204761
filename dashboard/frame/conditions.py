"""The choice of conditions on regions: which are shown, by what any metric says of them."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.frame import state
from dashboard.frame.markdown import literal
from dashboard.frame.widgets import bound
from geodata.text import text
from geodata.view.conditions import (
    MOST_CONDITIONS,
    WITHOUT_KIM,
    Condition,
    possible_metrics,
    usual_condition,
)
from geodata.view.metrics import METRICS
from geodata.view.view import View


def choose(view: View) -> None:
    """Draw the conditions there are, to be changed or dropped, and the choice of one more."""
    lang, conditions = view.lang, view.conditions
    st.markdown(f"**{text('condition.title', lang)}**")
    st.toggle(
        text("condition.without_kim", lang),
        **bound("syarat-tanpa-kim", WITHOUT_KIM in conditions, _with_or_without_kim),
    )
    for place, condition in enumerate(conditions):
        if condition != WITHOUT_KIM:
            _one(place, condition, lang)
    taken = {condition.metric for condition in conditions}
    offered = [
        name
        for name in possible_metrics()
        if name not in taken and view.shown_level in METRICS[name].levels
    ]
    if len(conditions) < MOST_CONDITIONS:
        st.selectbox(
            text("condition.add", lang),
            offered,
            format_func=lambda name: METRICS[name].title(lang),
            placeholder=text("condition.which", lang),
            **bound("syarat-tambah", None, _added),
        )


def _one(place: int, condition: Condition, lang: str) -> None:
    metric = METRICS[condition.metric]
    with st.container(border=True, key=f"syarat-{place}"):
        if metric.categories:
            _categories(place, condition, lang)
        else:
            st.markdown(literal(metric.title(lang)))
            with st.container(horizontal=True):
                _bound(place, condition, "least", lang)
                _bound(place, condition, "most", lang)
        st.toggle(
            text("condition.or_unknown_too", lang),
            **bound(
                f"syarat-{place}-tak-tahu",
                condition.or_unknown,
                lambda now, on: _changed(now, place, or_unknown=on),
            ),
        )
        st.button(
            text("condition.drop", lang),
            key=f"syarat-{place}-hapus",
            icon=":material/close:",
            type="tertiary",
            on_click=_drop,
            args=(place,),
        )


def _categories(place: int, condition: Condition, lang: str) -> None:
    metric = METRICS[condition.metric]
    titles = {category.name: category.title(lang) for category in metric.categories}
    st.multiselect(
        literal(metric.title(lang)),
        list(titles),
        format_func=titles.__getitem__,
        **bound(
            f"syarat-{place}-golongan",
            list(condition.categories),
            lambda now, names: _changed(now, place, categories=tuple(names)),
        ),
    )


def _bound(place: int, condition: Condition, side: str, lang: str) -> None:
    """Draw a bound; of a share it is written in percent."""
    metric = METRICS[condition.metric]
    share = 100 if metric.kind == "share" else 1
    decimals = metric.column.decimals_read
    value = getattr(condition, side)
    st.number_input(
        text(f"condition.{side}_{'share' if share > 1 else 'number'}", lang),
        step=10.0**-decimals,
        format=f"%.{decimals}f",
        placeholder=text("condition.no_bound", lang),
        width=150,
        **bound(
            f"syarat-{place}-{side}",
            None if value is None else float(value * share),
            lambda now, chosen: _changed(
                now, place, **{side: None if chosen is None else round(chosen / share, 12)}
            ),
        ),
    )


def _with_or_without_kim(view: View, on: bool) -> View:
    others = [it for it in view.conditions if it.metric != WITHOUT_KIM.metric]
    return _meeting(view, [*others, WITHOUT_KIM] if on else others)


def _added(view: View, name: str | None) -> View:
    return _meeting(view, [*view.conditions, usual_condition(name)]) if name else view


def _changed(view: View, place: int, **changes: object) -> View:
    """Return the view with a condition changed; one that names no category any more goes."""
    conditions = list(view.conditions)
    changed = replace(conditions[place], **changes)  # type: ignore[arg-type]
    is_empty = METRICS[changed.metric].categories and not changed.categories
    conditions[place : place + 1] = [] if is_empty else [changed]
    return _meeting(view, conditions)


def _drop(place: int) -> None:
    def others(view: View) -> View:
        return _meeting(view, [*view.conditions[:place], *view.conditions[place + 1 :]])

    state.change(others)


def _meeting(view: View, conditions: Sequence[Condition]) -> View:
    return replace(view, conditions=tuple(conditions[:MOST_CONDITIONS]))

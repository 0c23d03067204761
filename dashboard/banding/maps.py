"""Two maps side by side: of two regions, coloured by the same classes, or of two figures of one."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.banding.compared import COMPARED, Compared, move
from dashboard.frame.widgets import bound_own
from dashboard.map import panel
from dashboard.map.legend_html import legend_html
from dashboard.workshop import waiting
from geodata.text import text
from geodata.view.metrics import METRICS
from geodata.view.view import View


def draw(view: View, compared: Compared, codes: list[str | None]) -> None:
    """Draw the maps of the first two of ``codes``; Indonesia only where there are no two others."""
    lang = view.lang
    st.selectbox(
        text("banding.right", lang),
        ["", *METRICS],
        format_func=lambda name: (
            METRICS[name].offered(lang) if name else text("banding.second", lang)
        ),
        width=360,
        **bound_own(
            COMPARED, "kanan", compared.metric, lambda now, name: replace(now, metric=name)
        ),
    )
    views = _views(view, compared, codes)
    with st.container(key="dua-peta"):
        for column, number in zip(st.columns(len(views)), range(len(views)), strict=True):
            own, beside = views[number], views[number - 1]
            with column:
                shown = waiting.shown(own, beside)
                panel.draw(shown, key=f"peta-banding-{number}", go=partial(move, own.region))
                st.html(legend_html(shown.layer, lang))  # that on a map so small is folded
    if len(views) > 1:
        same = views[0].shown_metric.name == views[1].shown_metric.name
        st.caption(text("banding.same_classes" if same else "banding.moves_together", lang))


def _views(view: View, compared: Compared, codes: list[str | None]) -> list[View]:
    shown = [code for code in codes if code]
    first, *more = shown if len(shown) > 1 else codes
    left = at(view, first)
    if compared.metric:
        return [left, left.measured_by(compared.metric)]
    return [left, *(at(view, code) for code in more[:1])]


def at(view: View, code: str | None) -> View:
    """Return the view of another region, at the level of this one if that is one."""
    moved = replace(view, petak=False).at(code)
    return moved.drawn_at(view.level) if view.level else moved

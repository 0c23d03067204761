"""The map with its legend: draws a choropleth, and moves the view on a click."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit_folium import st_folium

from dashboard import data
from dashboard.addresses import points_address
from dashboard.frame import state
from dashboard.map import layer as map_layer
from dashboard.map.legend_html import legend_html
from geodata.regions import Level, ancestor, level_of
from geodata.text import text
from geodata.view.choropleth import Choropleth
from geodata.view.payload import PlannedKim, choropleth_payload
from geodata.view.words import level_name, region_title


def draw(shown: Choropleth, plan: Sequence[PlannedKim] = (), key: str = "peta") -> None:
    """Draw ``shown`` and its legend beside it. A click on a region goes into it."""
    view, boundaries = shown.view, data.boundaries()
    payload = choropleth_payload(
        shown,
        region=region_title(data.gazetteer(), view.scope, view.lang),
        attribution=data.attribution(view.lang),
        points=points_address(view, data.snapshot().version) if view.points else None,
        plan=plan,
    )
    map_column, legend_column = st.columns([4, 1])
    with map_column:
        st_folium(
            map_layer.base_map(boundaries),
            key=key,
            height=map_layer.HEIGHT_PX,
            use_container_width=True,
            returned_objects=["last_clicked"],
            feature_group_to_add=map_layer.update(payload),
            # Of the whole country's desa only the kecamatan may have been in sight.
            on_change=partial(_follow_click, key, view.far_level or view.shown_level),
        )
    with legend_column:
        st.html(_legend(shown, marks=boundaries.manifest.marks > 0))


def _legend(shown: Choropleth, marks: bool) -> str:
    """Return the legend, and above it that of what is drawn from afar, if there is one."""
    near, far, lang = shown.layer, shown.far, shown.view.lang
    if far is None:
        return legend_html(near, lang, marks=marks)
    from_afar, close_up = (
        text(f"legend.{distance}", lang, tingkat=level_name(layer.level, lang))
        for distance, layer in (("jauh", far), ("dekat", near))
    )
    return (
        # Marks are explained once.
        legend_html(far, lang, heading=from_afar, name="legenda-jauh", marks=marks)
        + "<br>"
        + legend_html(near, lang, heading=close_up, name="legenda-dekat")
    )


def _follow_click(key: str, level: Level) -> None:
    """Move to the region of ``level`` under the click; a click on the sea does nothing."""
    click = (st.session_state.get(key) or {}).get("last_clicked")
    if not click:
        return
    view = state.current()
    code = data.boundaries().locate(click["lat"], click["lng"], level)
    if code is None:
        return
    scope = view.scope
    if scope is not None and not code.startswith(scope):
        # Another part of the country: go to the region there that is like the one we are in.
        code = ancestor(code, level_of(scope))
    state.change(lambda now: now.at(code))

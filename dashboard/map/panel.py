"""The map: draws a choropleth, and moves the view on a click."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard import data
from dashboard.addresses import points_address
from dashboard.frame import state
from dashboard.map import layer as map_layer
from dashboard.workshop.kept import kept
from geodata.regions import ancestor, level_of, parent
from geodata.text import day, text
from geodata.view.choropleth import Choropleth, Shapes
from geodata.view.payload import PlannedKim, choropleth_payload
from geodata.view.view import View
from geodata.view.words import filter_in_words, level_name, region_title


def draw(
    shown: Choropleth,
    plan: Sequence[PlannedKim] = (),
    key: str = "peta",
    go: Callable[[str | None], None] | None = None,
) -> None:
    """Draw ``shown``, with title and legend on it. A click on a region goes into it.

    Where the view shall not follow the click, ``go`` is told the region's code instead; Indonesia
    has none.
    """
    view, boundaries = shown.view, data.boundaries()
    points = view.points and not view.petak
    script = kept(
        _script,
        shown,
        region=region_title(data.gazetteer(), view.scope, view.lang),
        attribution=data.attribution(view.lang, petak=view.petak),
        about=_about(shown),
        marks=boundaries.manifest.marks > 0 and not view.petak,
        points=points_address(view, data.snapshot().version) if points else None,
        plan=plan,
    )
    st_folium(
        map_layer.base_map(boundaries),
        key=key,
        height=map_layer.HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=map_layer.update(script),
        # Of the whole country's desa only the kecamatan may have been in sight.
        on_change=partial(_follow_click, key, view, shown.shapes, go or _go),
    )


def _script(shown: Choropleth, **said: Any) -> str:
    return map_layer.showing(choropleth_payload(shown, **said))


def _about(shown: Choropleth) -> str:
    """Say by what level, what is counted, and how new and how exact it is."""
    view, snapshot, lang = shown.view, data.snapshot(), shown.view.lang
    approximate = data.boundaries().approximate and not view.petak
    parts = (
        text("map.by_level", lang, tingkat=level_name(view.shown_level, lang)),
        filter_in_words(view.kim_filter, lang),
        text("app.data_date", lang, date=day(snapshot.date, lang)),
        text("app.sample", lang) if snapshot.illustrative else "",
        text("attribution.approximate", lang) if approximate else "",
    )
    return " · ".join(filter(None, parts))


def _go(code: str | None) -> None:
    state.change(lambda view: view.at(code))


def _follow_click(key: str, view: View, shapes: Shapes, go: Callable[[str | None], None]) -> None:
    """Go to the region of ``view`` under the click; a click on the sea does nothing.

    The Escape key on the map comes as a click, too, which leads ``out`` of the region.
    """
    click = (st.session_state.get(key) or {}).get("last_clicked")
    if not click:
        return
    if click.get("out"):
        if view.region:
            go(parent(view.region))
        return
    level = view.far_level or view.shown_level
    code = shapes.locate(click["lat"], click["lng"], level)
    if code is None:
        return
    scope = view.scope
    if scope is not None and not code.startswith(scope):
        # Another part of the country: go to the region there that is like the one we are in.
        code = ancestor(code, level_of(scope))
    go(code)

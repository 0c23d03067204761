"""The map: draws a choropleth, and moves the view on a click."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard import data
from dashboard.frame import state
from dashboard.map import layer as map_layer
from dashboard.map.said import said_of
from dashboard.workshop.kept import kept
from geodata.regions import ancestor, level_of, parent
from geodata.view.choropleth import Choropleth, Shapes
from geodata.view.lapse import Moment, with_lapse
from geodata.view.payload import PlannedKim, choropleth_payload
from geodata.view.view import View


def draw(
    shown: Choropleth,
    plan: Sequence[PlannedKim] = (),
    key: str = "peta",
    go: Callable[[str | None], None] | None = None,
    moments: tuple[Moment, ...] = (),
) -> None:
    """Draw ``shown``, with title and legend on it. A click on a region goes into it.

    Where the view shall not follow the click, ``go`` is told the region's code instead; Indonesia
    has none. With ``moments`` there is a time-lapse of them.
    """
    view = shown.view
    script = kept(_script, shown, moments, plan=plan, **said_of(shown))
    st_folium(
        map_layer.base_map(data.boundaries()),
        key=key,
        height=map_layer.HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=map_layer.update(script),
        # Of the whole country's desa only the kecamatan may have been in sight.
        on_change=partial(follow_click, key, view, shown.shapes, go or _go),
    )


def _script(shown: Choropleth, moments: tuple[Moment, ...], **said: Any) -> str:
    payload = choropleth_payload(shown, **said)
    return map_layer.showing(with_lapse(payload, shown, moments) if moments else payload)


def _go(code: str | None) -> None:
    state.change(lambda view: view.at(code))


def follow_click(key: str, view: View, shapes: Shapes, go: Callable[[str | None], None]) -> None:
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

"""The map with its legend: computes the classes, draws, and moves the selection on a click."""

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data, map_layer, palette, state
from dashboard.legend import legend_html
from dashboard.map_view import classes_of, map_view, painted_classes
from dashboard.routes import points_address
from dashboard.selection import Selection
from geodata.regions import ancestor, level_of

_KEY = "peta"


def draw(selection: Selection, metrics: pd.DataFrame) -> None:
    """Draw the map of ``metrics`` (the regions of the selection) and its legend beside it."""
    boundaries, level = data.boundaries(), selection.shown_level
    classification = classes_of(selection, metrics)
    colours = palette.ramp(selection.metrik, len(classification.counts))
    chosen = selection.wilayah if selection.wilayah != selection.scope else None
    points = None
    if selection.titik:
        points = points_address(selection, data.snapshot().version)
    view = map_view(
        classes=painted_classes(metrics, classification, colours, level),
        level=level,
        scope=selection.scope,
        chosen=chosen,
        bounds=boundaries.bounds(selection.scope),
        points=points,
        attribution=data.attribution(selection.bahasa),
        lang=selection.bahasa,
    )
    map_column, legend_column = st.columns([4, 1])
    with map_column:
        st_folium(
            map_layer.base_map(boundaries),
            key=_KEY,
            height=map_layer.HEIGHT_PX,
            use_container_width=True,
            returned_objects=["last_clicked"],
            feature_group_to_add=map_layer.update(view),
            on_change=_follow_click,
        )
    with legend_column:
        st.html(
            legend_html(
                classification,
                colours,
                selection.metrik,
                level,
                not_drawn=int(np.count_nonzero(~boundaries.is_drawn(level, metrics["kode"]))),
                lang=selection.bahasa,
            )
        )


def _follow_click() -> None:
    """Move to the region under the click; a click on the sea does nothing."""
    click = (st.session_state.get(_KEY) or {}).get("last_clicked")
    if not click:
        return
    selection = state.current()
    code = data.boundaries().locate(click["lat"], click["lng"], selection.shown_level)
    if code is None:
        return
    scope = selection.scope
    if scope is not None and not code.startswith(scope):
        # Another part of the country: go to the region there that is like the one we are in.
        code = ancestor(code, level_of(scope))
    state.change(lambda now: now.at(code))

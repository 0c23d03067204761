"""The map with its legend: computes the classes, draws, and moves the selection on a click."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data, map_layer, state
from dashboard.legend import legend_html
from dashboard.map_view import PlannedKim, classes_of, map_view, painted_classes
from dashboard.routes import points_address
from dashboard.selection import Selection
from geodata import palette
from geodata.analysis.map_metrics import map_table
from geodata.regions import Level, ancestor, level_of
from geodata.text import text
from geodata.wording import level_name


def draw(
    selection: Selection,
    metrics: pd.DataFrame,
    plan: Sequence[PlannedKim] = (),
    key: str = "peta",
) -> None:
    """Draw the map of ``metrics`` (the regions of the selection) and its legend beside it.

    A click on a region goes into it.
    """
    metric, boundaries, level = selection.shown_metrik, data.boundaries(), selection.shown_level
    classes, legend = _painted(selection, metrics, level)
    far, far_level = None, selection.far_level
    if far_level:
        # A map that is too far out for desa shows the kecamatan, by classes of their own.
        far_metrics = map_table(
            metric, data.snapshot(), selection.kim_filter, boundaries, far_level
        )
        far_classes, far_legend = _painted(selection, far_metrics, far_level)
        far, legend = (far_level, far_classes), far_legend + "<br>" + legend
    chosen = selection.wilayah if selection.wilayah != selection.scope else None
    points = None
    if selection.titik:
        points = points_address(selection, data.snapshot().version)
    view = map_view(
        classes=classes,
        level=level,
        scope=selection.scope,
        chosen=chosen,
        bounds=boundaries.bounds(selection.scope),
        points=points,
        attribution=data.attribution(selection.bahasa),
        metric=metric,
        plan=plan,
        lang=selection.bahasa,
        far=far,
    )
    map_column, legend_column = st.columns([4, 1])
    with map_column:
        st_folium(
            map_layer.base_map(boundaries),
            key=key,
            height=map_layer.HEIGHT_PX,
            use_container_width=True,
            returned_objects=["last_clicked"],
            feature_group_to_add=map_layer.update(view),
            # Of the whole country's desa only the kecamatan may have been in sight.
            on_change=partial(_follow_click, key, far_level or level),
        )
    with legend_column:
        st.html(legend)


def _painted(
    selection: Selection, metrics: pd.DataFrame, level: Level
) -> tuple[list[dict[str, Any]], str]:
    """Return the classes of ``level`` for the browser, and their legend."""
    metric, boundaries, lang = selection.shown_metrik, data.boundaries(), selection.bahasa
    classification = classes_of(selection, metrics)
    colours = palette.fills(metric, classification)
    heading, name, near = None, "legenda", None
    if selection.far_level:
        near = selection.shown_level
        distance = "dekat" if level is near else "jauh"
        heading = text(f"legend.{distance}", lang, tingkat=level_name(level, lang))
        name = f"legenda-{distance}"
    legend = legend_html(
        classification,
        colours,
        metric,
        level,
        not_drawn=int(np.count_nonzero(~boundaries.is_drawn(level, metrics["kode"]))),
        lang=lang,
        heading=heading,
        name=name,
        # Said once, where there are two.
        marks=boundaries.manifest.marks > 0 and level is not near,
    )
    return painted_classes(metrics, classification, colours, level, metric), legend


def _follow_click(key: str, level: Level) -> None:
    """Move to the region of ``level`` under the click; a click on the sea does nothing."""
    click = (st.session_state.get(key) or {}).get("last_clicked")
    if not click:
        return
    selection = state.current()
    code = data.boundaries().locate(click["lat"], click["lng"], level)
    if code is None:
        return
    scope = selection.scope
    if scope is not None and not code.startswith(scope):
        # Another part of the country: go to the region there that is like the one we are in.
        code = ancestor(code, level_of(scope))
    state.change(lambda now: now.at(code))

"""The map of an area: desa by what is known of them, zones, KIM, and what is being drawn."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

import folium
import pandas as pd
import shapely
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data
from dashboard.darurat.found import Found
from dashboard.map import layer
from dashboard.workshop.kept import kept
from geodata.area.picture import KIM, WITH_KIM, WITHOUT_KIM, fills
from geodata.boundaries.boundary_set import BoundarySet, Bounds
from geodata.regions import Level
from geodata.text import number, text
from geodata.view.palette import CHOSEN, HATCH_PX, NOT_REPORTED
from geodata.view.payload import Legend, Payload, Texts, painted, payload
from geodata.view.view import View
from geodata.view.words import region_title

KEY = "peta-darurat"
_NAMES = {WITH_KIM: "with_kim", WITHOUT_KIM: "without_kim", NOT_REPORTED: "unreported"}
_MOST_KIM = 1_000
_ROOM = 0.01  # degrees around the smallest area
_SIMPLIFIED = 0.0005
_ZONE = {"color": CHOSEN, "weight": 2.5, "fill": False, "interactive": False}

Corners = list[tuple[float, float]]


def draw(
    view: View, found: Found | None, corners: Corners, clicked: Callable[[float, float], None]
) -> None:
    """Draw the map; a click on it is told to ``clicked``, its latitude and longitude.

    Parameters
    ----------
    found
        ``None`` while no area is named: then the region of the view is in sight.
    corners
        Of what is being drawn.
    """
    group = layer.update(kept(_script, view, found, data.boundaries()))
    if found is not None:
        _zones(found).add_to(group)
        kim_on_map(found.answer.kim).add_to(group)
    if len(corners) > 1:
        folium.Polygon(corners, color=CHOSEN, weight=2, dash_array="4 6", fill=False).add_to(group)
    for corner in corners:
        folium.CircleMarker(
            corner, radius=6, color="#ffffff", weight=2, fill_color=CHOSEN, fill_opacity=1
        ).add_to(group)

    def follow() -> None:
        click = (st.session_state.get(KEY) or {}).get("last_clicked")
        if click and not click.get("out"):
            clicked(click["lat"], click["lng"])

    st_folium(
        layer.base_map(data.boundaries()),
        key=KEY,
        height=layer.HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=group,
        on_change=follow,
    )


def _zones(found: Found) -> folium.GeoJson:
    shapes = [shapely.simplify(zone.shape, _SIMPLIFIED) for zone in found.area.zones]
    edges = shapely.geometrycollections(shapes)
    return folium.GeoJson(shapely.geometry.mapping(edges), style_function=lambda _: _ZONE)


def kim_on_map(kim: pd.DataFrame) -> folium.GeoJson:
    """Return KIM of an answer as points that say their name."""
    placed = kim[kim["lat"].notna()].head(_MOST_KIM)
    features = [
        {
            "type": "Feature",
            "properties": {"nama": _as_html(f"{row.nama_kim} · {row.desa}")},
            "geometry": {"type": "Point", "coordinates": [row.lng, row.lat]},
        }
        for row in placed.itertuples()
    ]
    drawn = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(
            radius=6, color="#ffffff", weight=1.5, fill_color=KIM, fill_opacity=1
        ),
    )
    if features:
        folium.GeoJsonTooltip(["nama"], labels=False).add_to(drawn)
    return drawn


def _as_html(name: str) -> str:
    """Return ``name`` for a tooltip, which is HTML, in what folium compiles as a template."""
    return escape(name).replace("{", "&#123;").replace("}", "&#125;")


def _script(view: View, found: Found | None, _: BoundarySet) -> str:
    return layer.showing(_payload(view, found))


def _payload(view: View, found: Found | None) -> Payload:
    lang, texts = view.lang, Texts()
    shown = replace(view, region=None, level=Level.DESA, petak=False)
    outside = text("darurat.place.outside", lang)
    bounds = data.boundaries().bounds(view.scope)
    classes, legends = [], []
    if found is not None:
        bounds = _roomy(found.area.bounds(data.boundaries()))
        of_colour = fills(found.answer, data.gazetteer())
        for fill, codes in of_colour.items():
            if len(codes):
                said = [text(f"darurat.place.{_NAMES[fill]}", lang)]
                classes.append(painted(codes, fill, said, [], hatch=_hatch(fill)))
        legends = [_legend({fill: len(codes) for fill, codes in of_colour.items()}, lang)]
    return payload(
        shown,
        texts,
        classes,
        rest=[outside],
        bounds=bounds,
        region=region_title(data.gazetteer(), None, lang),
        attribution=data.attribution(lang),
        words="darurat.place",
        legends=legends,
    )


def _legend(counts: dict[str, int], lang: str) -> Legend:
    return {
        "level": Level.DESA.value,
        "title": text("darurat.place.legend", lang),
        "rows": [
            (fill, text(f"darurat.place.{_NAMES[fill]}", lang), number(count, lang), _hatch(fill))
            for fill, count in counts.items()
        ],
        "notes": [],
    }


def _hatch(fill: str) -> int:
    return HATCH_PX if fill == NOT_REPORTED else 0


def _roomy(bounds: Bounds) -> Bounds:
    south, west, north, east = bounds
    return south - _ROOM, west - _ROOM, north + _ROOM, east + _ROOM

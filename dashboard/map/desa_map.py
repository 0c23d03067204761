"""A small map of some desa and a point: of the candidates of a row, or of a KIM.

It is drawn anew for each; its text twin stands beside it.
"""

from collections.abc import Sequence
from html import escape

import folium
import geopandas as gpd
import numpy as np
import shapely
import streamlit as st
from streamlit_folium import st_folium

from dashboard import assets, data
from dashboard.frame.markdown import literal, say
from dashboard.map.layer import FrameTitle
from geodata.boundaries.boundary_set import BoundarySet
from geodata.regions import Level
from geodata.text import text
from geodata.view.palette import BORDERS, CHOSEN, LAND, SEA

_HEIGHT_PX = 380
_SIMPLIFIED_DEGREES = 0.0003
_FILL = ("#1d6f8a", "#7fb0bf", "#c3dae1")  # the best candidate, the second, the others
_MARGIN_DEGREES = 0.02
_LEVEL_AROUND = ((Level.KECAMATAN, 0.7), (Level.KABUPATEN_KOTA, 3.0))  # up to so many degrees wide


def draw(
    codes: Sequence[str], point: tuple[float, float] | None, title: str, key: str, lang: str
) -> bool:
    """Draw desa, numbered if they are several, and a point; tell whether any can be drawn.

    Parameters
    ----------
    codes
        Of the desa, the likeliest first.
    point
        Latitude and longitude, EPSG:4326 degrees.
    title
        What the map shows, also for those who do not see it.
    """
    boundaries = data.boundaries()
    shapes = _shapes(boundaries, list(codes))
    if not shapes and point is None:
        return False
    st.caption(title)
    st_folium(
        _map(boundaries, shapes, list(codes), point, lang).add_child(FrameTitle(title)),
        key=key,
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
    )
    missing = [data.gazetteer().name(code) for code in codes if code not in shapes]
    if missing:
        st.caption(say("map.not_drawn", lang, desa=", ".join(missing)))
    st.caption(literal(data.attribution(lang)))
    return True


def _shapes(boundaries: BoundarySet, codes: list[str]) -> dict:
    """Return the polygons of those of ``codes`` that are drawn."""
    if boundaries.finest is not Level.DESA or not codes:
        return {}
    polygons = boundaries.polygons_of(Level.DESA, np.array(codes))
    shapes = zip(codes, shapely.simplify(polygons, _SIMPLIFIED_DEGREES), strict=True)
    return {code: shape for code, shape in shapes if shape is not None}


def empty_map(lang: str) -> folium.Map:
    """Return a map on which nothing is drawn yet, without any request but for Leaflet."""
    drawn = folium.Map(tiles=None, zoom_control=False, attribution_control=False)
    folium.Control("Scale", imperial=False).add_to(drawn)
    nearer, farther = text("map.zoom_in", lang), text("map.zoom_out", lang)
    folium.Control("Zoom", zoom_in_title=nearer, zoom_out_title=farther).add_to(drawn)
    drawn.options["zoom_snap"] = 0.25  # so that what is looked at fills the frame
    drawn.default_js = assets.links(".js")[:1]  # Leaflet alone
    drawn.default_css = assets.links(".css")[:1]
    drawn.get_root().header.add_child(  # type: ignore[attr-defined]
        folium.Element(f"<style>.leaflet-container {{ background: {SEA}; }}</style>")
    )
    return drawn


def _map(
    boundaries: BoundarySet,
    shapes: dict,
    codes: list[str],
    point: tuple[float, float] | None,
    lang: str,
) -> folium.Map:
    drawn = empty_map(lang)
    boxes = [shape.bounds for shape in shapes.values()]
    if point is not None:
        boxes.append((point[1], point[0], point[1], point[0]))
    west, south = np.min([box[:2] for box in boxes], axis=0) - _MARGIN_DEGREES
    east, north = np.max([box[2:] for box in boxes], axis=0) + _MARGIN_DEGREES
    _around(boundaries, west, south, east, north).add_to(drawn)
    for rank, code in reversed(list(enumerate(codes))):
        if code not in shapes:
            continue
        fill = _FILL[min(rank, len(_FILL) - 1)]
        folium.GeoJson(
            shapes[code].__geo_interface__,
            style_function=lambda _, fill=fill: {
                "fillColor": fill, "fillOpacity": 0.85, "color": "#14323d", "weight": 1,
            },
            tooltip=_as_html(data.gazetteer().name(code)),
        ).add_to(drawn)  # fmt: skip
        if len(codes) == 1:
            continue
        inside = shapes[code].representative_point()
        label = (
            '<div style="font:600 14px system-ui;color:#14323d;text-align:center;'
            f'text-shadow:0 0 3px {LAND},0 0 3px {LAND}">{rank + 1}</div>'
        )
        folium.Marker(
            (inside.y, inside.x), icon=folium.DivIcon(html=label, icon_size=(24, 20))
        ).add_to(drawn)
    if point is not None:
        folium.CircleMarker(
            point, radius=7, color="#ffffff", weight=2, fill_color=CHOSEN, fill_opacity=1
        ).add_to(drawn)
    drawn.fit_bounds([(south, west), (north, east)])
    return drawn


def _as_html(name: str) -> str:
    """Return ``name`` for a tooltip of folium, which is HTML inside a template of JavaScript."""
    return escape(name).replace("`", "&#96;").replace("$", "&#36;")


def _around(
    boundaries: BoundarySet, west: float, south: float, east: float, north: float
) -> folium.GeoJson:
    """Return the regions in sight, of the level whose size fits the view, without colour."""
    width = east - west
    level = next((level for level, widest in _LEVEL_AROUND if width <= widest), Level.PROVINSI)
    # Beyond what is asked for, since a map is wider than high, or the other way.
    sight = (west - width, south - width, east + width, north + width)
    west, south, east, north = sight
    seen = boundaries.polygons_of(level, boundaries.in_sight(level, (south, west, north, east)))
    clipped = shapely.simplify(shapely.clip_by_rect(seen, *sight), width / 400)
    return folium.GeoJson(
        gpd.GeoSeries(clipped[~shapely.is_empty(clipped)], crs="EPSG:4326"),
        style_function=lambda _: {
            "fillColor": LAND, "fillOpacity": 1, "color": BORDERS[Level.DESA], "weight": 0.7,
        },
    )  # fmt: skip

"""A desa by clicks on a small map: from region to region, down to it.

The search beside it is the way of the keyboard, and of those who do not see.
"""

from collections.abc import Callable
from functools import partial
from html import escape

import folium
import geopandas as gpd
import numpy as np
import shapely
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data
from dashboard.frame.markdown import literal, say
from dashboard.map.desa_map import empty_map
from dashboard.map.layer import FrameTitle
from geodata.boundaries.boundary_set import BoundarySet
from geodata.regions import Level, level_of, parent
from geodata.text import text
from geodata.view.palette import BORDERS, CHOSEN, LAND
from geodata.view.words import region_path, region_title

_HEIGHT_PX = 380
_DETAIL = 500  # of the width of what is drawn, a screen shows no more


def choose(
    key: str, near: str | None, top: str | None, lang: str, allowed: Callable[[str], bool]
) -> str:
    """Draw the map, once it is asked for; return the code of the desa that was clicked, or "".

    Parameters
    ----------
    key
        Tells this choice from others of the page.
    near
        Code of a region: the map begins there, of a desa with its kecamatan.
    top
        Code of the region that the map stays in; ``None`` is Indonesia.
    allowed
        Tells of a code whether it may be chosen.
    """
    boundaries = data.boundaries()
    if boundaries.finest is not Level.DESA:
        return ""
    if st.toggle(text("data_kim.form.on_map", lang), key=f"di-peta-{key}"):
        _draw(boundaries, key, near or top, top, lang, allowed)
    return str(st.session_state.get(_clicked(key), ""))


def forget(key: str) -> None:
    """Forget what was clicked, for callbacks: something else was chosen."""
    st.session_state.pop(_clicked(key), None)


def _clicked(key: str) -> str:
    return f"klik-{key}"


def _draw(
    boundaries: BoundarySet,
    key: str,
    near: str | None,
    top: str | None,
    lang: str,
    allowed: Callable[[str], bool],
) -> None:
    at = f"klik-di-{key}"
    begins = parent(near) if near and level_of(near) is Level.DESA else near
    here: str | None = st.session_state.get(at, begins)
    level = level_of(here).child if here else Level.PROVINSI
    assert level is not None  # of a desa one sees its kecamatan
    wanted = text(f"level.{level}", lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        if here != top and here is not None:
            st.button(
                text("widget.up", lang),
                key=f"klik-naik-{key}",
                icon=":material/arrow_upward:",
                on_click=st.session_state.__setitem__,
                args=(at, parent(here)),
            )
        where = region_path(data.gazetteer(), here, lang)
        st.markdown(say("data_kim.form.on_map_click", lang, tingkat=wanted, wilayah=where))
    drawn, title = f"klik-peta-{key}-{here}", region_title(data.gazetteer(), here, lang)
    st_folium(
        _map(boundaries, here, level, st.session_state.get(_clicked(key), near), lang).add_child(
            FrameTitle(text("data_kim.form.on_map", lang) + f": {title}")
        ),
        key=drawn,
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_clicked"],
        on_change=partial(_follow, drawn, key, at, level, here, allowed),
    )
    st.caption(literal(data.attribution(lang)))


def _map(
    boundaries: BoundarySet, here: str | None, level: Level, chosen: str | None, lang: str
) -> folium.Map:
    """Return the regions of ``level`` in ``here``, each with its name."""
    gazetteer = data.gazetteer()
    south, west, north, east = boundaries.bounds(here)
    codes = np.array(gazetteer.children(here)["kode"].tolist())
    codes = codes[boundaries.is_drawn(level, codes)]
    shapes = shapely.simplify(boundaries.polygons_of(level, codes), (east - west) / _DETAIL)
    names = [escape(region_title(gazetteer, code, lang)) for code in codes.tolist()]
    table = gpd.GeoDataFrame({"kode": codes, "nama": names}, geometry=shapes, crs="EPSG:4326")
    drawn = empty_map(lang)
    folium.GeoJson(
        table,
        style_function=lambda feature: {
            "fillColor": CHOSEN if feature["properties"]["kode"] == chosen else LAND,
            "fillOpacity": 0.85, "color": BORDERS[Level.DESA], "weight": 1,
        },
        highlight_function=lambda _: {"weight": 3},
        tooltip=folium.GeoJsonTooltip(["nama"], labels=False),
    ).add_to(drawn)  # fmt: skip
    drawn.fit_bounds([(south, west), (north, east)])
    return drawn


def _follow(
    drawn: str,
    key: str,
    at: str,
    level: Level,
    here: str | None,
    allowed: Callable[[str], bool],
) -> None:
    """Go into the region under the click, or choose the desa; the sea and others are nothing."""
    click = (st.session_state.get(drawn) or {}).get("last_clicked")
    code = data.boundaries().locate(click["lat"], click["lng"], level) if click else None
    if code is None or not code.startswith(here or ""):
        return
    if level is not Level.DESA:
        st.session_state[at] = code
    elif allowed(code):
        st.session_state[_clicked(key)] = code

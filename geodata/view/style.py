"""A choropleth as a style of MapLibre (style specification, version 8), for maps of other sites."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from geodata.regions import LEVELS, Level, feature_id
from geodata.view.choropleth import Choropleth
from geodata.view.palette import BORDERS, LAND, SEA

# Zooms from which the borders of a level can be told from each other.
_FROM_ZOOM = {Level.PROVINSI: 0, Level.KABUPATEN_KOTA: 4, Level.KECAMATAN: 7, Level.DESA: 9}
_WIDTH = {
    Level.PROVINSI: 1.2,
    Level.KABUPATEN_KOTA: 0.8,
    Level.KECAMATAN: 0.5,
    Level.DESA: 0.3,
}


def map_style(shown: Choropleth, sources: Mapping[Level, str]) -> dict[str, Any]:
    """Return the style that draws ``shown`` on the tilesets of a boundary set.

    Parameters
    ----------
    sources
        Address of the TileJSON of each level.

    Returns
    -------
    The style. Its ``metadata`` has what a page shows beside the map: title, sentence, legend (name
    and colour of each class) and bounds (west, south, east, north, EPSG:4326 degrees).
    """
    level = shown.layer.level
    drawn = LEVELS[: LEVELS.index(level) + 1]
    south, west, north, east = shown.bounds
    return {
        "version": 8,
        "name": shown.title,
        "metadata": {
            "judul": shown.title,
            "kalimat": shown.sentence,
            "legenda": [{"nama": row.label, "warna": row.fill} for row in shown.layer.legend],
            "kotak": [west, south, east, north],
        },
        "center": [(west + east) / 2, (south + north) / 2],
        "sources": {
            each.value: {"type": "vector", "url": sources[each]}
            for each in {Level.PROVINSI, *drawn}
        },
        "layers": [
            {"id": "laut", "type": "background", "paint": {"background-color": SEA}},
            _fill("daratan", Level.PROVINSI, LAND),
            _fill("kelas", level, _colours(shown)),
            *map(_border, reversed(drawn)),
        ],
    }


def _fill(name: str, level: Level, colour: Any) -> dict[str, Any]:
    paint = {"fill-color": colour, "fill-antialias": False}
    return {
        "id": name,
        "type": "fill",
        "source": level.value,
        "source-layer": level.value,
        "paint": paint,
    }


def _colours(shown: Choropleth) -> list[Any]:
    """Return the expression that gives each region its colour, and others none."""
    table, fills = shown.layer.table, shown.layer.row_fills
    ids = np.array([feature_id(code) for code in table["kode"]])
    branches: list[Any] = []
    for fill in dict.fromkeys(fills.tolist()):
        branches += [ids[fills == fill].tolist(), fill]
    nothing = "rgba(0,0,0,0)"
    return ["match", ["id"], *branches, nothing] if branches else ["literal", nothing]


def _border(level: Level) -> dict[str, Any]:
    return {
        "id": f"batas-{level}",
        "type": "line",
        "source": level.value,
        "source-layer": level.value,
        "minzoom": _FROM_ZOOM[level],
        "paint": {"line-color": BORDERS[level], "line-width": _WIDTH[level]},
    }

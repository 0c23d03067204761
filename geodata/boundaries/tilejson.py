"""What a tileset holds, as TileJSON says it (version 3.0.0)."""

from typing import Any

import pandas as pd

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.features import attributes
from geodata.boundaries.tiles import MARKS_LAYER, MAX_ZOOM, MIN_ZOOM
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level


def tilejson(boundaries: BoundarySet, level: Level, tiles: str, attribution: str) -> dict[str, Any]:
    """Return what the tileset of a level of ``boundaries`` holds.

    Parameters
    ----------
    tiles
        Address of its tiles, with ``{z}``, ``{x}`` and ``{y}``.
    attribution
        What a map must say of it.
    """
    south, west, north, east = boundaries.bounds(None)
    names = attributes(level, pd.Series([], dtype=str), load_gazetteer()).columns
    fields = {name: "Number" if name == "jumlah_desa" else "String" for name in names}
    marks = {**fields, "lat": "Number", "lng": "Number"}
    layers = {level.value: fields} | ({MARKS_LAYER: marks} if boundaries.manifest.marks else {})
    return {
        "tilejson": "3.0.0",
        "name": f"{boundaries.name} {boundaries.version}: {level}",
        "attribution": attribution,
        "tiles": [tiles],
        "scheme": "xyz",
        "minzoom": MIN_ZOOM,
        "maxzoom": MAX_ZOOM,
        "bounds": [west, south, east, north],
        "vector_layers": [{"id": name, "fields": held} for name, held in layers.items()],
    }

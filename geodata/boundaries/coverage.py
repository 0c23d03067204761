"""Levels of a coverage: unions, areas and bounds.

A coverage is a set of polygons that do not overlap and share their borders vertex for vertex, as
``thiessen`` makes them.
"""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.boundaries.land import EQUAL_AREA
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level

_SIDES = ["south", "west", "north", "east"]


def roll_up(desa: gpd.GeoDataFrame) -> dict[Level, gpd.GeoDataFrame]:
    """Return the polygons of all levels, each level above desa the unions of the one below.

    Parameters
    ----------
    desa
        A coverage: columns kode, geometry (EPSG:4326).

    Returns
    -------
    For each level a GeoDataFrame in EPSG:4326 sorted by kode, with columns kode, area_km2 (on the
    ellipsoid) and geometry.
    """
    polygons = desa[["kode", "geometry"]].sort_values("kode", ignore_index=True)
    area_km2 = polygons.geometry.to_crs(EQUAL_AREA).area / 1e6
    polygons = polygons.assign(area_km2=area_km2)[["kode", "area_km2", "geometry"]]
    levels = {Level.DESA: polygons}
    for level in reversed(LEVELS[:-1]):
        codes = polygons["kode"].str[: level.code_length]
        polygons = polygons.assign(kode=codes).dissolve(
            "kode", aggfunc="sum", method="coverage", as_index=False
        )[["kode", "area_km2", "geometry"]]
        levels[level] = polygons
    return levels


def bounds_table(polygons: Mapping[Level, gpd.GeoDataFrame], gazetteer: Gazetteer) -> pd.DataFrame:
    """Return the bounds of every region of the gazetteer.

    Returns
    -------
    DataFrame with columns kode, south, west, north, east (EPSG:4326 degrees), all levels one below
    the other. A region without a polygon has the bounds of the region above it, a provinsi without
    one those of all that is drawn.
    """
    west, south, east, north = polygons[Level.PROVINSI].total_bounds
    above = np.array([[south, west, north, east]])
    tables = []
    for level in LEVELS:
        codes = gazetteer.codes(level)
        drawn = polygons[level].set_index("kode").bounds
        own = drawn.reindex(codes)[["miny", "minx", "maxy", "maxx"]].to_numpy()
        holder = gazetteer.parent_positions(level.parent, level) if level.parent else 0
        above = np.where(np.isnan(own), above[holder], own)
        tables.append(pd.DataFrame(above, columns=_SIDES).assign(kode=codes)[["kode", *_SIDES]])
    return pd.concat(tables, ignore_index=True)

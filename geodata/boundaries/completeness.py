"""Levels of a coverage: unions, areas and bounds.

A coverage is a set of polygons that do not overlap and share their borders vertex for vertex, as
``thiessen`` makes them.
"""

from collections.abc import Mapping
from contextlib import suppress

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.land import EQUAL_AREA
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level

_SIDES = ["south", "west", "north", "east"]


def roll_up(finest: gpd.GeoDataFrame, level: Level = Level.DESA) -> dict[Level, gpd.GeoDataFrame]:
    """Return the polygons of all levels, each level above ``level`` the unions of the one below.

    Parameters
    ----------
    finest
        A coverage: columns kode, geometry (EPSG:4326).
    level
        That of ``finest``. Levels below it have no polygons.

    Returns
    -------
    For each level a GeoDataFrame in EPSG:4326 sorted by kode, with columns kode, area_km2 (on the
    ellipsoid), parts (polygons that it is made of: islands, enclaves) and geometry.
    """
    polygons = finest[["kode", "geometry"]].sort_values("kode", ignore_index=True)
    area_km2 = polygons.geometry.to_crs(EQUAL_AREA).area / 1e6
    polygons = _counted(polygons.assign(area_km2=area_km2))
    levels = dict.fromkeys(LEVELS, polygons.iloc[:0]) | {level: polygons}
    for above in reversed(LEVELS[: LEVELS.index(level)]):
        codes = polygons["kode"].str[: above.code_length].to_numpy()
        shapes = polygons.geometry.to_numpy()
        starts = np.unique(codes, return_index=True)[1]
        unions = [union(group) for group in np.split(shapes, starts[1:])]
        areas = np.add.reduceat(polygons["area_km2"].to_numpy(), starts)
        polygons = _counted(
            gpd.GeoDataFrame(
                {"kode": codes[starts], "area_km2": areas}, geometry=unions, crs=finest.crs
            )
        )
        levels[above] = polygons
    return levels


def _counted(polygons: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    parts = shapely.get_num_geometries(polygons.geometry.to_numpy())
    return polygons.assign(parts=parts)[["kode", "area_km2", "parts", "geometry"]]


def union(shapes: np.ndarray) -> shapely.Geometry:
    """Return the union of polygons that are (nearly) a coverage.

    A coverage is united by dropping its inner borders, which is quick. Where two borders fail to
    meet by a hair after all, GEOS notices, and the polygons are overlaid instead.
    """
    with suppress(shapely.errors.GEOSException):
        united = shapely.coverage_union_all(shapes)
        if shapely.is_valid(united):
            return united
    return shapely.union_all(shapes)


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

"""Marks of regions on small islands, which a map that is zoomed out would lose from sight."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely

from geodata.boundaries.completeness import union
from geodata.boundaries.land import EQUAL_AREA
from geodata.regions import LEVELS, Level

# An island less than this across is marked; a wider one is seen by itself.
SEEN_PX = 3

# What a pixel of a tile shows of the equator at zoom 0, where 512 of them show all of it.
_KM_A_PIXEL = 40_075 / 512


def island_marks(
    polygons: Mapping[Level, gpd.GeoDataFrame], min_zoom: int, max_zoom: int
) -> dict[Level, gpd.GeoDataFrame]:
    """Return a point for each region whose island is too small to be seen at some zoom.

    A region counts as seen where the land around it is, however small itself: towns on Java need
    no mark. The land is the one that the largest part of the region is on.

    Parameters
    ----------
    polygons
        As ``coverage.roll_up`` returns them.
    min_zoom, max_zoom
        Of the tileset, as MapLibre counts.

    Returns
    -------
    For each level columns kode, until (the last zoom at which the mark is needed), geometry (a
    point inside the region, EPSG:4326), sorted by kode.
    """
    land = shapely.get_parts(union(polygons[Level.PROVINSI].geometry.to_numpy()))
    islands = gpd.GeoSeries(land, crs="EPSG:4326")
    across_km = np.sqrt(islands.to_crs(EQUAL_AREA).area.to_numpy() / 1e6)
    until = np.ceil(np.log2(SEEN_PX * _KM_A_PIXEL / across_km)).astype(int) - 1
    small = until >= min_zoom
    tree, until = shapely.STRtree(land[small]), until[small].clip(max=max_zoom)
    marks = {}
    for level in LEVELS:
        codes, shapes = polygons[level]["kode"], polygons[level].geometry.to_numpy()
        parts, region = shapely.get_parts(shapes, return_index=True)
        largest = np.lexsort((-shapely.area(parts), region))
        largest = largest[np.unique(region, return_index=True)[1]]
        points = shapely.point_on_surface(parts[largest])
        which, island = tree.query(points, predicate="intersects")
        which, first = np.unique(which, return_index=True)
        marks[level] = gpd.GeoDataFrame(
            {"kode": codes.to_numpy()[which], "until": until[island[first]]},
            geometry=points[which],
            crs="EPSG:4326",
        )
    return marks

"""Thiessen (Voronoi) polygons of village points, clipped to the land.

A. H. Thiessen, "Precipitation averages for large areas", Monthly Weather Review 39 (1911); Okabe,
Boots, Sugihara and Chiu, "Spatial Tessellations" (2000). Distances are planar in degrees: between
11 S and 6 N a degree of longitude is at most 2% shorter than one of latitude.

All borders and coasts are noded together once, and each face of that arrangement goes to its
nearest point. Neighbours thus share their border vertex for vertex: the result is a coverage.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree, Voronoi

from geodata.boundaries.land import GRID

# Points closer than 11 m are spread on a circle of that radius: each has a share of their cell.
SPREAD_RADIUS = 1e-4

# A point whose cell holds no land gets a disc of 440 m: about the area of the small islands (half
# a square kilometre) that the land outline leaves out.
ISLET_RADIUS = 0.004

# Far enough that the cells of these four helpers stay off the country, and all others are finite.
_FAR = 180.0 * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])


def thiessen_polygons(points: pd.DataFrame, land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the part of the land that is nearer to each point than to any other.

    Parameters
    ----------
    points
        Columns kode, lat, lng (EPSG:4326 degrees, none missing). Points that coincide are spread
        a few metres apart, in the order of their codes.
    land
        Polygons in EPSG:4326 that do not overlap.

    Returns
    -------
    GeoDataFrame in EPSG:4326 sorted by kode, with columns kode, geometry (MultiPolygon) and islet.
    The polygons are a coverage of the land. Where a point stands at sea and its cell holds no
    land, islet is true and the polygon a small disc around the point, within its cell: the
    village exists, on an island too small for the outline, and must be seen and clicked.
    """
    points = points.sort_values("kode", ignore_index=True)
    xy = _spread(points[["lng", "lat"]].to_numpy(dtype=float))
    borders = _borders(xy)
    cells = _clip(xy, borders, land.geometry.to_numpy())

    at_sea = np.setdiff1d(np.arange(len(xy)), cells.index)
    discs = shapely.buffer(shapely.points(xy[at_sea]), ISLET_RADIUS, quad_segs=4)
    islets = shapely.get_parts(shapely.union_all(discs))
    crossing = np.unique(shapely.STRtree(borders).query(islets, predicate="intersects")[1])
    on_islets = _clip(xy, borders[crossing], islets)
    cells = pd.concat([cells, on_islets[on_islets.index.isin(at_sea)]]).sort_index()

    return gpd.GeoDataFrame(
        {"kode": points["kode"].to_numpy()[cells.index], "islet": cells.index.isin(at_sea)},
        geometry=cells.to_numpy(),
        crs="EPSG:4326",
    )


def _spread(xy: np.ndarray) -> np.ndarray:
    """Move points that (nearly) coincide apart, evenly on a circle around their middle."""
    pairs = KDTree(xy).query_pairs(SPREAD_RADIUS, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), pairs.T), shape=(len(xy), len(xy)))
    cluster = connected_components(links, directed=False)[1]
    table = pd.DataFrame(xy, columns=["x", "y"])
    by_cluster = table.groupby(cluster)
    rank, count = by_cluster.cumcount().to_numpy(), by_cluster["x"].transform("size").to_numpy()
    angle = 2 * np.pi * rank / count
    circle = SPREAD_RADIUS * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.where(count[:, None] > 1, by_cluster.transform("mean").to_numpy() + circle, xy)


def _borders(xy: np.ndarray) -> np.ndarray:
    """Return the borders between neighbouring cells, each once, as lines."""
    diagram = Voronoi(np.vstack([xy, xy.mean(axis=0) + _FAR]))
    ends = np.asarray(diagram.ridge_vertices)
    finite = ends[(ends >= 0).all(axis=1)]
    return shapely.linestrings(diagram.vertices[finite])


def _clip(xy: np.ndarray, borders: np.ndarray, area: np.ndarray) -> pd.Series:
    """Cut the polygons of ``area`` along ``borders``; give each piece to its nearest point.

    Returns
    -------
    Series of MultiPolygons by the position of the point; a point with no piece is not in it.
    """
    lines = shapely.union_all(np.concatenate([borders, shapely.boundary(area)]), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.point_on_surface(faces)
    on_land = np.unique(shapely.STRtree(area).query(inner, predicate="within")[0])
    faces, inner = faces[on_land], inner[on_land]

    owner = KDTree(xy).query(shapely.get_coordinates(inner))[1]
    order = np.argsort(owner, kind="stable")
    owners, group = np.unique(owner[order], return_inverse=True)
    cells = shapely.multipolygons(faces[order], indices=group)
    # Rounding to the grid can split off a sliver that shares an edge with its own cell.
    for bad in np.flatnonzero(~shapely.is_valid(cells)):
        merged = shapely.union_all(shapely.get_parts(cells[bad]))
        cells[bad] = shapely.multipolygons(shapely.get_parts(merged))
    return pd.Series(cells, index=owners, dtype=object)

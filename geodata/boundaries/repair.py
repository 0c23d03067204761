"""Repairs the polygons of a boundary file, one by one.

What is mended is counted; what cannot be mended is rejected with a reason, never dropped in
silence.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.reading.degrees import INDONESIA
from geodata.boundaries.resolving import Reason

_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class Mended:
    """What was done to the polygons.

    Attributes
    ----------
    made_valid
        Polygons whose rings crossed or touched themselves.
    parts_dropped
        Points and lines that stood beside polygons in a collection.
    """

    made_valid: int
    parts_dropped: int


def repair_polygons(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, pd.Series, Mended]:
    """Make every geometry a valid polygon or multipolygon.

    Returns
    -------
    The rows with their mended geometry; for each row a :class:`Reason` if it has to be rejected,
    else an empty text; and what was done.
    """
    shapes = rows.geometry.to_numpy().copy()
    shapes[shapely.is_missing(shapes)] = shapely.MultiPolygon()
    reason = np.full(len(shapes), "", dtype=object)
    reason[shapely.is_empty(shapes)] = Reason.EMPTY

    dropped = 0
    for i in np.flatnonzero(~np.isin(shapely.get_type_id(shapes), _POLYGONAL)):
        shapes[i], lost = _polygons_of(shapes[i])
        dropped += 0 if shapely.is_empty(shapes[i]) else lost
    reason[shapely.is_empty(shapes) & (reason == "")] = Reason.NOT_POLYGON

    invalid = np.flatnonzero(~shapely.is_valid(shapes))
    mended = shapely.make_valid(shapes[invalid], method="structure", keep_collapsed=False)
    shapes[invalid] = [_polygons_of(shape)[0] for shape in mended]
    reason[shapely.is_empty(shapes) & (reason == "")] = Reason.NOT_POLYGON

    west, south, east, north = INDONESIA
    sides = shapely.bounds(shapes)
    inside = (sides[:, :2] >= (west, south)).all(1) & (sides[:, 2:] <= (east, north)).all(1)
    reason[~inside & (reason == "")] = Reason.OUTSIDE
    return (
        rows.set_geometry(gpd.GeoSeries(shapes, index=rows.index, crs=rows.crs)),
        pd.Series(reason, index=rows.index),
        Mended(int((~shapely.is_empty(shapes[invalid])).sum()), dropped),
    )


def _polygons_of(shape: shapely.Geometry) -> tuple[shapely.Geometry, int]:
    """Return the polygons of a geometry as one, and the number of other parts."""
    if shapely.get_type_id(shape) in _POLYGONAL:
        return shape, 0
    flat = shapely.get_parts(shapely.get_parts([shape]))
    polygons = flat[np.isin(shapely.get_type_id(flat), _POLYGONAL)]
    valid = shapely.make_valid(polygons, method="structure")
    return shapely.union_all(valid), len(flat) - len(polygons)


def merge_parts(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one row for each kode, in their order: the union of its rows; other columns first."""
    shared = rows["kode"].duplicated(keep=False)
    merged = rows[shared].dissolve("kode", aggfunc="first", as_index=False)
    return pd.concat([rows[~shared], merged]).sort_values("kode", ignore_index=True)

"""Features as GeoJSON (RFC 7946), in either order of the axes."""

import json
from collections.abc import Sequence

import numpy as np
import shapely

from geodata.exports.extracts import Extract
from geodata.exports.pieces import records

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG_4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
CRS = (CRS84, EPSG_4326)
"""The systems that coordinates come in: both are degrees of WGS 84; the latter has north first."""


def features(extract: Extract, rows: np.ndarray, crs: str = CRS84) -> Sequence[str]:
    """Return each of ``rows`` as a GeoJSON feature: id, properties and geometry.

    Polygons are all MultiPolygons, so that whoever reads takes the collection for one type.
    Properties are the columns of the extract; days are ISO 8601, what is missing is null.
    """
    shapes = extract.shapes(rows)
    if extract.level is not None:
        shapes = _as_multipolygons(shapely.orient_polygons(shapes))
    if crs == EPSG_4326:
        shapes = shapely.transform(shapes, lambda coordinates: coordinates[:, ::-1])
    return [
        f'{{"type":"Feature","id":{json.dumps(name)},'
        f'"properties":{row},"geometry":{shape or "null"}}}'
        for name, row, shape in zip(
            extract.ids[rows].tolist(),
            records(extract.table(rows)),
            shapely.to_geojson(shapes),
            strict=True,
        )
    ]


def _as_multipolygons(shapes: np.ndarray) -> np.ndarray:
    parts, row = shapely.get_parts(shapes, return_index=True)
    whole = np.full(len(shapes), None)
    if len(parts):
        shapely.multipolygons(parts, indices=row, out=whole)
    return whole

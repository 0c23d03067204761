"""Shapes as they come, made valid, inside Indonesia and of a bearable number of corners.

What is mended is told; what cannot be mended is refused, with the reason.
"""

from collections.abc import Iterable
from enum import StrEnum

import numpy as np
import shapely

from geodata.area.area_error import AreaError
from geodata.boundaries.reading.degrees import INDONESIA

MOST_CORNERS = 20_000
"""Of an area: so many are compared with all desa along its edge in less than a second."""
_COARSER_FROM, _COARSEST = 0.0001, 0.02
"""Degrees within which corners are left out: 11 m, and doubled until there are few enough."""
_METRES_A_DEGREE = 111_320


class Mended(StrEnum):
    """What was done to shapes: texts below ``area.mended``."""

    CROSSING = "crossing"
    SWAPPED = "swapped"
    MINUS = "minus"
    CLIPPED = "clipped"
    CLOSED = "closed"
    LEFT_OUT = "left_out"
    COARSER = "coarser"


def mended(shapes: Iterable[shapely.Geometry]) -> tuple[np.ndarray, list[Mended]]:
    """Return each of ``shapes`` (EPSG:4326) as a valid polygon or multipolygon within Indonesia.

    Rings that cross themselves are taken apart, closed lines enclose an area, and what lies beyond
    Indonesia and its seas is cut off. Points, open lines and what lies elsewhere become empty.

    Returns
    -------
    The shapes, and what was done to any of them.

    Raises
    ------
    AreaError
        If nothing is left of any: what is there encloses no area, or is not in Indonesia.
    """
    given = np.array([shapely.force_2d(shape) for shape in shapes], dtype=object)
    given = given[~(shapely.is_missing(given) | shapely.is_empty(given))]
    done: dict[Mended, None] = {}
    polygons = np.array([_polygons(shape, done) for shape in given], dtype=object)
    if not len(polygons) or shapely.is_empty(polygons).all():
        raise AreaError("area_empty")
    west, south, east, north = INDONESIA
    inside = shapely.clip_by_rect(polygons, west, south, east, north)
    inside = np.array([_polygons(shape, {}) for shape in inside], dtype=object)
    if shapely.is_empty(inside).all():
        sides = ", ".join(f"{side:.6g}" for side in shapely.total_bounds(polygons))
        raise AreaError("area_elsewhere", bounds=sides)
    if not np.isclose(shapely.area(inside), shapely.area(polygons), rtol=1e-9).all():
        done[Mended.CLIPPED] = None
    return inside, list(done)


def _polygons(shape: shapely.Geometry, done: dict[Mended, None]) -> shapely.Geometry:
    """Return the areas of a shape as one, and note what was done."""
    parts = shapely.get_parts(shapely.get_parts([shape]))
    kinds = shapely.get_type_id(parts)
    polygons, lines = parts[kinds == 3], parts[np.isin(kinds, (1, 2))]
    closed = shapely.is_closed(lines) & (shapely.get_num_coordinates(lines) > 3)
    if closed.any():
        done[Mended.CLOSED] = None
        rings = shapely.polygons([shapely.linearrings(line.coords) for line in lines[closed]])
        polygons = np.append(polygons, rings)
    if len(polygons) < len(parts):
        done[Mended.LEFT_OUT] = None
    if not shapely.is_valid(polygons).all():
        done[Mended.CROSSING] = None
        valid = shapely.make_valid(polygons, method="structure", keep_collapsed=False)
        polygons = shapely.get_parts(shapely.get_parts(valid))
        polygons = polygons[shapely.get_type_id(polygons) == 3]
    return shapely.union_all(polygons) if len(polygons) else shapely.MultiPolygon()


def with_fewer_corners(shapes: np.ndarray) -> tuple[np.ndarray, float]:
    """Return ``shapes`` with :data:`MOST_CORNERS` in all at most, and within how many metres.

    0 metres where nothing had to be left out.

    Raises
    ------
    AreaError
        If even the coarsest that is bearable has more.
    """
    tolerance, coarse = 0.0, shapes
    while (corners := int(shapely.get_num_coordinates(coarse).sum())) > MOST_CORNERS:
        tolerance = 2 * tolerance or _COARSER_FROM
        if tolerance > _COARSEST:
            raise AreaError("area_corners", corners=corners, limit=MOST_CORNERS)
        coarse = shapely.simplify(shapes, tolerance)
        coarse = np.array([_polygons(shape, {}) for shape in coarse], dtype=object)
    return coarse, tolerance * _METRES_A_DEGREE

"""Polygons small enough to stand in one HTML file: simplified, on a grid, as steps."""

import json
from collections.abc import Iterable, Sequence

import numpy as np
import shapely

GRID = 1e-4  # degrees, 11 m
_FIRST_TOLERANCE = 3e-4
_COARSER = 1.7


def compact(layers: Sequence[np.ndarray], at_most: int) -> list[list[str]]:
    """Return the polygons of each layer as JSON, all together no more than ``at_most`` characters.

    Each region is a list of polygons, each a list of rings, each a flat list of longitude and
    latitude in units of ``GRID``, every pair but the first as the step from the one before.
    Shared borders stay shared. A region without geometry is an empty list.

    Parameters
    ----------
    layers
        Arrays of polygons (EPSG:4326) or ``None``, each array a coverage.
    """
    tolerance = _FIRST_TOLERANCE
    while True:
        # Each round goes on from the one before, which has far fewer points than the first.
        layers = [_simplified(shapes, tolerance) for shapes in layers]
        written = [[_written(shape) for shape in shapes] for shapes in layers]
        if sum(len(polygon) for layer in written for polygon in layer) <= at_most:
            return written
        tolerance *= _COARSER


def _simplified(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    known = np.array([shape is not None for shape in shapes], dtype=bool)
    simple = np.full(len(shapes), None, dtype=object)
    simple[known] = shapely.coverage_simplify(shapes[known], tolerance)
    return simple


def _written(shape: shapely.Geometry | None) -> str:
    parts = [] if shape is None else [list(_rings(part)) for part in shapely.get_parts(shape)]
    return json.dumps(parts, separators=(",", ":"))


def _rings(polygon: shapely.Polygon) -> Iterable[list[int]]:
    for ring in (polygon.exterior, *polygon.interiors):
        steps = np.rint(shapely.get_coordinates(ring)[:-1] / GRID).astype(np.int64)
        steps[1:] = np.diff(steps, axis=0)
        moved = steps.any(axis=1)
        yield steps[moved].ravel().tolist()

"""Which island a point stands on, by the parts of the land outline that ships.

Bridges and ferries are not known: Madura and Java are two islands, and so are both banks of a delta
that the sea parts.
"""

from functools import lru_cache

import numpy as np
import shapely

from geodata.boundaries.land import load_land
from geodata.gazetteer import Gazetteer
from geodata.sphere import KM_PER_DEGREE, unit_vectors
from geodata.village_points import points_of_desa

SHORE_KM = 1.0
"""How far off a point may be and still stand on the shore: the outline is simplified to 100 m."""

_STEPS = 10_000  # a degree; so fine is the number of an islet
_TWO_POLES = 2.0
"""The longest chord of the unit sphere."""


def islands(lat: np.ndarray, lng: np.ndarray) -> np.ndarray:
    """Return the number of the island of each point (EPSG:4326 degrees), int64.

    Points farther than :data:`SHORE_KM` off all land stand on an islet that the outline leaves out:
    those within some 11 m are on one. Where a point is NaN the number is no other point's.
    """
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lng))
    numbers = -1 - np.arange(len(lat), dtype=np.int64)
    row, column = (np.rint((180 + ends[known]) * _STEPS).astype(np.int64) for ends in (lat, lng))
    numbers[known] = -(row * 360 * _STEPS + column)
    land, points = load_land().geometry.to_numpy(), shapely.points(lng[known], lat[known])
    # Polygons that ask for points are prepared once, points that ask for polygons are not.
    part, point = shapely.STRtree(points).query(land, predicate="intersects")
    numbers[known[point]] = part
    off = np.setdiff1d(np.arange(len(points)), point)
    shore, part = shapely.STRtree(land).query_nearest(
        points[off], max_distance=SHORE_KM / KM_PER_DEGREE, all_matches=False
    )
    numbers[known[off[shore]]] = part
    return numbers


@lru_cache(maxsize=2)
def islands_of_desa(gazetteer: Gazetteer) -> np.ndarray:
    """Return the number of the island of each desa of the gazetteer: see :func:`islands`."""
    return islands(*points_of_desa(gazetteer))


def vectors_by_island(lat: np.ndarray, lng: np.ndarray, island: np.ndarray) -> np.ndarray:
    """Return points as unit vectors with a fourth end, by which islands are far from each other.

    Within an island distances are those of the unit vectors; from one to another they are
    longer than any chord.
    """
    return np.column_stack([unit_vectors(lat, lng), 2 * _TWO_POLES * island])


def on_one_island(chords: np.ndarray) -> np.ndarray:
    """Return which distances between :func:`vectors_by_island` do not cross water."""
    return chords <= _TWO_POLES * (1 + 1e-9)

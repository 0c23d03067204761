"""Distances on the Earth taken for a sphere, and the unit vectors that a KD-tree can search.

The straight line between two unit vectors (the chord) rises with the great circle between them, so
what is nearest by the chord is nearest on the ground, at any latitude and across the antimeridian.
Every distance that is shown is measured here, on the same sphere, by PROJ's geodesics.

References
----------
Karney, C. F. F. (2013). Algorithms for geodesics. Journal of Geodesy, 87, 43-55.
Moritz, H. (2000). Geodetic Reference System 1980. Journal of Geodesy, 74, 128-133: mean radius.
"""

import numpy as np
import shapely
from pyproj import Geod

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180
_SPHERE = Geod(a=EARTH_RADIUS_KM, b=EARTH_RADIUS_KM)
_CORNERS = 180  # of a circle: its edge is nowhere farther in than 0.02% of its radius


def unit_vectors(lat: np.ndarray, lng: np.ndarray) -> np.ndarray:
    """Return points (EPSG:4326 degrees) as unit vectors: an array of shape (n, 3)."""
    phi, theta = np.radians(lat), np.radians(lng)
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


def chord(km: float) -> float:
    """Return the chord, on the unit sphere, of a great circle of ``km`` kilometres."""
    return float(2 * np.sin(min(km / EARTH_RADIUS_KM, np.pi) / 2))


def great_circle_km(
    lat: np.ndarray, lng: np.ndarray, to_lat: np.ndarray, to_lng: np.ndarray
) -> np.ndarray:
    """Return the great-circle distance of pairs of points (EPSG:4326 degrees) in km.

    One point may stand for all of a side, as NumPy broadcasts.
    """
    return _inverse(lat, lng, to_lat, to_lng)[2]


def bearing(lat: np.ndarray, lng: np.ndarray, to_lat: np.ndarray, to_lng: np.ndarray) -> np.ndarray:
    """Return in which direction one sets out: degrees from north by east, 0 to under 360.

    Parameters are those of :func:`great_circle_km`.
    """
    return _inverse(lat, lng, to_lat, to_lng)[0] % 360


def circle(lat: float, lng: float, km: float) -> shapely.Polygon:
    """Return what is within ``km`` of a point (EPSG:4326 degrees), as a polygon in degrees."""
    turns = np.linspace(0, 360, _CORNERS, endpoint=False)
    lngs, lats, lengths = (np.full(_CORNERS, value) for value in (lng, lat, km))
    east, north, _ = _SPHERE.fwd(lngs, lats, turns, lengths)
    return shapely.Polygon(np.column_stack([east, north]))


def _inverse(
    lat: np.ndarray, lng: np.ndarray, to_lat: np.ndarray, to_lng: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the bearings at both ends of great circles, and their lengths in km."""
    start_lng, start_lat, end_lng, end_lat = np.broadcast_arrays(lng, lat, to_lng, to_lat)
    there, back, km = _SPHERE.inv(start_lng, start_lat, end_lng, end_lat)
    return there, back, km


def km_outside(lat: np.ndarray, lng: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Return how far points (EPSG:4326 degrees) lie outside a polygon each, in km; 0 inside.

    The nearest part of a polygon is told in degrees, the way there on the sphere.
    """
    ways = shapely.get_coordinates(shapely.shortest_line(shapely.points(lng, lat), shapes))
    start, end = ways[0::2], ways[1::2]
    return great_circle_km(start[:, 1], start[:, 0], end[:, 1], end[:, 0])

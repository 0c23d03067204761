"""Great-circle distances on a sphere, and the unit vectors that a KD-tree can search.

The straight line between two unit vectors (the chord) rises with the great circle between them, so
what is nearest by the chord is nearest on the ground, at any latitude and across the antimeridian.

References
----------
Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope, 68(2), 159.
Moritz, H. (2000). Geodetic Reference System 1980. Journal of Geodesy, 74, 128-133: mean radius.
"""

import numpy as np

EARTH_RADIUS_KM = 6371.0088


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
    """Return the great-circle distance of pairs of points (degrees) in km, by the haversine."""
    phi, to_phi = np.radians(lat), np.radians(to_lat)
    half_phi, half_theta = (to_phi - phi) / 2, np.radians(np.subtract(to_lng, lng)) / 2
    haversine = np.sin(half_phi) ** 2 + np.cos(phi) * np.cos(to_phi) * np.sin(half_theta) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(haversine, 1)))

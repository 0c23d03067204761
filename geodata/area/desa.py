"""Which desa an area reaches, and how much of each: by polygon, by code, or by its point.

Border lines that were drawn twice never agree, so an area that follows a border touches desa beyond
it by a hair. What is less than :data:`HAIR` of the desa, and of the area, is none of it.
"""

import geopandas as gpd
import numpy as np
import shapely

from geodata.area.area import Area
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.land import EQUAL_AREA
from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.village_points import points_of_desa

HAIR = 0.01


def desa_inside(area: Area, gazetteer: Gazetteer, boundaries: BoundarySet) -> np.ndarray:
    """Return of each desa of the gazetteer the share of it that lies in ``area``.

    Returns
    -------
    One float a desa: 0 (none of it) to 1. NaN where the boundary set has no polygon of it and its
    point lies in the area: how much of it does is not known.
    """
    share = np.zeros(len(gazetteer.codes(Level.DESA)))
    if not area.shape.is_empty:
        _by_polygon(share, area.shape, gazetteer, boundaries)
        _by_point(share, area.shape, gazetteer, boundaries)
    share[in_regions(area.codes, gazetteer)] = 1
    return share


def in_regions(codes: list[str], gazetteer: Gazetteer) -> np.ndarray:
    """Return which desa of the gazetteer lie in one of the regions ``codes``, bool."""
    inside = np.zeros(len(gazetteer.codes(Level.DESA)), dtype=bool)
    for code in codes:
        inside[gazetteer.within(Level.DESA, code)] = True
    return inside


def area_km2(shape: shapely.Geometry) -> float:
    """Return the area of a shape (EPSG:4326) in km², on the ellipsoid."""
    return float(gpd.GeoSeries([shape], crs="EPSG:4326").to_crs(EQUAL_AREA).area.iloc[0] / 1e6)


def _by_polygon(
    share: np.ndarray, shape: shapely.Geometry, gazetteer: Gazetteer, boundaries: BoundarySet
) -> None:
    codes, inside = boundaries.shares_inside(Level.DESA, shape)
    km2 = boundaries.areas(Level.DESA).reindex(codes).to_numpy()
    least = HAIR * np.minimum(km2, area_km2(shape))
    there = inside * km2 >= least
    share[gazetteer.positions(Level.DESA, codes[there])] = inside[there]


def _by_point(
    share: np.ndarray, shape: shapely.Geometry, gazetteer: Gazetteer, boundaries: BoundarySet
) -> None:
    drawn = gazetteer.positions(Level.DESA, boundaries.drawn(Level.DESA))
    undrawn = np.setdiff1d(np.arange(len(share)), drawn, assume_unique=True)
    lat, lng = (ends[undrawn] for ends in points_of_desa(gazetteer))
    share[undrawn[contains(shape, lat, lng)]] = np.nan


def contains(shape: shapely.Geometry, lat: np.ndarray, lng: np.ndarray) -> np.ndarray:
    """Return which points (EPSG:4326 degrees) lie in ``shape`` or on its edge; NaN lie in none."""
    shapely.prepare(shape)
    return shapely.intersects_xy(shape, lng, lat)

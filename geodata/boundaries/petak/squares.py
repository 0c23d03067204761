"""Petak: a cartogram in which the regions of a level are equal squares, near their true places."""

from dataclasses import dataclass
from functools import cache, cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.boundary_set import Bounds
from geodata.boundaries.completeness import roll_up
from geodata.boundaries.features import feature_collection
from geodata.boundaries.petak.layout import PROPORTION, lay_out
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.regions import Level, ancestor, parent

# Petak lies where Indonesia does, so one camera serves both maps. Heights are in degrees of the
# equator on Mercator's map, where squares are square.
_WEST, _EAST, _MIDDLE = 95.0, 141.0, -2.5
_HEIGHT = (_EAST - _WEST) / PROPORTION


def _latitude(north: np.ndarray) -> np.ndarray:
    """Return the latitude of what lies so many degrees of the equator north of it."""
    return np.degrees(np.arctan(np.sinh(np.radians(north))))


_SOUTH, _NORTH = _latitude(_MIDDLE + np.array([-_HEIGHT, _HEIGHT]) / 2).tolist()
EXTENT: Bounds = (_SOUTH, _WEST, _NORTH, _EAST)
"""South, west, north, east in EPSG:4326 degrees, about, of the squares of any level."""


@dataclass(frozen=True, eq=False)
class Petak:
    """The squares of the regions of one level.

    Attributes
    ----------
    level
        That of the regions.
    gazetteer
        All regions, of which each of ``level`` has a square, whether its place is known or not.
    squares
        Column (from the west) and row (from the south) of each region's square, by code.
    """

    level: Level
    gazetteer: Gazetteer
    squares: np.ndarray

    @classmethod
    def of(cls, level: Level, gazetteer: Gazetteer) -> "Petak":
        """Return the squares of all regions of ``level``."""
        return cls(level, gazetteer, lay_out(level, gazetteer))

    @cached_property
    def side(self) -> float:
        """Length of a square's side in degrees of longitude."""
        return (_EAST - _WEST) / int(self.squares[:, 0].max() + 1)

    def _lng(self, columns: np.ndarray) -> np.ndarray:
        """Return the longitude of the western sides of columns."""
        return _WEST + self.side * columns

    def _lat(self, rows: np.ndarray) -> np.ndarray:
        """Return the latitude of the southern sides of rows."""
        height = int(self.squares[:, 1].max() + 1)
        return _latitude(_MIDDLE + self.side * (rows - height / 2))

    @cached_property
    def _polygons(self) -> dict[Level, gpd.GeoDataFrame]:
        columns, rows = self.squares.T
        squares = shapely.box(
            self._lng(columns), self._lat(rows), self._lng(columns + 1), self._lat(rows + 1)
        )
        codes = self.gazetteer.codes(self.level).astype(object)
        finest = gpd.GeoDataFrame({"kode": codes}, geometry=squares, crs="EPSG:4326")
        return roll_up(finest, self.level)

    def polygons(self, level: Level) -> gpd.GeoDataFrame:
        """Return the squares, or the blocks of a ``level`` above: kode, geometry (EPSG:4326)."""
        return self._polygons[level]

    def polygons_of(self, level: Level, codes: pd.Series | np.ndarray) -> np.ndarray:
        """Return the square, or the block (EPSG:4326), of each of ``codes``, all of ``level``."""
        rows = pd.Index(self.polygons(level)["kode"]).get_indexer(pd.Index(codes))
        return self.polygons(level).geometry.to_numpy()[rows]

    def in_sight(self, level: Level, sight: Bounds) -> np.ndarray:
        """Return the codes of ``level`` whose squares meet ``sight`` (EPSG:4326 degrees)."""
        south, west, north, east = sight
        return self.polygons(level).cx[west:east, south:north]["kode"].to_numpy()

    def simplified(self, level: Level, within: str | None) -> gpd.GeoDataFrame:
        """Return those of :meth:`polygons` inside ``within`` (``None``: Indonesia).

        Raises
        ------
        RegionError
            If the reference has no region ``within``.
        """
        shown = self.gazetteer.codes(level)[self.gazetteer.within(level, within)]
        polygons = self.polygons(level)
        return polygons[polygons["kode"].isin(shown)]

    def geojson(self, within: str | None) -> bytes:
        """Return the squares inside ``within`` (``None``: Indonesia) as ``BoundarySet.geojson``.

        Raises
        ------
        RegionError
            If the reference has no region ``within``.
        """
        return feature_collection(self.level, self.simplified(self.level, within), self.gazetteer)

    def is_drawn(self, level: Level, codes: pd.Series | np.ndarray) -> np.ndarray:
        """Tell that each of ``codes``, all of ``level``, is drawn."""
        return self.gazetteer.positions(level, codes) >= 0

    def locate(self, lat: float, lng: float, level: Level) -> str | None:
        """Return the code of the region of ``level`` whose block a point lies in, if any does.

        Parameters
        ----------
        lat, lng
            Degrees in EPSG:4326 on the map of squares.
        level
            That of the squares, or one above it.
        """
        columns, rows = self.squares.T
        inside = (self._lng(columns) <= lng) & (lng < self._lng(columns + 1))
        inside &= (self._lat(rows) <= lat) & (lat < self._lat(rows + 1))
        here = np.flatnonzero(inside)
        return (
            ancestor(str(self.gazetteer.codes(self.level)[here[0]]), level) if len(here) else None
        )

    def bounds(self, code: str | None) -> Bounds:
        """Return south, west, north, east of a region's squares (``None``: of all).

        EPSG:4326 degrees. A region without a square of its own has the bounds of the one above it.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        squares = self.squares[self.gazetteer.within(self.level, code)]
        if not len(squares) and code is not None:
            return self.bounds(parent(code))
        west, east = self._lng(np.array([squares[:, 0].min(), squares[:, 0].max() + 1]))
        south, north = self._lat(np.array([squares[:, 1].min(), squares[:, 1].max() + 1]))
        return float(south), float(west), float(north), float(east)


@cache
def petak(level: Level) -> Petak:
    """Return the squares of ``level`` of the reference, laid out once a process."""
    return Petak.of(level, load_gazetteer())

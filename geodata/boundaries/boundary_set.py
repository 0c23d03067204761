"""A boundary set in use: polygons, point location, bounds, and shapes for the fallback map."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.features import feature_collection
from geodata.boundaries.set_manifest import BOUNDS_FILE, Manifest, polygons_file
from geodata.errors import RegionError
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level, ancestor

# Degrees within which the fallback's polygons of a level are simplified: what a screen cannot show
# when the level is drawn. Shared borders stay shared.
_TOLERANCE = {
    Level.PROVINSI: 0.02,
    Level.KABUPATEN_KOTA: 0.01,
    Level.KECAMATAN: 0.005,
    Level.DESA: 0.002,
}
_DECIMALS = 4  # 11 m

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class BoundarySet:
    """An immutable set of boundaries in the store.

    Attributes
    ----------
    path
        The folder of the set.
    manifest
        What the set is, and what its folder holds.
    """

    path: Path
    manifest: Manifest
    _polygons: dict[Level, gpd.GeoDataFrame] = field(default_factory=dict, repr=False)
    _simplified: dict[Level, gpd.GeoDataFrame] = field(default_factory=dict, repr=False)
    _drawn: dict[Level, pd.Index] = field(default_factory=dict, repr=False)
    # Held while polygons are read or simplified: half a gigabyte that is made once, whoever asks.
    _making: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __deepcopy__(self, _: dict) -> "BoundarySet":
        """Return the set itself: it never changes, and its polygons may be half a gigabyte."""
        return self

    @property
    def name(self) -> str:
        """Name of the set, such as ``embedded``."""
        return self.manifest.name

    @property
    def version(self) -> str:
        """Version of the set: another for other inputs."""
        return self.manifest.version

    @property
    def approximate(self) -> bool:
        """Whether the boundaries are estimates, which every map must say."""
        return self.manifest.approximate

    def polygons(self, level: Level) -> gpd.GeoDataFrame:
        """Return the polygons of ``level``: kode, area_km2, parts, geometry (EPSG:4326)."""
        with self._making:
            if level not in self._polygons:
                self._polygons[level] = gpd.read_parquet(self.path / polygons_file(level))
            return self._polygons[level]

    def drawn(self, level: Level) -> np.ndarray:
        """Return the codes of ``level`` that have a polygon, sorted: fixed-width text."""
        return self._codes(level).to_numpy(dtype=f"U{level.code_length}")

    def is_drawn(self, level: Level, codes: pd.Series | np.ndarray) -> np.ndarray:
        """Tell for each of ``codes``, all of ``level``, whether it has a polygon."""
        return self._codes(level).get_indexer(pd.Index(codes)) >= 0

    def _codes(self, level: Level) -> pd.Index:
        """Return the codes as a hash table: every change of the map looks its regions up in it."""
        if level not in self._drawn:
            codes = pd.read_parquet(self.path / polygons_file(level), columns=["kode"])["kode"]
            self._drawn[level] = pd.Index(codes, dtype=object)
        return self._drawn[level]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.polygons(self.finest).geometry.to_numpy())

    @cached_property
    def finest(self) -> Level:
        """The finest level that has polygons: desa, unless the file of an import had none."""
        return next(level for level in reversed(LEVELS) if self.manifest.counts[level])

    def locate_points(self, lats: Sequence[float], lngs: Sequence[float]) -> np.ndarray:
        """Return the code of the desa each point lies in; an empty text where it lies in none.

        Codes are of the finest level that has polygons.

        Parameters
        ----------
        lats, lngs
            Degrees in EPSG:4326. A point on a border belongs to the lowest code that it touches.
        """
        points = shapely.points(np.asarray(lngs, dtype=float), np.asarray(lats, dtype=float))
        point, polygon = self._tree.query(points, predicate="intersects")
        codes = np.append(self.drawn(self.finest), "")
        lowest = np.full(len(points), len(codes) - 1)
        np.minimum.at(lowest, point, polygon)
        return codes[lowest]

    def locate(self, lat: float, lng: float, level: Level) -> str | None:
        """Return the code of the region of ``level`` that a point lies in; ``None`` at sea.

        Of a level without polygons it is the region of the finest level that has some.

        Parameters
        ----------
        lat, lng
            Degrees in EPSG:4326. A point on a border belongs to the lowest desa that it touches.
        """
        desa = str(self.locate_points([lat], [lng])[0])
        return ancestor(desa, level) if desa else None

    @cached_property
    def _bounds(self) -> dict[str, Bounds]:
        table = pd.read_parquet(self.path / BOUNDS_FILE)
        rows = table.drop(columns="kode").itertuples(index=False, name=None)
        return dict(zip(table["kode"], rows, strict=True))

    @cached_property
    def _country(self) -> Bounds:
        west, south, east, north = self.polygons(Level.PROVINSI).total_bounds
        return float(south), float(west), float(north), float(east)

    def bounds(self, code: str | None) -> Bounds:
        """Return south, west, north, east of a region (``None``: all that is drawn).

        EPSG:4326 degrees. A region without a polygon has the bounds of the region above it.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        if code is None:
            return self._country
        try:
            return self._bounds[code]
        except KeyError:
            raise RegionError("region_unknown", code=code) from None

    def geojson(self, level: Level, within: str | None) -> bytes:
        """Return the regions of ``level`` inside ``within`` (``None``: Indonesia), simplified.

        A GeoJSON FeatureCollection in UTF-8, for browsers that cannot draw the tileset; ids and
        attributes of its features are those of the module ``features``.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        return feature_collection(level, self.simplified(level, within), load_gazetteer())

    def simplified(self, level: Level, within: str | None) -> gpd.GeoDataFrame:
        """Return the regions of ``level`` inside ``within`` (``None``: Indonesia), simplified.

        Columns kode and geometry (EPSG:4326), by kode: as much detail as a screen can show when
        the whole level is drawn. Shared borders stay shared.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        gazetteer = load_gazetteer()
        shown = gazetteer.codes(level)[gazetteer.within(level, within)]
        return self._simplify(level)[self._codes(level).isin(shown)]

    def _simplify(self, level: Level) -> gpd.GeoDataFrame:
        with self._making:
            if level not in self._simplified:
                polygons = self.polygons(level)
                shapes = shapely.coverage_simplify(polygons.geometry.to_numpy(), _TOLERANCE[level])
                rounded = shapely.transform(shapes, lambda xy: xy.round(_DECIMALS))
                self._simplified[level] = polygons.set_geometry(rounded)
            return self._simplified[level]

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
from geodata.boundaries.polygon_file import PolygonFile
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
    _boxes_of: dict[Level, np.ndarray] = field(default_factory=dict, repr=False)
    _simplified: dict[Level, gpd.GeoDataFrame] = field(default_factory=dict, repr=False)
    # Held while polygons are simplified, which takes seconds: made once, whoever asks.
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __deepcopy__(self, _: dict) -> "BoundarySet":
        """Return the set itself: it never changes."""
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
        """Return the polygons of ``level``: kode, area_km2, parts, geometry (EPSG:4326).

        They are read anew each time and kept by nobody: those of all desa may be half a gigabyte.
        """
        return gpd.read_parquet(self._files[level].path)

    def polygons_of(self, level: Level, codes: pd.Series | np.ndarray) -> np.ndarray:
        """Return the polygon (EPSG:4326) of each of ``codes``, all of ``level``.

        ``None`` where there is none. No more is read than holds them.
        """
        file = self._files[level]
        return file.polygons(file.codes.get_indexer(pd.Index(codes)))

    def areas(self, level: Level) -> pd.Series:
        """Return the area of each region of ``level`` that has a polygon, in km², by code."""
        file = self._files[level]
        return file.column("area_km2").set_axis(file.codes)

    def drawn(self, level: Level) -> np.ndarray:
        """Return the codes of ``level`` that have a polygon, sorted: fixed-width text."""
        return self._files[level].codes.to_numpy(dtype=f"U{level.code_length}")

    def is_drawn(self, level: Level, codes: pd.Series | np.ndarray) -> np.ndarray:
        """Tell for each of ``codes``, all of ``level``, whether it has a polygon."""
        return self._files[level].codes.get_indexer(pd.Index(codes)) >= 0

    @cached_property
    def _files(self) -> dict[Level, PolygonFile]:
        return {level: PolygonFile(self.path / polygons_file(level)) for level in LEVELS}

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
        lat, lng = np.asarray(lats, dtype=float), np.asarray(lngs, dtype=float)
        points = shapely.points(lng, lat)
        south, west = (np.fmin.reduce(side, initial=np.inf) for side in (lat, lng))
        north, east = (np.fmax.reduce(side, initial=-np.inf) for side in (lat, lng))
        near = self._in_sight(self.finest, (south, west, north, east))
        sides = self._boxes(self.finest)[near].T
        boxes = shapely.STRtree(shapely.box(sides[1], sides[0], sides[3], sides[2]))
        point, box = boxes.query(points, predicate="intersects")
        row = near[box]
        codes = np.append(self.drawn(self.finest), "")
        lowest = np.full(len(points), len(codes) - 1)
        for rows, polygons in self._files[self.finest].pieces(np.unique(row)):
            pairs = np.flatnonzero((row >= rows[0]) & (row <= rows[-1]))
            of_pair = polygons[np.searchsorted(rows, row[pairs])]
            inside = pairs[shapely.intersects(of_pair, points[point[pairs]])]
            np.minimum.at(lowest, point[inside], row[inside])
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

    def shares_inside(self, level: Level, shape: shapely.Geometry) -> tuple[np.ndarray, np.ndarray]:
        """Return the regions of ``level`` of which something lies in ``shape``, and how much.

        No polygon is read whose bounds tell already.

        Parameters
        ----------
        shape
            A valid polygon or multipolygon in EPSG:4326.

        Returns
        -------
        Codes, sorted: fixed-width text; and of each the share, above 0 to 1, of its area. Areas are
        those of the sphere's cylindrical equal-area projection (Snyder 1987, Map Projections: A
        Working Manual, p. 76), whose ratios within a region are the ellipsoid's to 1 in 10,000.
        """
        west, south, east, north = shape.bounds
        near = self._in_sight(level, (south, west, north, east))
        sides = self._boxes(level)[near].T
        boxes = shapely.box(sides[1], sides[0], sides[3], sides[2])
        shapely.prepare(shape)
        met = shapely.intersects(shape, boxes)
        near, boxes = near[met], boxes[met]
        share = shapely.contains(shape, boxes).astype(float)
        open_ = near[share == 0]
        for rows, polygons in self._files[level].pieces(open_):
            share[np.searchsorted(near, rows)] = _shares(polygons, shape)
        return self.drawn(level)[near[share > 0]], share[share > 0]

    def in_sight(self, level: Level, sight: Bounds) -> np.ndarray:
        """Return the codes of ``level`` whose bounds meet ``sight``, sorted: fixed-width text."""
        return self.drawn(level)[self._in_sight(level, sight)]

    def meeting(self, level: Level, sight: Bounds) -> np.ndarray:
        """Return the codes of ``level`` whose polygons meet ``sight``, sorted: fixed-width text.

        No more polygons are read than those whose bounds are cut by it.
        """
        south, west, north, east = sight
        near = self._in_sight(level, sight)
        box_south, box_west, box_north, box_east = self._boxes(level)[near].T
        meets = (box_south >= south) & (box_north <= north)
        meets &= (box_west >= west) & (box_east <= east)
        box = shapely.box(west, south, east, north)
        for rows, polygons in self._files[level].pieces(near[~meets]):
            meets[np.searchsorted(near, rows)] = shapely.intersects(polygons, box)
        return self.drawn(level)[near[meets]]

    def _in_sight(self, level: Level, sight: Bounds) -> np.ndarray:
        south, west, north, east = sight
        box_south, box_west, box_north, box_east = self._boxes(level).T
        meets = (box_south <= north) & (box_north >= south)
        return np.flatnonzero(meets & (box_west <= east) & (box_east >= west))

    def _boxes(self, level: Level) -> np.ndarray:
        """Return the bounds of the regions of ``level`` that are drawn, by code."""
        if level not in self._boxes_of:
            codes, bounds = self._bounds
            self._boxes_of[level] = bounds[np.searchsorted(codes, self.drawn(level))]
        return self._boxes_of[level]

    @cached_property
    def _bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """The codes of all regions, sorted, and south, west, north, east of each."""
        table = pd.read_parquet(self.path / BOUNDS_FILE).sort_values("kode")
        codes = table.pop("kode").to_numpy(dtype=f"U{Level.DESA.code_length}")
        return codes, table.to_numpy()

    def bounds(self, code: str | None) -> Bounds:
        """Return south, west, north, east of a region (``None``: all that is drawn).

        EPSG:4326 degrees. A region without a polygon has the bounds of the region above it.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        if code is None:
            south, west, north, east = self._boxes(Level.PROVINSI).T
            return float(south.min()), float(west.min()), float(north.max()), float(east.max())
        codes, bounds = self._bounds
        place = np.searchsorted(codes, code)
        if place == len(codes) or codes[place] != code:
            raise RegionError("region_unknown", code=code)
        south, west, north, east = bounds[place].tolist()
        return south, west, north, east

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
        return self._simplify(level)[self._files[level].codes.isin(shown)]

    def _simplify(self, level: Level) -> gpd.GeoDataFrame:
        with self._making:
            if level not in self._simplified:
                polygons = self.polygons(level)
                shapes = shapely.coverage_simplify(polygons.geometry.to_numpy(), _TOLERANCE[level])
                rounded = shapely.transform(shapes, lambda xy: xy.round(_DECIMALS))
                self._simplified[level] = polygons.set_geometry(rounded)
            return self._simplified[level]


def _shares(polygons: np.ndarray, shape: shapely.Geometry) -> np.ndarray:
    """Return the share of the area of each of ``polygons`` that lies in ``shape``, prepared."""
    share = shapely.contains(shape, polygons).astype(float)
    crossed = np.flatnonzero((share == 0) & shapely.intersects(shape, polygons))
    if not len(crossed):
        return share
    # Of an edge that is long the part that is near: else each overlay goes through all of it.
    near = shapely.clip_by_rect(shape, *shapely.total_bounds(polygons[crossed]).tolist())
    parts = shapely.intersection(polygons[crossed], near if shapely.is_valid(near) else shape)
    share[crossed] = _areas(parts) / _areas(polygons[crossed])
    return share


def _areas(polygons: np.ndarray) -> np.ndarray:
    flat = shapely.transform(
        polygons, lambda xy: np.column_stack([np.radians(xy[:, 0]), np.sin(np.radians(xy[:, 1]))])
    )
    return shapely.area(flat)

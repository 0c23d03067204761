"""The land outline of Indonesia (``data/land.parquet``), made from an npm package once."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.data_files import write_shipped_sidecar
from geodata.folders import DATA_DIR
from geodata.provenance import verified

LAND_FILE = DATA_DIR / "land.parquet"

# One millionth of a degree is 11 cm: finer than any source of boundaries.
GRID = 1e-6

LAKE_KM2 = 50.0

# NSIDC EASE-Grid 2.0, a cylindrical projection: areas are true on the ellipsoid.
EQUAL_AREA = "EPSG:6933"


def read_outline(packages: Path) -> gpd.GeoDataFrame:
    """Read Indonesia's land from ``@geo-maps/countries-land-100m``.

    Parameters
    ----------
    packages
        The ``node_modules`` folder that holds the package.

    Returns
    -------
    GeoDataFrame in EPSG:4326 with a column geometry, one valid polygon a row, none overlapping.
    The package's simplification left rings that cross or touch themselves; they are rebuilt here.
    """
    path = packages / "@geo-maps" / "countries-land-100m" / "map.geo.json"
    countries = json.loads(path.read_text(encoding="utf-8"))["features"]
    indonesia = next(country for country in countries if country["properties"]["A3"] == "IDN")
    outline = shapely.from_geojson(json.dumps(indonesia["geometry"]))
    repaired = shapely.make_valid(outline, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.set_precision(repaired, GRID))
    return gpd.GeoDataFrame(geometry=parts, crs="EPSG:4326")


def fill_inland_waters(land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return ``land`` with its rivers and smaller lakes filled, for regions include their waters.

    Simplified to 100 m a river is left as a row of odd shapes along the border it forms. Lakes of
    :data:`LAKE_KM2` and more stay open: they orient the reader.
    """
    parts = shapely.get_parts(land.geometry.to_numpy())
    whole = shapely.polygons(shapely.get_exterior_ring(parts))
    waters = gpd.GeoSeries(shapely.get_parts(shapely.difference(whole, parts)), crs=land.crs)
    small = waters[waters.to_crs(EQUAL_AREA).area / 1e6 < LAKE_KM2]
    filled = shapely.union_all(np.concatenate([parts, small]))
    return gpd.GeoDataFrame(geometry=shapely.get_parts(filled), crs=land.crs)


def write_land(packages: Path, date: str, out: Path = DATA_DIR) -> gpd.GeoDataFrame:
    """Make ``land.parquet`` with its sidecar in ``out``.

    Parameters
    ----------
    packages
        The ``node_modules`` folder with ``@geo-maps/countries-land-100m``.
    date
        The day of making, ISO 8601, for the sidecar.

    Returns
    -------
    The land as written: see :func:`read_outline`.
    """
    land = read_outline(packages)
    path = out / LAND_FILE.name
    land.to_parquet(path, index=False, compression="zstd")
    write_shipped_sidecar(path, len(land), date)
    return land


def load_land() -> gpd.GeoDataFrame:
    """Return the land outline that ships with the project: see :func:`read_outline`.

    Raises
    ------
    DataFileError
        If the file is missing or does not agree with its sidecar.
    """
    return gpd.read_parquet(verified(LAND_FILE))

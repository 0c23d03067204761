"""Makes areas of border lines, where somebody asks for that."""

from dataclasses import dataclass

import geopandas as gpd
import shapely
from pyproj import Geod

_GRID = 1e-7  # degrees, a centimetre: ends of lines that meet are drawn together
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Enclosed:
    """How many lines there were and what they enclose.

    Attributes
    ----------
    lines, areas
        Lines in the file, and areas that they enclose.
    open_km, km
        Length of the lines that enclose nothing, and of all.
    """

    lines: int
    areas: int
    open_km: float
    km: float


def areas_of(lines: gpd.GeoSeries) -> tuple[gpd.GeoSeries, Enclosed]:
    """Return the areas that ``lines`` (EPSG:4326) enclose, and what became of the lines.

    Borders that do not go along the coast leave the regions by the sea open.
    """
    drawn = shapely.union_all(lines.to_numpy(), grid_size=_GRID)
    areas, *left = shapely.polygonize_full(shapely.get_parts([drawn]))
    shapes = gpd.GeoSeries(shapely.get_parts([areas]), crs=lines.crs)
    open_km = sum(_km(shape) for shape in left)
    return shapes, Enclosed(len(lines), len(shapes), round(open_km, 1), round(_km(drawn), 1))


def _km(lines: shapely.Geometry) -> float:
    return sum(_GEOD.geometry_length(line) for line in shapely.get_parts([lines])) / 1000

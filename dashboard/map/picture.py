"""A choropleth as a picture, within any bounds."""

import geopandas as gpd

from geodata.boundaries.boundary_set import Bounds
from geodata.exports.map_picture import map_picture
from geodata.regions import Level
from geodata.view import palette
from geodata.view.choropleth import Choropleth


def picture_of(shown: Choropleth, bounds: Bounds, longest_px: int) -> bytes:
    """Return what ``shown`` shows within ``bounds`` as a picture (PNG)."""
    shapes, layer, scope = shown.shapes, shown.layer, shown.view.scope
    drawn = layer.table["kode"][layer.drawn]
    if scope is None:
        simplified = shapes.simplified(layer.level, None)
        regions = simplified[simplified["kode"].isin(drawn)]
        land = shapes.simplified(Level.PROVINSI, None)
    else:
        regions = gpd.GeoDataFrame(geometry=shapes.polygons_of(layer.level, drawn))
        around = shapes.in_sight(Level.PROVINSI, bounds)
        land = gpd.GeoDataFrame(geometry=shapes.polygons_of(Level.PROVINSI, around))
    return map_picture(
        regions,
        layer.row_fills[layer.drawn],
        layer.hatched[layer.drawn],
        land,
        bounds,
        land_colour=palette.LAND,
        sea_colour=palette.SEA,
        border_colour=palette.BORDERS[Level.PROVINSI],
        longest_px=longest_px,
    )

"""The map of an area as a picture: desa by what is known of them, the zones, and the KIM."""

import io

import geopandas as gpd
import numpy as np
import shapely

from geodata.area.answer import Answer
from geodata.area.area import Area
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.land import LAND_FILE
from geodata.exports.map_picture import DRAWING, draw_choropleth, paths, widened
from geodata.gazetteer import Gazetteer
from geodata.provenance import verified
from geodata.regions import Level
from geodata.view.palette import BORDERS, CHOSEN, LAND, NOT_REPORTED, SEA

WITH_KIM, WITHOUT_KIM = "#7fb0bf", "#f2c28b"
"""Colours of desa inside: with a KIM, and of a kabupaten/kota that has reported without one."""
KIM = "#123f4d"
_MOST_DESA = 4_000  # beyond that a page shows no desa apart
_STEPS = 800  # of the picture's width, within which shapes are simplified


def fills(found: Answer, gazetteer: Gazetteer) -> dict[str, np.ndarray]:
    """Return the codes of the desa inside by the colour that they have, sorted."""
    inside = gazetteer.codes(Level.DESA)[found.share != 0]
    without, unreported = (
        np.isin(inside, table["kode"].to_numpy(dtype=str))
        for table in (found.without, found.unreported)
    )
    return {
        WITH_KIM: inside[~without & ~unreported],
        WITHOUT_KIM: inside[without],
        NOT_REPORTED: inside[unreported],
    }


def picture(
    area: Area,
    found: Answer,
    gazetteer: Gazetteer,
    boundaries: BoundarySet,
    inches: tuple[float, float],
    dpi: int = 200,
) -> bytes:
    """Return the map as PNG, of a width and height in ``inches``."""
    from matplotlib.collections import PathCollection
    from matplotlib.figure import Figure

    bounds = widened(area.bounds(boundaries), inches[0] / inches[1])
    south, west, north, east = bounds
    of_colour = fills(found, gazetteer)
    codes = np.concatenate(list(of_colour.values()))
    colours = np.repeat(list(of_colour), [len(part) for part in of_colour.values()])
    level = Level.DESA
    if len(codes) > _MOST_DESA:
        level, codes = Level.KABUPATEN_KOTA, np.unique(codes.astype("U5"))
        colours = np.full(len(codes), WITH_KIM)
    shapes = boundaries.polygons_of(level, codes)
    drawn = ~shapely.is_missing(shapes)
    shapes = shapely.simplify(shapes[drawn], (east - west) / _STEPS)
    land = gpd.read_parquet(verified(LAND_FILE)).clip((west, south, east, north))
    with DRAWING:
        figure = Figure(figsize=inches, dpi=dpi, facecolor=SEA)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_facecolor(SEA)
        draw_choropleth(
            axes,
            gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4326"),
            colours[drawn],
            colours[drawn] == NOT_REPORTED,
            land,
            bounds,
            land_colour=LAND,
            border_colour=BORDERS[Level.KABUPATEN_KOTA],
        )
        zones = gpd.GeoDataFrame(
            geometry=[zone.shape for zone in area.zones if not zone.code], crs="EPSG:4326"
        )
        edge = PathCollection(paths(zones), facecolor="none", edgecolor=CHOSEN, linewidth=1.6)
        axes.add_collection(edge)
        axes.scatter(
            found.kim["lng"], found.kim["lat"], s=12, c=KIM, edgecolors="#ffffff", linewidths=0.5
        )
        axes.set(xticks=[], yticks=[])
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png")
    return buffer.getvalue()

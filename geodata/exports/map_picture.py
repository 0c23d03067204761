"""A choropleth as a picture: bare, for slides and print to put words around."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geodata.boundaries.boundary_set import Bounds

if TYPE_CHECKING:  # matplotlib takes a second, and 20 MB: it is read when first needed
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_DPI = 100
_MARGIN = 0.02  # of the wider side

HATCH = "////"
"""Lines as matplotlib draws them over those who have not reported."""

DRAWING = threading.Lock()
"""Held by whoever draws: matplotlib keeps caches that several threads must not fill at once."""


def map_picture(
    regions: gpd.GeoDataFrame,
    fills: np.ndarray,
    hatched: np.ndarray,
    land: gpd.GeoDataFrame,
    bounds: Bounds,
    *,
    land_colour: str,
    sea_colour: str,
    border_colour: str,
    longest_px: int,
) -> bytes:
    """Draw ``regions`` in their colours on the land around them.

    Equirectangular, true to scale on the parallel in the middle of the picture.

    Parameters
    ----------
    regions
        Polygons in EPSG:4326.
    fills
        A colour (``#rrggbb``) for each of ``regions``.
    hatched
        Whether there are lines over it, bool.
    land
        Polygons in EPSG:4326 below them, whose borders are drawn above them again.
    bounds
        South, west, north, east in EPSG:4326 degrees: what the picture shows.
    longest_px
        Width or height of the picture, whichever is larger.

    Returns
    -------
    A PNG file.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    south, west, north, east = bounds
    width, height = east - west, (north - south) * _stretch(bounds)
    scale = longest_px / max(width, height) / _DPI
    with DRAWING:
        figure = Figure(figsize=(width * scale, height * scale), dpi=_DPI, facecolor=sea_colour)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        draw_choropleth(
            axes,
            regions,
            fills,
            hatched,
            land,
            bounds,
            land_colour=land_colour,
            border_colour=border_colour,
        )
        picture = io.BytesIO()
        FigureCanvasAgg(figure).print_png(picture)
    return picture.getvalue()


def draw_choropleth(
    axes: Axes,
    regions: gpd.GeoDataFrame,
    fills: np.ndarray,
    hatched: np.ndarray,
    land: gpd.GeoDataFrame,
    bounds: Bounds,
    *,
    land_colour: str,
    border_colour: str,
) -> None:
    """Draw what :func:`map_picture` shows on ``axes``, which have the proportions of ``bounds``."""
    from matplotlib.collections import PathCollection

    south, west, north, east = bounds
    axes.set(xlim=(west, east), ylim=(south, north), aspect="auto")
    thin = 0.5 if len(regions) < 1_000 else 0.0
    ground = paths(land)
    axes.add_collection(PathCollection(ground, facecolor=land_colour, edgecolor="none"))
    shapes = paths(regions)
    axes.add_collection(
        PathCollection(
            shapes,
            facecolors=fills,
            # A line of the fill's own colour closes the hairs between neighbours.
            edgecolors=border_colour if thin else fills,
            linewidths=thin or 0.3,
        )
    )
    lined = [shape for shape, is_hatched in zip(shapes, hatched, strict=True) if is_hatched]
    if lined:
        axes.add_collection(
            PathCollection(
                lined, facecolor="none", edgecolor=border_colour, linewidth=0.0, hatch=HATCH
            )
        )
    axes.add_collection(
        PathCollection(ground, facecolor="none", edgecolor=border_colour, linewidth=0.8)
    )


def widened(bounds: Bounds, frame: float) -> Bounds:
    """Return bounds around ``bounds`` whose picture is ``frame`` times as wide as high."""
    south, west, north, east = bounds
    margin = _MARGIN * max(north - south, east - west)
    width, height = east - west + 2 * margin, (north - south + 2 * margin) * _stretch(bounds)
    more_width = max(0.0, frame * height - width) / 2 + margin
    more_height = max(0.0, width / frame - height) / 2 / _stretch(bounds) + margin
    return south - more_height, west - more_width, north + more_height, east + more_width


def of_one_scale(every: Sequence[Bounds], frame: float) -> list[Bounds]:
    """Return bounds around each of ``every`` whose pictures show as many kilometres.

    All pictures are ``frame`` times as wide as high, and as large as the largest region needs.
    """
    around = [widened(bounds, frame) for bounds in every]
    height = max(north - south for south, _, north, _ in around)
    alike = []
    for south, west, north, east in around:
        lat, lng = (south + north) / 2, (west + east) / 2
        width = frame * height * _stretch((south, west, north, east))
        alike.append((lat - height / 2, lng - width / 2, lat + height / 2, lng + width / 2))
    return alike


def _stretch(bounds: Bounds) -> float:
    """Return how many times longer a degree of latitude is than one of longitude."""
    return 1 / math.cos(math.radians((bounds[0] + bounds[2]) / 2))


def paths(polygons: gpd.GeoDataFrame) -> list[Path]:
    """Return one path a polygon: all its rings, whose directions tell a hole from an island."""
    from matplotlib.path import Path

    shapes = shapely.orient_polygons(polygons.geometry.to_numpy())
    # All rings at once: a loop over 83,000 desa would take longer than drawing them.
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    sizes = shapely.get_num_coordinates(rings)
    codes = np.full(sizes.sum(), Path.LINETO, dtype=np.uint8)
    ends = np.cumsum(sizes)
    codes[ends - sizes] = Path.MOVETO
    codes[ends - 1] = Path.CLOSEPOLY
    points = np.bincount(shape_of_part[part_of_ring], sizes, minlength=len(shapes)).astype(int)
    cuts = np.cumsum(points)[:-1]
    pairs = zip(np.split(shapely.get_coordinates(rings), cuts), np.split(codes, cuts), strict=True)
    return [Path(*pair) for pair in pairs]

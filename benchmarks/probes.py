"""Places on the map whose colour tells which metric is painted.

The largest regions with a KIM are taken: the colour of each is known for each metric, and a circle
of some pixels fits into it on the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.view import palette

_FEWEST, _MOST = 3, 12
_CANDIDATES = 200
_LEAST_RADIUS_PX = 1.4  # a pixel, and the half that is blended into the next desa
_LEAST_DIFFERENCE = 60  # of two colours, added up over red, green and blue


@dataclass(frozen=True)
class Probe:
    """A place inside a region, and the colour it has to have under each metric."""

    kode: str
    lat: float
    lng: float
    colours: dict[str, tuple[int, int, int]]


def probes(
    polygons: gpd.GeoDataFrame, fills: Mapping[str, pd.Series], zoom: float
) -> Sequence[Probe]:
    """Return the places to look at when the map changes from one metric to the next.

    Parameters
    ----------
    polygons
        Columns kode, geometry.
    fills
        For each metric, in their order, the colour of each of ``polygons``.
    zoom
        Of the map, as Leaflet counts.
    """
    painted = polygons[next(iter(fills.values())) != palette.ZERO]
    areas = shapely.area(painted.geometry.to_numpy())
    largest = painted.iloc[np.argsort(-areas)[:_CANDIDATES]]
    circles = shapely.maximum_inscribed_circle(largest.geometry.to_numpy())
    radii = shapely.length(circles) * 256 * 2**zoom / 360
    probes: list[Probe] = []
    for row in np.argsort(-radii):
        if radii[row] < _LEAST_RADIUS_PX or len(probes) == _MOST:
            break
        middle, colours = shapely.get_point(circles[row], 0), {}
        for metric, fill in fills.items():
            red, green, blue = bytes.fromhex(fill[largest.index[row]].removeprefix("#"))
            colours[metric] = (red, green, blue)
        steps = list(colours.values())
        if all(_difference(*pair) >= _LEAST_DIFFERENCE for pair in pairwise(steps)):
            probes.append(Probe(largest["kode"].iloc[row], middle.y, middle.x, colours))
    assert len(probes) >= _FEWEST, "too few regions of this map are large enough to be looked at"
    return probes


def _difference(colour: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum(abs(a - b) for a, b in zip(colour, other, strict=True))

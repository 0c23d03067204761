"""What a peer is to show: polygons and camera, handed over in the environment."""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from geodata.boundaries.boundary_set import Bounds

_VARIABLE = "PETA_KIM_PEER"
_WIDTH_PX = 700  # of our map in the window of the benchmarks, less a margin


@dataclass(frozen=True)
class View:
    """The polygons' GeoParquet file, the middle of the map, and its zoom as Leaflet counts."""

    polygons: str
    lat: float
    lng: float
    zoom: float

    @property
    def deck_zoom(self) -> float:
        """The zoom as deck.gl counts, whose tiles are twice as wide."""
        return self.zoom - 1

    def environment(self) -> Mapping[str, str]:
        return {_VARIABLE: json.dumps(asdict(self))}


def view_of(polygons: Path, bounds: Bounds) -> View:
    """Return the view that shows ``bounds`` (south, west, north, east) as wide as our map does."""
    south, west, north, east = bounds
    zoom = math.log2(_WIDTH_PX * 360 / (256 * (east - west)))
    return View(str(polygons), (south + north) / 2, (west + east) / 2, math.floor(4 * zoom) / 4)


def current_view() -> View:
    """Return the view that this app was started with."""
    return View(**json.loads(os.environ[_VARIABLE]))

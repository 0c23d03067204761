"""An area: named zones, each a shape or a region, which may lie over each other."""

from dataclasses import dataclass
from functools import cached_property

import shapely

from geodata.boundaries.boundary_set import BoundarySet, Bounds

_NOTHING = shapely.MultiPolygon()


@dataclass(frozen=True, eq=False)
class Zone:
    """A part of an area, such as one hazard or a band of it.

    Attributes
    ----------
    name
        What it is called: by us, or by the file that it comes from.
    shape
        A valid polygon or multipolygon in EPSG:4326; empty of a region.
    code
        Of the region that it is, whatever is drawn of that; else empty.
    """

    name: str
    shape: shapely.Geometry = _NOTHING
    code: str = ""


@dataclass(frozen=True, eq=False)
class Area:
    """Zones, all of which together are the area.

    Attributes
    ----------
    zones
        In the order in which they were named.
    """

    zones: tuple[Zone, ...]

    @cached_property
    def shape(self) -> shapely.Geometry:
        """All shapes as one; that of regions is not in it."""
        return shapely.union_all([zone.shape for zone in self.zones])

    @property
    def codes(self) -> list[str]:
        """The regions in it."""
        return [zone.code for zone in self.zones if zone.code]

    def bounds(self, boundaries: BoundarySet) -> Bounds:
        """Return south, west, north, east of all zones, EPSG:4326 degrees."""
        boxes = [boundaries.bounds(code) for code in self.codes]
        if not self.shape.is_empty:
            west, south, east, north = self.shape.bounds
            boxes.append((south, west, north, east))
        souths, wests, norths, easts = zip(*boxes, strict=True)
        return min(souths), min(wests), max(norths), max(easts)

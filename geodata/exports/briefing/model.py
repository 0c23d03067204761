"""The model of a briefing: every figure, table and sentence, put into words once.

The four files of a pack only lay out what stands here, so their numbers cannot differ.
"""

from dataclasses import dataclass

import geopandas as gpd

from geodata.regions import Level
from geodata.view.legend import LegendRow


@dataclass(frozen=True)
class Figure:
    """A figure of the whole region and what it is called."""

    label: str
    value: str


@dataclass(frozen=True)
class Table:
    """A table in words. ``numeric`` tells for each column whether it holds numbers."""

    title: str
    lead: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def widths(self) -> list[float]:
        """The share of the width that each column needs, by its longest cell; together 1."""
        needed = [max(*(len(word) for word in heading.split()), 3) for heading in self.headings]
        for row in self.rows:
            needed = [max(room, min(len(cell), 30)) for room, cell in zip(needed, row, strict=True)]
        return [(room + 4) / sum(needed, 4 * len(needed)) for room in needed]


@dataclass(frozen=True)
class Site:
    """A desa in which a KIM should be formed, by its number in the order; degrees (EPSG:4326)."""

    number: str
    name: str
    lat: float
    lng: float


@dataclass(frozen=True)
class Chart:
    """Counts by category, in the order in which they are drawn; none where they are not known."""

    title: str
    note: str
    categories: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class BriefingLayer:
    """A choropleth: the regions of a level, each with its colour.

    Attributes
    ----------
    title
        What is drawn, in words.
    regions
        kode, nama, fill (a colour), hatched (whether with lines over it), line (its figures in
        words) and geometry (EPSG:4326, ``None`` where it has none), by code.
    legend
        The classes, the highest first.
    not_drawn
        What must be said of regions without a polygon; empty if there are none.
    """

    level: Level
    name: str
    title: str
    regions: gpd.GeoDataFrame
    legend: list[LegendRow]
    not_drawn: str


@dataclass(frozen=True, eq=False)
class Briefing:
    """All that a pack says of a region.

    Attributes
    ----------
    code
        The region; ``None`` is Indonesia.
    title, region_path, counted, as_of
        The region, its place among the regions above, what was counted, and the day of the data.
    line
        The paragraph that says what the map shows.
    standing
        Where the region stands among those beside it; empty for Indonesia.
    layers
        The choropleths, from coarse to fine; ``drawn`` is the place of the one in print.
    priority
        Which regions come first by several measures at once, and how surely.
    next_sites, sites
        Where the next KIM should be, and those of these places that the map marks.
    notes
        What must be said of the data: that they are made up, that boundaries are approximate.
    """

    code: str | None
    lang: str
    title: str
    region_path: str
    counted: str
    as_of: str
    line: str
    standing: str
    figures: tuple[Figure, ...]
    layers: tuple[BriefingLayer, ...]
    drawn: int
    ranking: Table
    gaps: Table
    priority: Table
    next_sites: Table
    sites: tuple[Site, ...]
    bidang: Chart
    trend: Chart
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def layer(self) -> BriefingLayer:
        """The choropleth in print."""
        return self.layers[self.drawn]

    @property
    def name(self) -> str:
        """Name of its files, without ending."""
        return f"kim-{self.code or 'indonesia'}"

"""The metrics that a map can show, a record each: column, colours, levels, and what makes it.

A metric is a column beside those of ``region_metrics``. Most are numbers to be classed; the classes
of clusters are categories that come as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from geodata.analysis import clusters
from geodata.analysis.clusters import CLUSTERS, NO_NEIGHBOURS, SPOTS
from geodata.analysis.coverage import estimated_coverage
from geodata.analysis.distance import distance_by_region
from geodata.analysis.region_metrics import active_coverage, region_metrics
from geodata.columns import COLUMNS, Column
from geodata.errors import SelectionError
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import text

if TYPE_CHECKING:
    from geodata.boundaries.boundary_set import BoundarySet

Kind = Literal["number", "share", "category"]
Table = Callable[[Snapshot, KimFilter, "BoundarySet | None", Level, str | None], pd.DataFrame]


@dataclass(frozen=True)
class Category:
    """A value of a metric that is no number.

    Attributes
    ----------
    name
        The value; the text ``klaster.<name>`` says it.
    fill
        Its colour.
    plain
        Whether it says nothing worth naming in a sentence.
    """

    name: str
    fill: str
    plain: bool = False

    def title(self, lang: str) -> str:
        """Return what it is called."""
        return text(f"klaster.{self.name}", lang)


@dataclass(frozen=True)
class Metric:
    """One metric.

    Attributes
    ----------
    column
        The column that holds it; also its name in addresses and on the command line.
    ramp
        ColorBrewer's sequential scheme that colours its classes; empty for categories.
    categories
        Its values where they are no numbers, in the order of a legend. Any other is no data.
    levels
        The levels at which it exists.
    high_is_good
        Whether more of it is better: of distances, less is.
    table
        Returns a table with kode and the column; ``None`` if ``region_metrics`` has it already.
    """

    column: Column
    ramp: str = ""
    categories: tuple[Category, ...] = ()
    levels: tuple[Level, ...] = LEVELS
    high_is_good: bool = True
    table: Table | None = None

    @property
    def name(self) -> str:
        """Its name, which is that of its column."""
        return self.column.name

    @property
    def kind(self) -> Kind:
        """How values are written: a number, a share of 0 to 1, or one of ``categories``."""
        if self.categories:
            return "category"
        return "share" if self.column.kind == "share" else "number"

    @property
    def decimals(self) -> int:
        """Digits after the point that values are rounded to before they are classed."""
        return self.column.decimals

    @property
    def basic(self) -> bool:
        """Whether ``region_metrics`` has it, at every level."""
        return self.table is None

    @property
    def expensive(self) -> bool:
        """Whether it takes seconds: clusters rest on permutations of all regions."""
        return bool(self.categories)

    def title(self, lang: str) -> str:
        """Return what it is called: the text ``metrik.<name>``."""
        return text(f"metrik.{self.name}", lang)

    def meaning(self, lang: str) -> str:
        """Return its definition, that of its column."""
        return self.column.meaning(lang)

    def most(self, listed: str, lang: str) -> str:
        """Return the sentence on the regions that have most of it: ``summary.most.<name>``."""
        return text(f"summary.most.{self.name}", lang, daftar=listed)

    def written(self, value: float, lang: str) -> str:
        """Write a value as the legend does."""
        return self.column.written(value, lang)


def _without_polygons(make: Callable[..., pd.DataFrame]) -> Table:
    """Return ``make`` of snapshot, filter, level and region as a metric's ``table``."""
    return lambda snapshot, kim_filter, _, level, within: make(snapshot, kim_filter, level, within)


def _clusters(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: "BoundarySet | None",
    level: Level,
    within: str | None,
) -> pd.DataFrame:
    assert boundaries is not None
    return clusters.find_clusters(snapshot, kim_filter, boundaries, level, within).table


# RdYlBu: low is blue, high is red, and what stands out from its neighbours is paler.
_FILLS = {
    "rendah_rendah": "#2c7bb6",
    "rendah_tinggi": "#abd9e9",
    "tinggi_rendah": "#fdae61",
    "tinggi_tinggi": "#d7191c",
    "titik_dingin": "#2c7bb6",
    "titik_panas": "#d7191c",
    "tidak_nyata": "#f7f4e6",
    NO_NEIGHBOURS: "#c2b5cf",
}
_PLAIN = ("tidak_nyata", NO_NEIGHBOURS)


def _categories(*names: str) -> tuple[Category, ...]:
    return tuple(Category(name, _FILLS[name], name in _PLAIN) for name in names)


_METRICS = (
    Metric(COLUMNS["jumlah_kim"], "YlGnBu"),
    Metric(COLUMNS["cakupan"], "YlOrBr"),
    Metric(COLUMNS["cakupan_aktif"], "PuBuGn", table=_without_polygons(active_coverage)),
    Metric(COLUMNS["kim_per_100_desa"], "BuPu"),
    Metric(
        COLUMNS["cakupan_eb"],
        "YlGn",
        levels=LEVELS[:-1],
        table=_without_polygons(estimated_coverage),
    ),
    Metric(
        COLUMNS["jarak_rata_km"],
        "OrRd",
        high_is_good=False,
        table=_without_polygons(distance_by_region),
    ),
    Metric(
        COLUMNS["kelas"],
        categories=_categories(*CLUSTERS, NO_NEIGHBOURS),
        levels=clusters.LEVELS,
        table=_clusters,
    ),
    Metric(
        COLUMNS["kelas_gi"],
        categories=_categories(*SPOTS, NO_NEIGHBOURS),
        levels=clusters.LEVELS,
        table=_clusters,
    ),
)
METRICS: Mapping[str, Metric] = {metric.name: metric for metric in _METRICS}
"""Every metric, by name, in the order in which they are offered."""

DEFAULT_METRIC = "jumlah_kim"
ANYWHERE = "cakupan"
"""The metric that is shown where the one asked for does not exist: it does at every level."""

BASIC_METRICS = tuple(metric.name for metric in _METRICS if metric.basic)
MEASURES = tuple(metric.name for metric in _METRICS if not metric.categories)
"""Those that are numbers: what extracts and briefings can hold."""


def require_metric(name: str, level: Level) -> None:
    """Make sure that regions of ``level`` have the metric ``name``.

    Raises
    ------
    SelectionError
        If not, or if there is no such metric.
    """
    if name not in METRICS or level not in METRICS[name].levels:
        known = [metric.name for metric in _METRICS if level in metric.levels]
        raise SelectionError("metric", value=name, level=level, allowed=", ".join(known))


def metric_table(
    name: str,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: "BoundarySet | None",
    level: Level,
    within: str | None = None,
) -> pd.DataFrame:
    """Return ``region_metrics`` with the column of the metric ``name``.

    Parameters
    ----------
    boundaries
        Whose neighbours are neighbours; :data:`MEASURES` do without.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If there is no such metric, or not at ``level``.
    """
    require_metric(name, level)
    table = region_metrics(snapshot, kim_filter, level, within)
    make = METRICS[name].table
    if make is not None:
        table[name] = make(snapshot, kim_filter, boundaries, level, within)[name].array
    return table

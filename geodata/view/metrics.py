"""The metrics that a map can show, a record each: column, colours, levels, and what makes it.

A metric is a column beside those of ``region_metrics``. Most are numbers to be classed; the classes
of clusters are categories that come as they are. Those of KIM are always there; those of indicators
(``indicator_metrics``) are as many as there are indicators.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from geodata.analysis import clusters
from geodata.analysis.clusters import CLUSTERS, NO_NEIGHBOURS, SPOTS
from geodata.analysis.coverage import estimated_coverage
from geodata.analysis.distance import distance_by_region
from geodata.analysis.region_metrics import active_coverage, region_metrics
from geodata.columns import COLUMNS
from geodata.errors import SelectionError
from geodata.indicators.current import figures
from geodata.indicators.figures import Figures
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view.indicator_metrics import indicator_metrics
from geodata.view.metric import Category, Metric, Table

if TYPE_CHECKING:
    from geodata.boundaries.boundary_set import BoundarySet


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
        expensive=True,
    ),
    Metric(
        COLUMNS["kelas_gi"],
        categories=_categories(*SPOTS, NO_NEIGHBOURS),
        levels=clusters.LEVELS,
        table=_clusters,
        expensive=True,
    ),
)
BASIC_METRICS = tuple(metric.name for metric in _METRICS if metric.basic)


class Metrics(Mapping[str, Metric]):
    """Metrics by name, in the order in which they are offered: those that there are now.

    Indicators come and go while a server runs, so each look sees those in use by then.
    """

    def __init__(self, wanted: Callable[[Metric], bool] = lambda _: True) -> None:
        self._wanted = wanted

    def __getitem__(self, name: str) -> Metric:
        metric = _every_metric(figures())[name]
        if not self._wanted(metric):
            raise KeyError(name)
        return metric

    def __iter__(self) -> Iterator[str]:
        every = _every_metric(figures()).values()
        return (metric.name for metric in every if self._wanted(metric))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=2)
def _every_metric(known: Figures) -> Mapping[str, Metric]:
    every = (*_METRICS, *indicator_metrics(known))
    # Those in which KIM count stand together, also where an indicator is part of them.
    return {metric.name: metric for metric in sorted(every, key=lambda metric: not metric.of_kim)}


METRICS = Metrics()
"""Every metric."""

MEASURES = Metrics(lambda metric: not metric.categories)
"""Those that are numbers: what briefings can rank by."""

DEFAULT_METRIC = "jumlah_kim"
ANYWHERE = "cakupan"
"""The metric that is shown where the one asked for does not exist: it does at every level."""


def require_metric(name: str, level: Level) -> None:
    """Make sure that regions of ``level`` have the metric ``name``.

    Raises
    ------
    SelectionError
        If not, or if there is no such metric.
    """
    if name not in METRICS or level not in METRICS[name].levels:
        known = [metric.name for metric in METRICS.values() if level in metric.levels]
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
        Whose neighbours are neighbours; only what is ``expensive`` asks for them.

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

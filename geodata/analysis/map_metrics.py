"""The metrics that a map can show, from one list: what each is called, rounded to, and made of.

A metric is a column beside those of ``region_metrics``. Most are numbers to be classed; the classes
of clusters are categories that come as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geodata.analysis import clusters as clusters_of
from geodata.analysis.clusters import CLASSES, NO_NEIGHBOURS, SPOTS, clusters
from geodata.analysis.coverage import coverage_by_region
from geodata.analysis.distance import distance_by_region
from geodata.analysis.metrics import region_metrics
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import SelectionError
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, Snapshot

Kind = Literal["number", "share", "category"]
_Column = Callable[[Snapshot, KimFilter, BoundarySet, Level, str | None], pd.DataFrame]


@dataclass(frozen=True)
class MapMetric:
    """One metric.

    Attributes
    ----------
    name
        The column, the value of ``metrik`` in the address, and the text ``metrik.<name>``.
    kind
        How values are written: a number, a share of 0 to 1, or one of ``categories``.
    decimals
        Digits after the point that values are rounded to before they are classed.
    levels
        The levels at which it exists.
    categories
        The values of a category, in the order of a legend; the text ``klaster.<value>`` names each.
        Any other value is no data.
    plain
        Those of ``categories`` that say nothing worth naming.
    table
        Returns a table with kode and the column; ``None`` if ``region_metrics`` has it already.
    """

    name: str
    kind: Kind
    decimals: int
    levels: tuple[Level, ...] = LEVELS
    categories: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    table: _Column | None = None

    @property
    def expensive(self) -> bool:
        """Whether it takes seconds: clusters rest on permutations of all regions."""
        return self.kind == "category"


def _clusters(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: BoundarySet,
    level: Level,
    within: str | None,
) -> pd.DataFrame:
    return clusters(snapshot, kim_filter, boundaries, level, within).table


_ABOVE_DESA = LEVELS[:-1]
_LIST = (
    MapMetric("jumlah_kim", "number", 0),
    MapMetric("cakupan", "share", 4),
    MapMetric("kim_per_100_desa", "number", 2),
    MapMetric(
        "cakupan_eb",
        "share",
        4,
        levels=_ABOVE_DESA,
        table=lambda snapshot, kim_filter, _, level, within: coverage_by_region(
            snapshot, kim_filter, level, within
        ),
    ),
    MapMetric(
        "jarak_rata_km",
        "number",
        1,
        table=lambda snapshot, kim_filter, _, level, within: distance_by_region(
            snapshot, kim_filter, level, within
        ),
    ),
    MapMetric(
        "kelas",
        "category",
        0,
        levels=clusters_of.LEVELS,
        categories=(*CLASSES, NO_NEIGHBOURS),
        plain=("tidak_nyata", NO_NEIGHBOURS),
        table=_clusters,
    ),
    MapMetric(
        "kelas_gi",
        "category",
        0,
        levels=clusters_of.LEVELS,
        categories=(*SPOTS, NO_NEIGHBOURS),
        plain=("tidak_nyata", NO_NEIGHBOURS),
        table=_clusters,
    ),
)
MAP_METRICS: Mapping[str, MapMetric] = {metric.name: metric for metric in _LIST}


def map_table(
    name: str,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: BoundarySet,
    level: Level,
    within: str | None = None,
) -> pd.DataFrame:
    """Return ``region_metrics`` with the column of the metric ``name``.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If there is no such metric, or not at ``level``.
    """
    if name not in MAP_METRICS or level not in MAP_METRICS[name].levels:
        known = [one.name for one in _LIST if level in one.levels]
        raise SelectionError("metric", value=name, level=level, allowed=", ".join(known))
    table = region_metrics(snapshot, kim_filter, level, within)
    made = MAP_METRICS[name].table
    if made is not None:
        table[name] = made(snapshot, kim_filter, boundaries, level, within)[name].array
    return table

"""The priority of regions by the measures that a reader has chosen.

Measures are metrics that are numbers. A region is compared with all of its level in Indonesia, so
its score is the same whatever part of the country is looked at; the first are those of the part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.analysis.gaps import with_ancestors
from geodata.analysis.priority import prioritise, share_of_draws, standings
from geodata.analysis.region_metrics import region_metrics
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view import address
from geodata.view.conditions import Condition, meeting
from geodata.view.metric import Metric
from geodata.view.metrics import MEASURES, METRICS, metric_table

HEAVIEST = 100
MOST_CRITERIA = 6
FIRST, MOST_FIRST = 10, 1_000
"""How many regions are named as the first: unless asked for others, and at most."""
_USUAL = ("cakupan", "jarak_rata_km", "penduduk")
_DIRECTIONS = {"tinggi": True, "rendah": False}
_WITHIN = "."
_POINTS = 100


@dataclass(frozen=True)
class Criterion:
    """A measure that counts towards the priority.

    Attributes
    ----------
    metric
        Name of a metric that is a number.
    high_first
        Whether regions with high figures are the more pressing ones.
    weight
        0 to :data:`HEAVIEST`; only proportions matter.
    """

    metric: str
    high_first: bool
    weight: int = 1


@dataclass(frozen=True)
class PrioritySettings:
    """What a priority is made of.

    Attributes
    ----------
    kriteria
        The measures; none: those of :func:`usual_criteria`.
    pertama
        How many regions are named as the first.
    """

    kriteria: tuple[Criterion, ...] = ()
    pertama: int = FIRST


@dataclass(frozen=True, eq=False)
class Priorities:
    """The regions of a level by priority.

    Attributes
    ----------
    level, first
        What was asked.
    criteria
        What was weighed: of those that were asked for, the ones that the level has, and that weigh
        anything.
    conditions
        What the regions meet.
    table
        A row a region, the first first, those without a score at the end by code: peringkat (equal
        scores share the best), kode, the names of the regions above, nama, prioritas (the score, 0
        to 100), bertahan (share of draws in which it is among the first, 0 to 1), and the figure
        of each criterion under the name of its metric.
    parts
        A row a region and criterion, regions as in ``table``: kode, nama, metrik (its name), nilai
        (the figure), kedudukan (0 to 100), bagian_bobot (share of the weights, 0 to 1) and andil
        (what it adds to prioritas).
    """

    level: Level
    first: int
    criteria: tuple[Criterion, ...]
    conditions: tuple[Condition, ...]
    table: pd.DataFrame
    parts: pd.DataFrame

    @property
    def scored(self) -> pd.DataFrame:
        """The rows of ``table`` that have a score."""
        return self.table[self.table["prioritas"].notna()]


def measures(level: Level) -> list[Metric]:
    """Return the metrics that may be weighed at ``level``."""
    return [it for it in MEASURES.values() if level in it.levels]


def usual_direction(metric: Metric) -> bool:
    """Return whether high figures are the more pressing ones: they are unless they are good.

    So are those of an indicator of which high is neither good nor bad, such as people.
    """
    is_neither = not metric.of_kim and any(it.high_is_good is None for _, it in metric.sources)
    return is_neither or not metric.high_is_good


def usual_criteria(level: Level) -> tuple[Criterion, ...]:
    """Return what is weighed, all alike, where nobody chose: what is known of every region."""
    chosen = [it for it in measures(level) if it.name in _USUAL]
    return tuple(Criterion(it.name, usual_direction(it)) for it in chosen)


def criteria_at(level: Level, settings: PrioritySettings) -> tuple[Criterion, ...]:
    """Return those of the criteria chosen that regions of ``level`` have; the usual if none."""
    known = {metric.name for metric in measures(level)}
    return tuple(it for it in settings.kriteria if it.metric in known) or usual_criteria(level)


def scores(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, settings: PrioritySettings
) -> np.ndarray:
    """Return the score, 0 to 100, of each region of ``level``; NaN where there is none.

    Raises
    ------
    SelectionError
        If no criterion weighs anything.
    """
    criteria = criteria_at(level, settings)
    standing = _standings(criteria, _figures(criteria, snapshot, kim_filter, level))
    return _POINTS * prioritise(standing, _weights(criteria)).scores


def priorities(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None,
    settings: PrioritySettings,
    conditions: tuple[Condition, ...] = (),
) -> Priorities:
    """Return the regions of ``level`` in ``within`` that meet ``conditions``, by priority.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If no criterion weighs anything.
    """
    of = snapshot, kim_filter, level, within
    scope = snapshot.gazetteer.within(level, within)
    rows = scope.start + np.flatnonzero(meeting(region_metrics(*of), conditions, *of))
    criteria = criteria_at(level, settings)
    of_all = _figures(criteria, snapshot, kim_filter, level)
    figures = {name: values[rows] for name, values in of_all.items()}
    standing = {name: part[rows] for name, part in _standings(criteria, of_all).items()}
    weighed = prioritise(standing, _weights(criteria))
    stays = share_of_draws(standing, _weights(criteria), settings.pertama)
    counted = tuple(it for it in criteria if it.weight)

    order = np.argsort(weighed.ranks, kind="stable")  # what has no score comes last
    regions = snapshot.gazetteer.tables[level][["kode", "nama"]].iloc[rows[order]]
    regions = regions.reset_index(drop=True)
    table = regions.assign(
        prioritas=_POINTS * weighed.scores[order],
        bertahan=stays[order],
        **{it.metric: figures[it.metric][order] for it in counted},
    )
    table = with_ancestors(table, snapshot, level)
    table.insert(0, "peringkat", pd.Series(weighed.ranks[order], dtype="Int64"))
    parts = [
        regions.assign(
            metrik=it.metric,
            nilai=figures[it.metric][order],
            kedudukan=_POINTS * standing[it.metric][order],
            bagian_bobot=it.weight / sum(it.weight for it in counted),
            andil=_POINTS * weighed.contributions[it.metric][order],
        )
        for it in counted
    ]
    listed = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    return Priorities(level, settings.pertama, counted, conditions, table, listed)


def _figures(
    criteria: Iterable[Criterion], snapshot: Snapshot, kim_filter: KimFilter, level: Level
) -> dict[str, np.ndarray]:
    """Return by metric the figure of each region of ``level``; NaN where there is none.

    Rounded as they are written: what reads alike is equal.
    """
    return {
        it.metric: metric_table(it.metric, snapshot, kim_filter, None, level)[it.metric]
        .to_numpy(dtype=float, na_value=np.nan)
        .round(METRICS[it.metric].decimals)
        for it in criteria
    }


def _standings(
    criteria: Iterable[Criterion], figures: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    return {it.metric: standings(figures[it.metric], it.high_first) for it in criteria}


def _weights(criteria: Iterable[Criterion]) -> dict[str, float]:
    return {it.metric: it.weight for it in criteria}


def read_criteria(written: str) -> tuple[Criterion, ...]:
    """Return criteria written as ``cakupan.rendah.2,penduduk.tinggi.1``.

    Raises
    ------
    ValueError, KeyError
        If one is not written so, is of no metric that is a number, or there twice, or there are
        more than :data:`MOST_CRITERIA`.
    """
    criteria = tuple(map(_criterion, address.names(written)))
    if len({it.metric for it in criteria}) < len(criteria) or len(criteria) > MOST_CRITERIA:
        raise ValueError(written)
    return criteria


def require_criteria(written: str, level: Level) -> tuple[Criterion, ...]:
    """Return what :func:`read_criteria` reads, of metrics that regions of ``level`` have.

    Raises
    ------
    SelectionError
        If that cannot be read, or one of the metrics does not exist at ``level``.
    """
    allowed = [metric.name for metric in measures(level)]
    try:
        criteria = read_criteria(written)
        if not {it.metric for it in criteria} <= set(allowed):
            raise ValueError(written)
    except (ValueError, KeyError):
        raise SelectionError(
            "priority_criteria",
            value=address.shortened(written),
            most=HEAVIEST,
            allowed=", ".join(allowed),
        ) from None
    return criteria


def _criterion(written: str) -> Criterion:
    metric, direction, weight = written.split(_WITHIN)
    if not 0 <= int(weight) <= HEAVIEST:
        raise ValueError(written)
    return Criterion(MEASURES[metric].name, _DIRECTIONS[direction], int(weight))


def write_criteria(criteria: Iterable[Criterion]) -> str:
    """Return criteria as :func:`read_criteria` reads them."""
    return address.LIST.join(
        _WITHIN.join((it.metric, "tinggi" if it.high_first else "rendah", str(it.weight)))
        for it in criteria
    )


PRIORITY: address.Part[PrioritySettings] = address.Part(
    PrioritySettings(),
    address.simple_parameter("kriteria", read_criteria, write_criteria),
    address.number_parameter("pertama", int, 1, MOST_FIRST),
)

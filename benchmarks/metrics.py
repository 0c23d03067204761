"""Metrics of all regions of a level, from the registry.

Ours is ``region_metrics`` on a snapshot whose arrays are ready: counts by position in the
gazetteer, upper levels by differences of running sums. The plain way joins the registry to the
table of regions on the code, as text, and groups it with pandas, which is what a notebook or a
first dashboard does. Its table of regions (codes of the levels above, number of desa) is made
beforehand and does not count.

The registry is the sample, drawn from with replacement (fixed seed) until it has the size wanted.
"""

from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks import plain
from benchmarks.results import Result, Row
from benchmarks.timing import paired, seconds
from geodata.analysis.region_metrics import region_metrics
from geodata.regions import LEVELS
from geodata.registry.snapshot import KimFilter, Snapshot, load_sample
from geodata.view.metrics import METRICS

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_SEED = 4114
_ROWS = 100_000
_GROWTH = (10_000, 100_000, 1_000_000)
_RUNS = 15


def run(options: "Options") -> Result:
    runs = options.runs or _RUNS
    rows = _compared(runs) + _grown(runs) + _of_indicators(runs)
    return Result("metrics", f"all metrics of a level, {_ROWS:,} KIM", rows)


def resampled(size: int) -> Snapshot:
    """Return a snapshot of ``size`` KIM drawn from the sample, its arrays ready."""
    sample = load_sample()
    drawn = np.random.default_rng(_SEED).integers(len(sample.kim), size=size)
    kim = sample.kim.iloc[drawn].reset_index(drop=True)
    snapshot = Snapshot(kim, sample.gazetteer, f"resampled-{size}", sample.date, True)
    for array in (snapshot.desa, snapshot.bidang_bits, snapshot.status_index, snapshot.tahun):
        assert len(array) == size
    return snapshot


def _compared(runs: int) -> list[Row]:
    snapshot = resampled(_ROWS)
    regions = plain.regions(snapshot.gazetteer)
    rows = []
    for level in LEVELS:

        def ours(level=level) -> pd.DataFrame:
            return region_metrics(snapshot, KimFilter(), level)

        def theirs(level=level) -> pd.DataFrame:
            return plain.metrics(snapshot.kim, regions, level)

        pd.testing.assert_frame_equal(ours(), theirs(), check_dtype=False)
        rows.append(Row(level.value, "s", *paired(ours, theirs, runs), at_least=10))
    return rows


def _of_indicators(runs: int) -> list[Row]:
    """Time that the slowest metric of an indicator takes at each level, once it was looked at."""
    sample, rows = load_sample(), []
    for level in LEVELS:
        makers = [
            partial(metric.table, sample, KimFilter(), None, level, None)
            for metric in METRICS.values()
            if metric.sources and metric.table and level in metric.levels
        ]
        for make in makers:
            make()
        taken = [max(map(seconds, makers)) for _ in range(runs)]
        rows.append(Row(f"an indicator, {level}", "s", taken, at_most=0.005))
    return rows


def _grown(runs: int) -> list[Row]:
    """Time for a KIM at three sizes; if the work is linear it never grows with the size."""
    rows: list[Row] = []
    for size in _GROWTH:
        snapshot = resampled(size)

        def all_levels(snapshot=snapshot) -> None:
            for level in LEVELS:
                region_metrics(snapshot, KimFilter(), level)

        all_levels()
        taken = [seconds(all_levels) / size for _ in range(runs)]
        before = median(rows[-1].ours) if rows else None
        rows.append(
            Row(
                f"all levels, {size:,} KIM",
                "s/row",
                taken,
                at_most=before * 1.1 if before else None,
            )
        )
    return rows

"""The full build of the embedded boundaries, as ``make setup`` does it once: not compared.

Thiessen polygons of the village points, their unions up to provinsi, the tileset of all four
levels, and those of Petak, into a store of its own that is thrown away.
"""

import os
import tempfile
import time
from typing import TYPE_CHECKING
from unittest import mock

from benchmarks.results import Result, Row
from geodata.boundaries.build import build_embedded
from geodata.boundaries.petak.tilesets import build_petak

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_TARGET_SECONDS = 90
_RUNS = 1


def run(options: "Options") -> Result:
    totals, steps = [], {}
    for _ in range(options.runs or _RUNS):
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.dict(os.environ, {"KIM_STORE": folder}),
        ):
            clock = StepClock()
            start = time.perf_counter()
            build_embedded(clock.report, force=True)
            build_petak(clock.report)
            totals.append(time.perf_counter() - start)
        for step, seconds in clock.taken.items():
            steps.setdefault(step, []).append(seconds)
    rows = [Row("whole build", "s", totals, at_most=_TARGET_SECONDS)]
    rows += [Row(f"  {step}", "s", taken) for step, taken in steps.items()]
    return Result("build", "embedded boundaries from the reference", rows)


class StepClock:
    """Takes the time of each step that the build reports."""

    def __init__(self) -> None:
        self._started: dict[str, float] = {}
        self.taken: dict[str, float] = {}

    def report(self, step: str, share: float) -> None:
        now = time.perf_counter()
        self._started.setdefault(step, now)
        if share >= 1:
            self.taken[step] = now - self._started[step]

"""Import of all desa from real boundaries, which are no part of the project: see tests/importing.

Time of each step, the peak memory of all processes together, the size of the tileset, and how
long it takes to find the desa of 100,000 points in the set.
"""

import json
import sys
import tempfile
from typing import TYPE_CHECKING

from benchmarks.results import Result, Row
from benchmarks.watched import watched
from tests.importing.conftest import real_boundaries

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_TARGET_SECONDS = 360
_TARGET_MEMORY = 3e9
_TARGET_TILES = 60e6
_TARGET_LOCATED = 5
_POINTS = 100_000
_RUNS = 1

# In a process of its own, whose memory is nothing else's.
_IMPORT = f"""
import json, os, sys, time
from pathlib import Path
import numpy as np
os.environ["KIM_STORE"] = sys.argv[2]
from benchmarks.build import StepClock
from geodata.boundaries.importing import import_boundaries
clock, start = StepClock(), time.perf_counter()
boundaries, report = import_boundaries(Path(sys.argv[1]), clock.report)
seconds = time.perf_counter() - start
random = np.random.default_rng(2025)
points = random.uniform(-11, 6, {_POINTS}), random.uniform(95, 141, {_POINTS})
boundaries.locate_points(points[0][:1], points[1][:1])
start = time.perf_counter()
boundaries.locate_points(*points)
print(json.dumps({{
    "seconds": seconds, "steps": clock.taken,
    "tiles": sum(file["bytes"] for name, file in boundaries.manifest.files.items()
        if name.endswith(".pmtiles")),
    "located": time.perf_counter() - start, "polygons": report.polygons, "rows": report.rows,
}}))
"""


def run(options: "Options") -> Result:
    path = real_boundaries()
    if not path.is_file():
        return Result("importing", f"NOT MEASURED: no real boundaries at {path}", [])
    imports = []
    for _ in range(options.runs or _RUNS):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", _IMPORT, str(path), folder]
            seen = watched(command, {})
        imports.append(json.loads(seen.said) | {"peak": seen.peak})

    def measured(name: str) -> list[float]:
        return [told[name] for told in imports]

    rows = [Row("whole import", "s", measured("seconds"), at_most=_TARGET_SECONDS)]
    rows += [
        Row(f"  {step}", "s", [told["steps"][step] for told in imports])
        for step in imports[0]["steps"]
    ]
    rows += [
        Row("peak memory, with tippecanoe", "byte", measured("peak"), at_most=_TARGET_MEMORY),
        Row("tileset", "byte", measured("tiles"), at_most=_TARGET_TILES),
        Row(f"{_POINTS:,} points located", "s", measured("located"), at_most=_TARGET_LOCATED),
    ]
    kept = f"{imports[0]['polygons']:,} polygons of {imports[0]['rows']:,} rows"
    return Result("importing", "all desa from real boundaries", rows, [kept])

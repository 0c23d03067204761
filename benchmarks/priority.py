"""How surely each kecamatan of Indonesia is among the first: 1,000 draws of weights.

The plain way sorts all scores of each draw.
"""

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.results import Result, Row
from benchmarks.timing import paired
from geodata.analysis.priority import DRAWS, SPREAD, share_of_draws, standings
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_RUNS = 5
_MEASURES, _FIRST = 5, 100


def run(options: "Options") -> Result:
    size = len(load_gazetteer().codes(Level.KECAMATAN))
    random = np.random.default_rng(0)
    standing = {
        f"measure {number}": standings(random.random(size), high_first=True)
        for number in range(_MEASURES)
    }
    weights = dict.fromkeys(standing, 1.0)

    def plain() -> np.ndarray:
        times = np.zeros(size)
        for drawn in random.uniform(1 - SPREAD, 1 + SPREAD, (DRAWS, _MEASURES)):
            scores = sum(w * part for w, part in zip(drawn, standing.values(), strict=True))
            times[np.argsort(-scores)[:_FIRST]] += 1
        return times / DRAWS

    took = paired(lambda: share_of_draws(standing, weights, _FIRST), plain, options.runs or _RUNS)
    rows = [Row(f"{DRAWS:,} draws, {_MEASURES} measures", "s", *took, at_most=1)]
    return Result("priority", f"{size:,} kecamatan, the first {_FIRST}", rows, [])

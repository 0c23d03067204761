"""Where 500 more KIM should be, among all desa; and how far plans are from the exact optimum.

Ours chooses greedily, exchanges, and searches for a bound and for better plans. The plain way is
greedy choice alone, which computes the gain of every candidate anew at each step (one sparse
product). Neighbour lists are made anew by ours in each run, and given to the plain way.
"""

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.results import Result, Row
from benchmarks.timing import paired
from geodata.analysis.distance import nearest_kim
from geodata.analysis.siting.plans import SitingPlan, neighbours, plan_siting
from geodata.registry.snapshot import KimFilter, load_sample

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_RUNS = 3
_ADD, _RADIUS_KM = 500, 10
_EXACT = [("35.07", 10, 10), ("35.07", 20, 5), ("34", 30, 5), ("51", 30, 5), ("52", 40, 5)]


def run(options: "Options") -> Result:
    snapshot = load_sample()
    reach = neighbours(snapshot.gazetteer, None, _RADIUS_KM, False)
    already = nearest_kim(snapshot, KimFilter())[0] <= _RADIUS_KM

    def ours() -> SitingPlan:
        neighbours.cache_clear()
        return plan_siting(snapshot, KimFilter(), add=_ADD, radius_km=_RADIUS_KM)

    def plain() -> int:
        waiting = np.where(already, 0.0, 1.0)
        for _ in range(_ADD):
            best = int((reach @ waiting).argmax())
            waiting[reach.indices[reach.indptr[best] : reach.indptr[best + 1]]] = 0
        return len(waiting) - np.count_nonzero(waiting)

    plan, greedy = ours(), plain()
    rows = [Row(f"{_ADD} KIM", "s", *paired(ours, plain, options.runs or _RUNS), at_most=5)]
    rows.append(
        Row("  short of the bound at most", "share", [1 - plan.share_of_best], at_most=0.03)
    )
    for within, add, radius_km in _EXACT:
        question = {"within": within, "add": add, "radius_km": radius_km}
        heuristic = plan_siting(snapshot, KimFilter(), **question, exact_up_to=0)
        exact = plan_siting(snapshot, KimFilter(), **question, exact_up_to=10**6)
        short = 1 - (heuristic.after - heuristic.before) / (exact.after - exact.before)
        what = f"  {within}, {add} KIM, {radius_km} km: short of exact"
        rows.append(Row(what, "share", [short], at_most=0.01))
    note = f"{plan.after:,.0f} desa served by ours, {greedy:,} by plain greedy choice."
    return Result("siting", f"{plan.total:,.0f} desa, {_RADIUS_KM} km", rows, [note])

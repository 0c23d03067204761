"""Clusters of coverage among all kecamatan.

Ours is ``clusters`` with nothing kept, then again. The plain way is PySAL by its manual: queen
weights of the polygons, local Moran and Gi* with their defaults: 999 permutations, where ours has
some millions. The polygons are read beforehand.
"""

import warnings
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from esda import G_Local, Moran_Local
from libpysal.weights import Queen

from benchmarks.results import Result, Row
from benchmarks.timing import paired, seconds
from geodata.analysis import clusters as module
from geodata.analysis.adjacency import queen_contiguity
from geodata.analysis.clusters import find_clusters
from geodata.analysis.region_metrics import region_metrics
from geodata.boundaries.store import active_set
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_RUNS = 3
_LEVEL = Level.KECAMATAN


def run(options: "Options") -> Result:
    snapshot, boundaries = load_sample(), active_set()
    polygons = boundaries.polygons(_LEVEL)
    runs = options.runs or _RUNS

    def again() -> object:
        return find_clusters(snapshot, KimFilter(), boundaries, _LEVEL)

    def ours() -> object:
        queen_contiguity.cache_clear()
        module._kept.cache_clear()
        return again()

    def plain() -> object:
        metrics = region_metrics(snapshot, KimFilter(), _LEVEL).set_index("kode")
        share = metrics.loc[polygons["kode"], "cakupan"].to_numpy()
        with warnings.catch_warnings(), redirect_stdout(StringIO()):  # one line an island
            warnings.simplefilter("ignore")
            weights = Queen.from_dataframe(polygons, use_index=False, silence_warnings=True)
            return Moran_Local(share, weights), G_Local(share, weights, star=True)

    rows = [
        Row(f"{len(polygons):,} kecamatan", "s", *paired(ours, plain, runs), at_most=20),
        Row("the same again", "s", [seconds(again) for _ in range(runs)], at_most=0.1),
    ]
    return Result("clusters", "local Moran and Gi*", rows)

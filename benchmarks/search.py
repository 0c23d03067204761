"""What a few words find, among all regions and 100,000 KIM, and the indexes that this takes.

The KIM are the sample's, drawn with replacement (fixed seed), each under a name of its own of two
names of desa. The plain way looks into all names in small letters for the words as they are typed,
which finds neither short forms nor parents nor slips.
"""

import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.metrics import resampled
from benchmarks.results import Result, Row
from benchmarks.timing import paired, seconds
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.registry.snapshot import Snapshot
from geodata.search.search import Search
from geodata.search.terms import spellings_of_kim, spellings_of_regions

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_SEED = 4114
_KIM = 100_000
_RUNS = 5
_HITS = 8
_SECONDS = 0.15
_QUERIES = (
    "s", "su", "suka", "kepan", "ntt", "kab malang", "sukun malang", "kepnjen",
    "kab. malang, kepanjen", "sukamaju cianjur", "35.07.08", "65163", "kim karya mukti",
    "desa sukamaju kecamatan cibeber kabupaten cianjur jawa barat", "s k b m t p l j",
    "seroja mekarsri tidk adaa",
)  # fmt: skip


def run(options: "Options") -> Result:
    runs = options.runs or _RUNS
    snapshot = _named(resampled(_KIM))
    gazetteer = load_gazetteer()

    def of_regions() -> None:
        spellings_of_regions.cache_clear()
        spellings_of_regions(gazetteer)

    rows = [
        Row("index of all regions", "s", [seconds(of_regions) for _ in range(runs)]),
        Row(
            f"index of {_KIM:,} KIM",
            "s",
            [seconds(lambda: spellings_of_kim(snapshot)) for _ in range(runs)],
        ),
    ]
    spellings_of_regions.cache_clear()
    tracemalloc.start()
    search = Search(gazetteer, snapshot)
    rows.append(Row("memory of both", "byte", [tracemalloc.get_traced_memory()[0]]))
    tracemalloc.stop()

    names = pd.concat([*(table["nama"] for table in gazetteer.tables.values())], ignore_index=True)
    names = pd.concat([names, snapshot.kim["nama_kim"]], ignore_index=True).str.lower()
    for query in _QUERIES:

        def ours(query: str = query) -> None:
            search.find(query, _HITS)

        def plain(query: str = query) -> None:
            np.flatnonzero(names.str.contains(query, regex=False))

        rows.append(Row(f"“{query}”", "s", *paired(ours, plain, runs), at_most=_SECONDS))
    return Result("search", f"regions and {_KIM:,} KIM by a few words", rows)


def _named(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot whose KIM have a name and a number of their own."""
    desa = snapshot.gazetteer.tables[Level.DESA]["nama"].to_numpy()
    words = np.random.default_rng(_SEED).choice(desa, (len(snapshot.kim), 2))
    kim = snapshot.kim.assign(
        nama_kim=[f"KIM {former} {latter}" for former, latter in words],
        nomor_induk=[f"KIM-{number:06}" for number in range(len(words))],
    )
    return replace(snapshot, kim=kim)

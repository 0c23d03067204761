"""Extracts of all KIM: how soon a CSV starts and how much memory it holds, and how long XLSX takes.

Ours makes the rows piece by piece. The plain way joins the names of regions to the whole table and
hands it to ``DataFrame.to_csv`` and ``DataFrame.to_excel``, as a first dashboard does; neither
guards against formulas. Memory is what the making itself allocates at its peak (tracemalloc).
"""

import io
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.metrics import resampled
from benchmarks.results import Result, Row
from benchmarks.timing import paired, seconds
from geodata.exports.extract_workbook import write_workbook
from geodata.exports.extracts import Extract
from geodata.exports.formats import CSV
from geodata.exports.manifest import Imprint
from geodata.regions import LEVELS
from geodata.registry.snapshot import Snapshot
from geodata.view.view import View

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_ROWS = 100_000
_RUNS = 5


def run(options: "Options") -> Result:
    runs = options.runs or _RUNS
    snapshot = resampled(_ROWS)

    def started() -> None:
        next(iter(CSV.pieces(Extract(snapshot, View()), ",")))

    def whole() -> None:
        for _ in CSV.pieces(Extract(snapshot, View()), ","):
            pass

    def plain_csv() -> None:
        _plain(snapshot).to_csv(io.StringIO(), index=False)

    def workbook() -> None:
        with tempfile.TemporaryDirectory() as folder:
            extract = Extract(snapshot, View())
            write_workbook(extract, Path(folder) / "kim.xlsx", Imprint([], "", "id"))

    def plain_workbook() -> None:
        _plain(snapshot).to_excel(io.BytesIO(), index=False, engine="xlsxwriter")

    first = [seconds(started) for _ in range(runs)]
    all_of_it = paired(whole, plain_csv, runs)
    books = paired(workbook, plain_workbook, max(1, runs // 3))
    memory = [float(_peak(whole))], [float(_peak(plain_csv))]
    rows = [
        Row("CSV, until it starts", "s", first, at_most=0.3),
        Row("CSV, all of it", "s", *all_of_it),
        Row("CSV, memory", "byte", *memory, at_most=20e6),
        Row("XLSX", "s", *books, at_most=10),
    ]
    return Result("exports", f"extracts of {_ROWS:,} KIM with the names of their regions", rows)


def _plain(snapshot: Snapshot) -> pd.DataFrame:
    rows = snapshot.kim.copy()
    for level in LEVELS:
        names = snapshot.gazetteer.tables[level].set_index("kode")["nama"]
        rows[level.value] = rows["kode_wilayah"].str[: level.code_length].map(names)
    return rows


def _peak(work: Callable[[], None]) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak

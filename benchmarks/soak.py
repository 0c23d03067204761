"""Half an hour of a hundred readers of all pages: whether what two servers hold stays level.

Memory is looked at each ten seconds. Once all has been read that is kept it has to stay as it is:
the last third of the time is compared with the one before.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.readers import MIXED, Crowd, slowest, two_servers
from benchmarks.results import Result, Row
from tests.app.visiting import server_of
from tests.operating.conftest import PATH

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_READERS = 100
_SECONDS = 1800.0
_PAUSE = 10.0
_LEVEL = 1.05


def run(_: "Options") -> Result:
    """Measure memory and times over the half hour."""
    over = threading.Event()
    held: list[tuple[float, float]] = []
    with two_servers() as (_database, port), ThreadPoolExecutor() as pool:
        servers = [server_of(f"http://127.0.0.1:{port + number}") for number in (1, 2)]
        start = time.monotonic()

        def look() -> None:
            while not over.wait(_PAUSE):
                held.append((time.monotonic() - start, sum(map(_resident, servers))))

        looking = pool.submit(look)
        runs = Crowd(f"http://127.0.0.1:{port}{PATH}", MIXED, _READERS, _SECONDS).watch()
        over.set()
        looking.result()
    third = _SECONDS / 3
    middle = median(size for at, size in held if third < at <= 2 * third)
    last = median(size for at, size in held if at > 2 * third)
    failed = sum(run.failed for run in runs) / len(runs)
    rows = [
        Row(
            "memory of both servers in the last third, to the second",
            "share",
            [last / middle],
            at_most=_LEVEL,
        ),
        Row("memory of both servers in the last third", "byte", [last]),
        Row("95th percentile of a change", "s", [slowest(runs)], at_most=1.0),
        Row("runs that failed", "share", [failed], at_most=0.0),
    ]
    return Result("soak", f"{_READERS} readers for {_SECONDS / 60:g} minutes", rows)


def _resident(process: Path) -> float:
    """Return the bytes that a process holds in memory, as Linux tells."""
    for line in (process / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1]) * 1024
    return 0.0

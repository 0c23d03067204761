"""What a server has to do for a page that somebody has seen before, and the memory it takes.

A server as ``make run`` starts it. A session opens every page, and every section of Kesenjangan;
then the processor's time of a second run is measured, that of Streamlit and its collector included.
Memory is what the process has of the machine (resident bytes): when it is ready, once every page
was seen, and while pages go on being asked for, each time another one.
"""

import itertools
import os
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.results import Result, Row
from benchmarks.servers import our_server
from benchmarks.session import Session, session
from dashboard.addresses import SEARCH
from dashboard.kesenjangan.gaps_settings import SECTIONS
from dashboard.main import PAGES

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_MOST_CPU = 0.15
_RUNS = 8
_MANY = 10_000
_LOOKS = 10
_REGIONS = ("35", "33", "35.07", "51")
_SETTLES = 0.3  # seconds in which the collector is through, and messages are sent
_SEEN = tuple(
    (page, part)
    for page in PAGES
    for part in ([f"&bagian={name}" for name in SECTIONS] if page == "kesenjangan" else [""])
)
_TICK = os.sysconf("SC_CLK_TCK")


def run(options: "Options") -> Result:
    with our_server() as (address, process), session(address) as reader:
        ready = memory(process)
        wait_for_search(address)
        rows = list(second_runs(reader, process, _SEEN, options.runs or _RUNS))
        after = memory(process)
        curve = list(through(reader, process, _SEEN, _MANY, _LOOKS))
    rows += [
        Row("memory when ready", "byte", [ready], at_most=240e6),
        Row("memory after every page", "byte", [after], at_most=350e6),
        Row(f"memory after {_MANY:,} runs more", "byte", [curve[-1]]),
    ]
    said = ", ".join(f"{size / 1e6:.0f}" for size in curve)
    notes = [f"Memory (MB) at the beginning of {_MANY:,} runs and after each tenth: {said}."]
    return Result("reruns", "a page's second run, and memory", rows, notes)


def wait_for_search(address: str) -> None:
    """Wait until the index of the search is made, which a server does at its beginning."""
    with urllib.request.urlopen(f"{address}{SEARCH}?q=malang") as reply:
        reply.read()


def second_runs(
    reader: Session, process: int, seen: Sequence[tuple[str, str]], runs: int
) -> Iterator[Row]:
    """Measure the second run of each of the pages ``seen``, and what it sends.

    Three times as many ``runs``: every ten seconds the server looks after itself.
    """
    for page, part in seen:
        query = f"wilayah={_REGIONS[0]}{part}"
        for _ in range(2):  # the first fills what is kept, the second what the session has
            reader.run(page, query)
        time.sleep(_SETTLES)
        taken, sizes = [], []
        for _ in range(3):
            before = cpu(process)
            sizes += [reader.run(page, query).size for _ in range(runs)]
            time.sleep(_SETTLES)
            taken.append((cpu(process) - before) / runs)
        yield Row(f"{page}{part.replace('&bagian=', ': ')}", "s", taken, at_most=_MOST_CPU)
        yield Row("    sent", "byte", sizes)


def through(
    reader: Session, process: int, seen: Sequence[tuple[str, str]], runs: int, looks: int
) -> Iterator[float]:
    """Run the pages ``seen``, each time another one or of another region.

    Memory is told before the runs, and ``looks`` times among them.
    """
    asked = itertools.cycle(
        (page, f"wilayah={code}{part}") for code in _REGIONS for page, part in seen
    )
    yield memory(process)
    for _ in range(looks):
        for _ in range(runs // looks):
            reader.run(*next(asked))
        time.sleep(_SETTLES)
        yield memory(process)


def cpu(process: int) -> float:
    """Return the seconds of a processor that ``process`` has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory(process: int) -> float:
    """Return the resident bytes of ``process``."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

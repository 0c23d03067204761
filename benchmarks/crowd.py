"""Small requests while a crowd asks for the most expensive ones: how long they wait, and memory.

A server as ``make run`` starts it, on an empty cache. Twenty readers ask, each at once for the next
thing it has got the last: slides and previews of all desa, shapes of all desa, workbooks, and, as a
browser's session does, siting of 500 KIM among all desa, clusters, and briefing packs. Meanwhile
the requests that every page needs are timed: health, an asset, a range of the tileset, the points
of a kabupaten, the HTML of a page.
"""

import itertools
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.results import Result, Row
from benchmarks.servers import our_server
from benchmarks.session import session
from dashboard import assets, data
from dashboard.addresses import points_address, shapes_address, tiles_address
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.view.view import View

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_READERS = 20
_SECONDS = 60
_QUIET_SECONDS = 5
_PAUSE = 0.5
_ASKED_AT_ONCE = 300
_PATIENCE = 180
_PACK_BUTTON = "buat-paket"

Small = dict[str, list[float]]


def run(_: "Options") -> Result:
    small = {
        "health": ("/_stcore/health", {}),
        "asset": (assets.address("choropleth.js"), {}),
        "tile": (tiles_address(data.boundaries(), Level.PROVINSI), {"Range": "bytes=0-65535"}),
        "points": (points_address(View(region="35.07"), data.snapshot().version), {}),
        "page": ("/peta?wilayah=35", {}),
    }
    with our_server() as (address, process):
        requests = {
            name: urllib.request.Request(address + path, headers=headers)
            for name, (path, headers) in small.items()
        }
        with _timed(requests) as quiet:
            time.sleep(_QUIET_SECONDS)
        with _peak_memory(process) as memory, _timed(requests) as loaded:
            answers = _crowd(address)
    rows = [
        Row(f"{name}, 95th percentile", "s", [_p95(loaded[name])], [_p95(quiet[name])], at_most=1.0)
        for name in small
    ]
    longest = max(max(times) for times in loaded.values())
    rows += [
        Row("longest of all small requests", "s", [longest]),
        Row("memory of the server, at its peak", "byte", [max(memory)], at_most=3e9),
    ]
    said = ", ".join(f"{count} × {answer}" for answer, count in sorted(answers.items()))
    notes = [
        "“The plain way” is the same server before the crowd comes.",
        f"The crowd was answered: {said}.",
    ]
    title = f"small requests while {_READERS} readers ask for expensive ones for {_SECONDS} s"
    return Result("crowd", title, rows, notes)


def _p95(times: list[float]) -> float:
    return float(np.percentile(times, 95))


@contextmanager
def _timed(requests: dict[str, urllib.request.Request]) -> Iterator[Small]:
    """Ask for each of ``requests`` twice a second, whether the last is answered or not."""
    times: Small = {name: [] for name in requests}
    over = threading.Event()

    def ask(name: str) -> None:
        start = time.perf_counter()
        with urllib.request.urlopen(requests[name], timeout=_PATIENCE) as reply:
            reply.read()
        times[name].append(time.perf_counter() - start)

    def begin() -> None:
        while not over.wait(_PAUSE):
            asking.extend(pool.submit(ask, name) for name in requests)

    asking: list[Future[None]] = []
    with ThreadPoolExecutor(_ASKED_AT_ONCE) as pool:
        pool.submit(begin)
        try:
            yield times
        finally:
            over.set()
    for answer in asking:
        answer.result()


@contextmanager
def _peak_memory(process: int) -> Iterator[list[float]]:
    """Note the resident bytes of a process and its children, over and over."""
    seen: list[float] = [0.0]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.25):
            listed = subprocess.run(
                ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True
            )
            rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
            seen.append(sum(rss for pid, parent, rss in rows if process in (pid, parent)) * 1024.0)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(look)
        try:
            yield seen
        finally:
            over.set()


def _crowd(address: str) -> Counter[str]:
    """Have the readers ask; return how often each kind of request got which answer."""
    answers: Counter[str] = Counter()
    asked = itertools.count()
    deadline = time.monotonic() + _SECONDS

    def reader(kind: str, ask: Callable[[str, int], str]) -> None:
        while time.monotonic() < deadline:
            try:
                answer = ask(address, next(asked))
            except (OSError, TimeoutError) as error:
                answer = type(error).__name__
            answers[f"{kind} {answer}"] += 1
            if answer == "503":
                time.sleep(1)

    kinds = itertools.cycle(_ASK.items())
    with ThreadPoolExecutor(_READERS) as pool:
        reading = [pool.submit(reader, *next(kinds)) for _ in range(_READERS)]
    for answer in reading:
        answer.result()
    return answers


def _get(path: str) -> Callable[[str, int], str]:
    """Return what asks for ``path`` over HTTP; ``{bidang}`` and ``{nomor}`` change each time."""

    def ask(address: str, number: int) -> str:
        bidang = BIDANG[number % len(BIDANG)]
        version = shapes_address(data.boundaries())
        filled = path.format(bidang=bidang, nomor=1950 + number, shapes=version)
        try:
            with urllib.request.urlopen(address + filled, timeout=_PATIENCE) as reply:
                while reply.read(1 << 20):
                    pass
                return str(reply.status)
        except urllib.error.HTTPError as error:
            return str(error.code)

    return ask


def _view(page: str, query: str, press: str = "") -> Callable[[str, int], str]:
    """Return what opens a page as a browser does, and presses the button of the key ``press``."""

    def ask(address: str, number: int) -> str:
        filled = query.format(bidang=BIDANG[number % len(BIDANG)], tambah=400 + number % 100)
        with session(address) as reader:
            shown = reader.run(page, filled)
            for button in shown.buttons if press else ():
                if button.endswith(press):
                    shown = reader.run(page, filled, button)
        return "busy" if "sibuk" in shown.said else "shown"

    return ask


_ASK = {
    "slide": _get("/paparan/tampilan.html?level=desa&bidang={bidang}&tahun=1950-{nomor}"),
    "preview": _get("/pratinjau.png?level=desa&tahun=1950-{nomor}"),
    "shapes": _get("{shapes}/desa/id.json"),
    "workbook": _get("/unduh/wilayah.xlsx?level=desa&bidang={bidang}&tahun=1950-{nomor}"),
    "siting": _view("kesenjangan", "bagian=rencana&tambah={tambah}&radius=10"),
    "clusters": _view("kesenjangan", "bagian=gugus&level=kecamatan&bidang={bidang}"),
    "briefing": _view("unduh", "wilayah=35&bidang={bidang}", _PACK_BUTTON),
}

"""Readers who look at pages at once: how long a change takes, and what becomes of them in trouble.

A simulated reader speaks Streamlit's protocol over a websocket, as the page does: it opens a view,
looks at it some seconds and opens the next, never before it has the last. It tells which messages
it has already, connects again by itself, and comes back by its cookie. What a browser keeps (front
end, tiles) is not asked for.

Measured are one server on SQLite, and two behind nginx on PostgreSQL; while they are used, one of
the two is killed, and PostgreSQL is started again.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, product
from typing import TYPE_CHECKING

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from benchmarks.results import Result, Row
from benchmarks.servers import our_server
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import SAMPLE_FILE
from tests.app.visiting import server_of
from tests.operating.conftest import DEPLOY, PATH, ROOT, several_servers
from tests.registry import postgres

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

EVERY = 5.0  # seconds that a reader looks at a view
_SECONDS = 60.0
_RAMP = 20.0  # in which readers come
_PATIENCE = 120.0
_KEPT = 300  # messages that a reader's browser has
_CONNECT_AGAIN = 0.5
_BACK = 5.0  # seconds in which readers have to be back

MAP = [
    f"peta?wilayah={region}&bidang={bidang}&metrik={metric}"
    for region, bidang, metric in product(
        ("", "11", "12", "32", "33", "35", "36", "64", "73", "35.07", "35.78", "32.04", "73.71"),
        BIDANG,
        ("jumlah_kim", "cakupan", "kim_per_100_desa"),
    )
]
# Of forty that look at all pages, so many look at each.
_PAGES = {"peta": 29, "ringkasan": 4, "kesenjangan": 4, "profil": 3}
MIXED = [
    view.replace("peta?", f"{page}?")
    for view, page in zip(
        MAP, cycle(page for page, of in _PAGES.items() for _ in range(of)), strict=False
    )
]


@dataclass(frozen=True)
class Run:
    """A run of a page: when it was asked for and how long it took, in seconds.

    ``away`` is how long the reader was without a page before, if the connection was lost.
    """

    at: float
    seconds: float
    failed: bool
    first: bool
    away: float = 0.0


@dataclass
class Crowd:
    """So many readers of ``views`` at ``address``, for so many seconds after all have come."""

    address: str
    views: Sequence[str]
    readers: int
    seconds: float = _SECONDS
    ramp: float = _RAMP
    every: float = EVERY
    events: Sequence[tuple[float, Callable[[], object]]] = ()
    runs: list[Run] = field(default_factory=list)

    def watch(self) -> list[Run]:
        """Let the readers read, cause the events at their seconds, and return all runs."""
        asyncio.run(self._all())
        return self.runs

    async def _all(self) -> None:
        self._start = time.monotonic()
        reading = [asyncio.create_task(self._reader(number)) for number in range(self.readers)]
        causing = [asyncio.create_task(self._cause(at, event)) for at, event in self.events]
        await asyncio.gather(*reading, *causing)

    async def _cause(self, at: float, event: Callable[[], object]) -> None:
        await asyncio.sleep(at)
        await asyncio.to_thread(event)

    def _now(self) -> float:
        return time.monotonic() - self._start

    async def _reader(self, number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(self.ramp * number / self.readers)
        kept: dict[str, None] = {}
        lost: float | None = None
        first = True
        stream = f"{self.address.replace('http', 'ws', 1)}/_stcore/stream"
        cookie = {"Cookie": f"peta_kim={chance.getrandbits(128):032x}"}
        while self._now() < self.ramp + self.seconds:
            try:
                async with connect(
                    stream, subprotocols=["streamlit"], additional_headers=cookie,  # type: ignore[list-item]
                    max_size=None, ping_interval=None, compression=None, open_timeout=_PATIENCE,
                ) as socket:  # fmt: skip
                    while self._now() < self.ramp + self.seconds:
                        at = self._now()
                        failed = await _run(socket, chance.choice(self.views), kept)
                        took = self._now() - at
                        away = 0.0 if lost is None else self._now() - lost
                        self.runs.append(Run(at, took, failed, first, away))
                        lost, first = None, False
                        await asyncio.sleep(max(0.05, self.every * chance.uniform(0.8, 1.2) - took))
            except (OSError, WebSocketException, InvalidHandshake, TimeoutError):
                lost = self._now() if lost is None else lost
                await asyncio.sleep(_CONNECT_AGAIN)


async def _run(socket: ClientConnection, view: str, kept: dict[str, None]) -> bool:
    """Run a view, and return whether the page shows an error."""
    page, _, query = view.partition("?")
    asked = BackMsg(
        rerun_script=ClientState(page_name=page, query_string=query, cached_message_hashes=kept)
    )
    await socket.send(asked.SerializeToString())
    failed = False
    async with asyncio.timeout(_PATIENCE):
        while True:
            received = await socket.recv(decode=False)
            message = ForwardMsg.FromString(received)
            if message.metadata.cacheable and message.hash:
                kept[message.hash] = None
                if len(kept) > _KEPT:
                    kept.pop(next(iter(kept)))
            element = message.delta.new_element
            failed |= element.WhichOneof("type") == "exception"
            failed |= element.alert.format == element.alert.ERROR
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return failed


def slowest(runs: Sequence[Run], share: float = 0.95) -> float:
    """Seconds within which that share of the runs were there, first ones aside."""
    return float(np.quantile([run.seconds for run in runs if not run.first], share))


def longest_away(runs: Sequence[Run], since: float) -> float:
    """Seconds after which the last reader was back, of those disturbed after ``since``."""
    disturbed = [run for run in runs if run.at >= since and (run.away or run.failed)]
    return max((run.at + run.seconds - since for run in disturbed), default=0.0)


def run(_: "Options") -> Result:
    """Measure all of it."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/registry.db"
        _fill(url)
        with our_server({"KIM_DATABASE_URL": url}) as (address, _process):
            runs = Crowd(address, MAP, 50).watch()
            rows += _rows("one server, 50 readers of the map", runs, 0.1)
    with two_servers() as (database, port):
        front = f"http://127.0.0.1:{port}{PATH}"
        for readers, views, named in ((400, MAP, "of the map"), (200, MIXED, "of all pages")):
            runs = Crowd(front, views, readers).watch()
            rows += _rows(f"two servers, {readers} readers {named}", runs, 1.0)
        for named, cause in troubles(database, port).items():
            at = _RAMP + 20
            runs = Crowd(front, MAP, 200, events=[(at, cause)]).watch()
            back = longest_away(runs, at)
            what = f"two servers, 200 readers, {named}: the last is back after"
            rows.append(Row(what, "s", [back], at_most=_BACK))
    notes = [
        f"A reader opens another view each {EVERY:g} s, for {_SECONDS:g} s after all have come."
    ]
    return Result("readers", "readers who look at pages at once", rows, notes)


@contextmanager
def two_servers() -> Iterator[tuple[postgres.Cluster, int]]:
    """Run two servers behind nginx on the sample in PostgreSQL; give that, and nginx's port."""
    tuned = (DEPLOY / "postgresql" / "peta-kim.conf").read_text(encoding="utf-8")
    with postgres.cluster(tuned) as database:
        url = database.make_database("kim")
        _fill(url)
        with several_servers({"KIM_DATABASE_URL": url}) as port:
            yield database, port


def troubles(database: postgres.Cluster, port: int) -> dict[str, Callable[[], None]]:
    """Return what may happen to servers that are used, by its name."""

    def kill() -> None:
        os.kill(int(server_of(f"http://127.0.0.1:{port + 1}").name), signal.SIGKILL)

    def start_again() -> None:
        database.stop()
        database.start()

    return {"one server killed": kill, "PostgreSQL started again": start_again}


def _fill(url: str) -> None:
    """Put the KIM of the sample into a registry."""
    command = ["-m", "geodata", "registry", "import", SAMPLE_FILE, "--sender", "contoh"]
    subprocess.run(
        [sys.executable, *command, "--covers", "indonesia"],
        cwd=ROOT, env={**os.environ, "KIM_DATABASE_URL": url}, check=True, capture_output=True,
    )  # fmt: skip


def _rows(what: str, runs: Sequence[Run], at_most: float) -> list[Row]:
    failed = sum(run.failed or run.away > 0 for run in runs) / len(runs)
    return [
        Row(f"{what}: 95th percentile of a change", "s", [slowest(runs)], at_most=at_most),
        Row(f"{what}: runs that failed", "share", [failed], at_most=0.0),
    ]

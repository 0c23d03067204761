"""A hall of phones: a thousand readers of the light view, who look at another view every 5 s.

Each has a connection of its own and asks as its page does: the page, then an answer for each view.
What a browser keeps (scripts, tiles) is not asked for. Measured are one server alone, and two
behind nginx, which keeps what may be kept.
"""

import asyncio
import random
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from benchmarks.readers import EVERY, MAP
from benchmarks.results import Result, Row
from benchmarks.servers import our_app
from tests.operating.conftest import PATH, several_servers

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_READERS, _SECONDS, _FEW = 1_000, 40.0, 50
_COMING = 10.0  # seconds in which they come
_QUERIES = [view.partition("?")[2] for view in MAP]
_GOAL = 0.3
_FIRST = 20.0  # seconds in which nearly every view is made once, for whoever asks first


Took = tuple[float, float]  # seconds after the beginning, and until the answer was there


def run(options: "Options") -> Result:
    readers = _FEW if options.small else _READERS
    seconds = _COMING + EVERY if options.small else _SECONDS
    with our_app() as address:
        alone, failed = asyncio.run(_hall(address, readers, seconds))
    with several_servers({}) as port:
        behind, failed_behind = asyncio.run(
            _hall(f"http://127.0.0.1:{port}{PATH}", readers, seconds)
        )
    rows = [*_rows("one server", alone, failed), *_rows("two behind nginx", behind, failed_behind)]
    note = f"{readers} readers, {len(alone)} and {len(behind)} answers in {seconds:.0f} s."
    return Result("light", note, rows)


def _rows(servers: str, took: list[Took], failed: int) -> list[Row]:
    first = [seconds for at, seconds in took if at < _FIRST]
    later = [seconds for at, seconds in took if at >= _FIRST] or first
    return [
        Row(f"{servers}: 95 of 100 answers, first {_FIRST:.0f} s", "s", [_worst(first)]),
        Row("half of them, then", "s", [float(np.quantile(later, 0.5))]),
        Row("95 of 100, then", "s", [_worst(later)], at_most=_GOAL),
        Row("answers that failed, of all", "share", [failed / (failed + len(took))], at_most=0.0),
    ]


def _worst(took: list[float]) -> float:
    return float(np.quantile(took, 0.95))


async def _hall(address: str, readers: int, seconds: float) -> tuple[list[Took], int]:
    """Return how long answers took, in seconds, and how many failed."""
    took: list[Took] = []
    begun = time.monotonic()
    tasks = [
        asyncio.create_task(_reader(address, _COMING * n / readers, begun, begun + seconds, took))
        for n in range(readers)
    ]
    return took, sum(await asyncio.gather(*tasks))


class _Browser:
    """A connection that is kept, and opened again where the server has closed it meanwhile."""

    def __init__(self, address: str) -> None:
        self.where = urlsplit(address)
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, packed: str) -> tuple[int, bytes]:
        """Return status and body."""
        if self.streams:
            try:
                return await self._asked(*self.streams, path, packed)
            except (OSError, asyncio.IncompleteReadError):
                self.streams = None
        self.streams = await asyncio.open_connection(self.where.hostname, self.where.port)
        return await self._asked(*self.streams, path, packed)

    async def _asked(
        self, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter, path: str, packed: str
    ) -> tuple[int, bytes]:
        lines = f"GET {path} HTTP/1.1", f"Host: {self.where.netloc}", f"Accept-Encoding: {packed}"
        outgoing.write("\r\n".join([*lines, "", ""]).encode())
        told = await incoming.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", told, re.IGNORECASE)
        body = await incoming.readexactly(int(length[1])) if length else await _pieces(incoming)
        return int(told.split()[1]), body


async def _reader(address: str, after: float, begun: float, until: float, took: list[Took]) -> int:
    """Look at views until it is time to go; return how many answers failed."""
    await asyncio.sleep(after)
    browser, chance, failed = _Browser(address), random.Random(after), 0
    try:
        _, page = await browser.get(f"{browser.where.path}/lihat", "identity")
        answers = re.search(rb'"answers":"([^"]+)"', page)
        assert answers, "the page names no answers"
        while time.monotonic() < until:
            started = time.monotonic()
            query = chance.choice(_QUERIES)
            status, _ = await browser.get(f"{answers[1].decode()}?{query}", "br")
            took.append((started - begun, time.monotonic() - started))
            failed += status != 200
            await asyncio.sleep(EVERY * chance.uniform(0.8, 1.2))
    except (OSError, asyncio.IncompleteReadError):
        failed += 1
    return failed


async def _pieces(incoming: asyncio.StreamReader) -> bytes:
    """Read a body in pieces (RFC 9112, chunked)."""
    body = b""
    while size := int(await incoming.readline(), 16):
        body += await incoming.readexactly(size)
        await incoming.readline()
    await incoming.readline()
    return body

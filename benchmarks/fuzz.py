"""Requests that nobody should send, by the thousand, to a server of its own on loopback.

The server starts as ``make run`` starts it, on the sample registry, with a secret file beside its
folders. An audit hook in it and in what it starts writes down every connection and every look-up of
a name.
"""

import re
import socket
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.fuzz_requests import SECRET_FILE, request
from benchmarks.results import Result, Row
from geodata.boundaries.store import active_set
from geodata.registry.database.connection import SAMPLE
from geodata.registry.snapshot import load_sample
from tests.browser.conftest import ARTEFACTS, serving

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

REQUESTS = 20_000
SEED = 20_250_817
MOST_SECONDS = 3_600
MOST_MEMORY = 1_500_000_000
"""Bytes that the server may hold at its peak."""

_CLIENTS = 6
_PATIENCE = 60  # seconds for one answer
_LISTENING = 0.5  # seconds at an open websocket
_READ = 2_000_000  # bytes of an answer; then the reader leaves
_HOOK = """
import os, sys

with open(os.environ["FUZZ_ASKED"], "a") as file:
    file.write("None is asked yet\\n")

def _note(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        asked = arguments[1]
    elif event == "socket.getaddrinfo":
        asked = arguments[0]
    else:
        return
    with open(os.environ["FUZZ_ASKED"], "a") as file:
        file.write(f"{event} {asked!r}\\n")

sys.addaudithook(_note)
"""
_LOCAL = re.compile(r"'127\.0\.0\.1'|'localhost'|None|'::1'|'/")


@dataclass
class Findings:
    """What came of it.

    Attributes
    ----------
    statuses
        How many answers had each status; 0 is no answer: closed, or not in time.
    failures
        Answers of 5xx but 503, and those that told the secret, each with its request.
    asked
        Other hosts that the server asked for.
    tracebacks
        Of the server's log.
    forged
        Lines of the log that a request began.
    memory
        Bytes that the server held at its peak.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tracebacks: int = 0
    forged: int = 0
    memory: int = 0
    seconds: float = 0.0


def fuzz(count: int, seed: int = SEED, most_seconds: float = MOST_SECONDS) -> Findings:
    """Send ``count`` requests, or as many as ``most_seconds`` allow."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hook, asked = folder / "hook", folder / "asked"
        hook.mkdir()
        (hook / "sitecustomize.py").write_text(_HOOK)
        for kept in ("decks", "uploads"):
            (folder / kept).mkdir()
        mark = f"rahasia-{Random().getrandbits(64):x}"
        (folder / SECRET_FILE).write_text(mark)
        environment = {
            "PYTHONPATH": str(hook),
            "FUZZ_ASKED": str(asked),
            "KIM_DECKS": str(folder / "decks"),
            "KIM_UPLOADS": str(folder / "uploads"),
            "KIM_DATABASE_URL": SAMPLE,
        }
        with serving("fuzz", **environment) as address:
            findings = _send(address, count, seed, most_seconds, folder / SECRET_FILE, mark)
            findings.memory = _peak_memory(urlsplit(address).port or 0)
        noted = asked.read_text().splitlines()  # it is there, or the hook was not
        findings.asked = sorted({line for line in noted if not _LOCAL.search(line)})
    log = (ARTEFACTS / "fuzz.log").read_text(errors="replace")
    findings.tracebacks = log.count("Traceback (most recent call last)")
    findings.forged = sum(line.startswith("ERROR peta_kim: forged") for line in log.splitlines())
    return findings


def _send(
    address: str, count: int, seed: int, most_seconds: float, secret: Path, mark: str
) -> Findings:
    findings, over, host_and_port = Findings(), Event(), urlsplit(address).netloc
    random = Random(seed)
    versions = active_set().version, load_sample().version
    requests = (request(random, host_and_port, str(secret), versions) for _ in range(count))
    began = time.monotonic()

    def send(asked: tuple[bytes, bytes]) -> tuple[int, bytes, bytes]:
        if over.is_set():
            return -1, b"", b""
        if time.monotonic() - began > most_seconds:
            over.set()
        return *_answer(host_and_port, *asked), asked[0]

    with ThreadPoolExecutor(_CLIENTS) as clients:
        for status, answer, asked in clients.map(send, requests):
            if status < 0:
                continue
            findings.statuses[status] += 1
            if (status >= 500 and status != 503) or mark.encode() in answer:
                findings.failures.append(f"{status}: {asked[:600]!r}")
    findings.seconds = time.monotonic() - began
    return findings


def _answer(host_and_port: str, asked: bytes, said: bytes) -> tuple[int, bytes]:
    """Return the status and what was read of the answer; status 0 where there was none.

    ``said`` are frames for the websocket, if one is opened.
    """
    host, _, port = host_and_port.partition(":")
    answer = b""
    try:
        with socket.create_connection((host, int(port)), timeout=_PATIENCE) as connection:
            connection.sendall(asked)
            while len(answer) < _READ:
                piece = connection.recv(1 << 16)
                if not answer and piece.startswith(b"HTTP/1.1 101"):
                    connection.sendall(said)
                    connection.settimeout(_LISTENING)  # no answer has to follow
                if not piece:
                    break
                answer += piece
    except OSError:  # closed in the middle, or too late
        pass
    status = answer[9:12]
    return int(status) if status.isdigit() else 0, answer


def _peak_memory(port: int) -> int:
    """Return the most bytes that the server of a port has held; 0 where the system does not say."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            if f"--server.port={port}".encode() in command.split(b"\0"):
                said = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
                return int(said[1]) * 1024 if said else 0
        except OSError:
            continue
    return 0


def run(options: "Options") -> Result:
    findings = fuzz(options.runs or REQUESTS)
    counts = {
        "answers 5xx but 503, or of the secret": len(findings.failures),
        "tracebacks in the log": findings.tracebacks,
        "lines of the log that a request began": findings.forged,
        "other hosts asked": len(findings.asked),
    }
    sent = findings.statuses.total()
    rows = [
        *(Row(what, "share", [count / sent], at_most=0) for what, count in counts.items()),
        Row("memory of the server at its peak", "byte", [findings.memory], at_most=MOST_MEMORY),
        Row("time", "s", [findings.seconds]),
    ]
    statuses = ", ".join(f"{n} of {status}" for status, n in sorted(findings.statuses.items()))
    notes = [f"{sent:,} requests, seed {SEED}: {statuses}."]
    notes += [*findings.failures[:20], *findings.asked[:20]]
    return Result("fuzz", "requests that nobody should send", rows, notes)

"""Servers under measurement: our app as ``make run`` starts it, and a peer as Streamlit does."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.browser.conftest import ARTEFACTS, ROOT, free_port

_START_SECONDS = 180


@contextmanager
def our_app(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run Peta KIM and give its address."""
    with our_server(environment) as (address, _):
        yield address


@contextmanager
def our_server(environment: Mapping[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """Run Peta KIM and give its address and the id of its process."""
    command = ["-m", "dashboard", "--port={port}"]
    with _served("app", command, environment or {}) as served:
        yield served


@contextmanager
def peer(name: str, environment: Mapping[str, str]) -> Iterator[str]:
    """Run ``peers/<name>.py`` and give its address."""
    script = f"benchmarks/peers/{name}.py"
    command = ["-m", "streamlit", "run", script, "--server.port={port}"]
    with _served(name, command, {"PYTHONPATH": str(ROOT), **environment}) as (address, _):
        yield address


@contextmanager
def _served(
    name: str, command: list[str], environment: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    port = free_port()
    ARTEFACTS.mkdir(exist_ok=True)
    log_path = ARTEFACTS / f"benchmark-{name}.log"
    with log_path.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *(part.format(port=port) for part in command)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _is_healthy(address):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{name} did not start:\n{log_path.read_text()}")
            time.sleep(0.2)
        yield address, server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:  # it ends only when what it has begun is made
            server.kill()
            server.wait()


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as reply:
            return reply.status == 200
    except OSError:
        return False

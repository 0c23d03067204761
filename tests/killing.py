"""Runs a command in a process of its own that kills itself with SIGKILL at some moment.

A moment is just before the command changes something outside itself: opens a file to write, makes,
renames or deletes one, sends a statement to the database. Every ``STRIDE``-th of these moments is
tried; that in the environment replaces ours (1 tries all, which takes minutes).
"""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Engine, event

from geodata import cli
from geodata.boundaries import store
from geodata.gazetteer import load_gazetteer
from tests.processes import forked

STRIDE = int(os.environ.get("STRIDE", "25"))
_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

load_gazetteer()  # once, in the process that all others are forked from


def _run(
    arguments: tuple[str, ...], environment: Mapping[str, str], before: int | None, told: Any
) -> None:
    os.environ.update(environment)
    sys.argv = ["geodata", *arguments]
    store.write_tilesets = lambda *given: 0  # type: ignore[assignment]
    seen = [0]

    def count(*_: object) -> None:
        if seen[0] == before:
            os.kill(os.getpid(), signal.SIGKILL)
        seen[0] += 1

    def audit(name: str, given: tuple) -> None:
        # A flag of an open is an int; sqlite3 and parquet write without telling Python.
        if name in _CHANGES or (
            name == "open" and isinstance(given[2], int) and given[2] & _WRITES
        ):
            count()

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    sys.addaudithook(audit)
    try:
        cli.run()
    except SystemExit as ended:
        told.put(ended.code or 0)


def run(*arguments: str, before: int | None = None, **environment: str) -> int:
    """Run a command, killed before its change number ``before``; return its exit status."""
    told = forked.SimpleQueue()
    process = forked.Process(target=_run, args=(arguments, environment, before, told))
    process.start()
    process.join(120)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode or told.get()


def killed_again_and_again(*arguments: str, **environment: str) -> Iterator[int]:
    """Kill a command earlier first and later at last, until it comes to its end.

    Yields
    ------
    Its exit status after each run: -9 where it was killed.
    """
    for before in range(0, 10_000, STRIDE):
        status = run(*arguments, before=before, **environment)
        yield status
        if status != -signal.SIGKILL:
            return

"""A program with all that it starts: how long it takes, and how much memory at most."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reruns import memory

_SECONDS_BETWEEN = 0.05  # looks at the memory


@dataclass(frozen=True)
class Watched:
    """What was seen of a program: seconds, resident bytes of all its processes at their peak."""

    seconds: float
    peak: float
    said: str


def watched(command: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run a program to its end and watch it.

    Raises
    ------
    RuntimeError
        If it fails, with what it said.
    """
    start, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, _family(process.pid))))
        time.sleep(_SECONDS_BETWEEN)
    seconds = time.perf_counter() - start
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said}")
    return Watched(seconds, peak, said)


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # it has ended
            continue
        for child in children:
            yield from _family(int(child))


def _memory(process: int) -> float:
    try:
        return memory(process)
    except OSError:
        return 0.0

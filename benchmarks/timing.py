"""Paired timing: ours and the plain way take turns, so that a busy machine slows both alike."""

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes; garbage of earlier calls is not charged to it."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(
    ours: Callable[[], object], plain: Callable[[], object], runs: int
) -> tuple[list[float], list[float]]:
    """Time ``ours`` and ``plain`` in turns, after one call of each that does not count."""
    ours()
    plain()
    pairs = [(seconds(ours), seconds(plain)) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]

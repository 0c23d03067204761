"""NumPy's global random generator, for libraries that draw from it and take no other."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

_lock = threading.Lock()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Seed the global generator, for one thread at a time, and put its state back afterwards.

    With a fixed state, everybody who opens one link gets the same result.
    """
    with _lock:
        state = np.random.get_state()
        np.random.seed(seed)
        try:
            yield
        finally:
            np.random.set_state(state)

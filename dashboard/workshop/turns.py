"""Turns of pages: one is drawn at a time, the others wait, first come first served.

Python runs one thread at a time. Scripts that run at once hand over to one another thousands of
times a second, which takes half as much CPU again, and all are late instead of the last.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds after which a page is drawn beside the others, whatever these do.
_LONGEST_WAIT = 10.0
_turn = threading.Lock()
_run = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn, and have it, unless it is left before the end."""
    _run.has_turn = _turn.acquire(timeout=_LONGEST_WAIT)
    try:
        yield
    finally:
        leave()


def leave() -> None:
    """Leave the turn to another page: this one will wait, or takes long."""
    if getattr(_run, "has_turn", False):
        _run.has_turn = False
        _turn.release()

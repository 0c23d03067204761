"""Who is writing the registry in this process: a server that ends waits for them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_changed = threading.Condition()
_count = 0


@contextmanager
def at_work() -> Iterator[None]:
    """Be one of those who write."""
    global _count
    with _changed:
        _count += 1
    try:
        yield
    finally:
        with _changed:
            _count -= 1
            _changed.notify_all()


def wait_for_writers(seconds: float) -> bool:
    """Wait until nobody writes, at most so many seconds; return whether nobody does."""
    with _changed:
        return _changed.wait_for(lambda: not _count, seconds)

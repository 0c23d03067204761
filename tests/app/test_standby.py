"""What readers need is ready before they ask; the collector does not look through what stays."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.http import search, standby
from geodata.errors import DataFileError

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nothing_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_the_search_is_made_before_anybody_asks_and_goes_on_after_a_failure(monkeypatch) -> None:
    made = []

    def make() -> None:
        made.append(len(made))
        if len(made) == 1:
            raise DataFileError("store_missing", folder="var/boundaries")

    monkeypatch.setattr(standby, "_PAUSE", 0)
    monkeypatch.setattr(search, "index", make)

    async def while_the_server_runs() -> None:
        async with standby.standing_by():
            while len(made) < 3:
                await asyncio.sleep(0)

    with ThreadPoolExecutor() as pool:  # in a thread without an event loop of its own
        pool.submit(asyncio.run, asyncio.wait_for(while_the_server_runs(), timeout=10)).result()


class Node:
    """Refers to itself, so only the collector lets it go."""

    def __init__(self) -> None:
        self.itself = self


def test_what_stays_is_put_aside_once(monkeypatch) -> None:
    standby.put_aside()
    aside = gc.get_freeze_count()
    assert aside > 10 * len(gc.get_objects())
    monkeypatch.setattr(gc, "freeze", lambda: pytest.fail("nothing has come since"))
    standby.put_aside()
    assert gc.get_freeze_count() == aside


def test_garbage_among_what_was_put_aside_goes_once_enough_has_come() -> None:
    node = Node()
    gone = weakref.ref(node)
    standby.put_aside()
    del node
    gc.collect()
    assert gone() is not None, "put aside"
    come = [[] for _ in range(gc.get_freeze_count() // 3)]
    standby.put_aside()
    assert gone() is None
    assert come

"""Pages are drawn one at a time, and no page waits for one that takes long."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Event

import pytest

from dashboard.workshop import turns


def _drawn(said: Event, goes_on: Event | None = None, leaves: bool = False) -> None:
    with turns.turn():
        if leaves:
            turns.leave()
        said.set()
        if goes_on:
            assert goes_on.wait(10)


@pytest.fixture
def pool():
    with ThreadPoolExecutor() as threads:
        yield threads


def test_a_page_waits_until_the_one_before_is_drawn(pool):
    first, second, goes_on = Event(), Event(), Event()
    pool.submit(_drawn, first, goes_on)
    assert first.wait(10)
    waiting = pool.submit(_drawn, second)
    with pytest.raises(NotYet):
        waiting.result(0.05)
    goes_on.set()
    waiting.result(10)
    assert second.is_set()


def test_a_page_that_leaves_its_turn_is_not_waited_for(pool):
    first, goes_on = Event(), Event()
    long = pool.submit(_drawn, first, goes_on, leaves=True)
    assert first.wait(10)
    pool.submit(_drawn, Event()).result(10)
    assert not long.done()
    goes_on.set()
    long.result(10)
    pool.submit(_drawn, Event()).result(10)


def test_a_page_that_never_ends_is_not_waited_for_for_ever(pool, monkeypatch):
    monkeypatch.setattr(turns, "_LONGEST_WAIT", 0.01)
    first, goes_on = Event(), Event()
    pool.submit(_drawn, first, goes_on)
    assert first.wait(10)
    pool.submit(_drawn, Event()).result(10)
    goes_on.set()

"""The queue for expensive answers, as a specification."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pandas as pd
import pytest

from dashboard.workshop.results import MadeFile, Results, size_of
from dashboard.workshop.workshop import BusyError, LeftError, Workshop, progress

SOON = 5.0


def new(workers: int = 2, most_waiting: int = 8, longest_wait: float = 30, kept: int = 10_000):
    return Workshop(workers, most_waiting, longest_wait, kept)


class Bench:
    """Makers that wait until they are let go, and count how often they were called."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.called: list[str] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def maker(self, name: str) -> Callable[[], str]:
        def make() -> str:
            with self._lock:
                self.called.append(name)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
            assert self.go.wait(SOON)
            with self._lock:
                self.at_once -= 1
            return f"made of {name}"

        return make


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.go.set()


@pytest.fixture
def readers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as pool:
        yield pool


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


async def here() -> bool:
    return False


def run(answer: Coroutine[Any, Any, Any]) -> Any:
    """Wait for an answer in a thread without an event loop of its own."""
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, answer).result()


def test_all_who_ask_for_the_same_wait_for_one_maker(bench, readers) -> None:
    shop = new()
    asked = [readers.submit(shop.make, "a", bench.maker("a")) for _ in range(10)]
    until(lambda: bench.called == ["a"])
    bench.go.set()
    assert [answer.result() for answer in asked] == ["made of a"] * 10
    assert bench.called == ["a"]


def test_what_is_made_is_kept_by_its_key_and_made_anew_for_another_version(bench) -> None:
    shop = new()
    bench.go.set()
    for version in ("1", "1", "2", "1"):
        assert shop.make(("slide", version), bench.maker(version)) == f"made of {version}"
    assert bench.called == ["1", "2"]


def test_no_more_are_made_at_once_than_there_are_workers_and_in_the_order_asked(
    bench, readers
) -> None:
    shop = new(workers=2)
    asked = []
    for number in range(6):
        asked.append(readers.submit(shop.make, number, bench.maker(str(number))))
        until(lambda: len(shop._orders) == len(asked))
    until(lambda: len(bench.called) == 2)
    bench.go.set()
    assert [answer.result() for answer in asked] == [f"made of {number}" for number in range(6)]
    assert bench.most_at_once == 2
    assert sorted(bench.called[:2]) == ["0", "1"]


def test_who_comes_when_all_places_are_taken_is_refused_at_once(bench, readers) -> None:
    shop = new(workers=1, most_waiting=1)
    asked = [readers.submit(shop.make, key, bench.maker(key)) for key in "ab"]
    until(lambda: len(shop._orders) == 2)
    start = time.monotonic()
    with pytest.raises(BusyError, match="Try again in 10 seconds"):
        shop.make("c", bench.maker("c"))
    assert time.monotonic() - start < 1
    joined = readers.submit(shop.make, "a", bench.maker("a"))  # takes no place
    bench.go.set()
    assert [answer.result() for answer in [*asked, joined]] == [
        "made of a",
        "made of b",
        "made of a",
    ]


def test_a_wait_ends_and_what_was_begun_is_there_the_next_time(bench) -> None:
    shop = new(workers=1, longest_wait=0.1)
    with pytest.raises(BusyError, match="busy"):
        shop.make("a", bench.maker("a"))
    bench.go.set()
    until(lambda: not shop._orders)
    assert shop.make("a", bench.maker("a")) == "made of a"
    assert bench.called == ["a"]


def test_a_request_waits_as_a_page_does(bench) -> None:
    shop = new(workers=1, longest_wait=0.1)
    with pytest.raises(BusyError, match="busy"):
        run(shop.make_for_request("a", bench.maker("a"), here))
    bench.go.set()
    until(lambda: not shop._orders)
    assert run(shop.make_for_request("a", bench.maker("a"), here)) == "made of a"


def test_requests_that_wait_hold_no_thread(bench) -> None:
    shop = new(workers=1)

    async def crowd() -> list[str]:
        asking = [
            asyncio.create_task(shop.make_for_request("a", bench.maker("a"), here))
            for _ in range(200)
        ]
        await asyncio.sleep(0.1)
        threads.append(threading.active_count())
        bench.go.set()
        return await asyncio.gather(*asking)

    threads: list[int] = []
    before = threading.active_count()
    assert run(crowd()) == ["made of a"] * 200
    assert threads[0] <= before + 2, "the one that makes it, and the one they wait in"


def test_a_failure_reaches_all_who_wait_and_is_not_kept(readers) -> None:
    shop, go = new(workers=1), threading.Event()

    def fails() -> str:
        assert go.wait(SOON)
        raise ValueError("no map")

    asked = [readers.submit(shop.make, "a", fails) for _ in range(3)]
    until(lambda: bool(shop._orders) and shop._orders["a"].readers == 3)
    go.set()
    for answer in asked:
        with pytest.raises(ValueError, match="no map"):
            answer.result()
    assert shop.make("a", lambda: "mended") == "mended"


@pytest.mark.parametrize("error", [MemoryError, RecursionError, SystemExit, KeyboardInterrupt])
def test_no_failure_takes_a_worker_away(error) -> None:
    shop = new(workers=1)

    def fails() -> None:
        raise error

    for key in range(3):
        with pytest.raises(error):
            shop.make(key, fails)
    assert shop.make("next", lambda: "made") == "made"


def test_who_leaves_the_queue_frees_the_place(bench, readers) -> None:
    shop = new(workers=1, most_waiting=1)
    first = readers.submit(shop.make, "a", bench.maker("a"))
    until(lambda: bench.called == ["a"])

    async def gone() -> bool:
        return True

    with pytest.raises(LeftError):
        run(shop.make_for_request("b", bench.maker("b"), gone))
    second: Future[str] = readers.submit(shop.make, "c", bench.maker("c"))
    bench.go.set()
    assert (first.result(), second.result()) == ("made of a", "made of c")
    assert bench.called == ["a", "c"]


def test_a_page_that_moves_on_leaves_the_queue_too(bench, readers) -> None:
    shop = new(workers=1, most_waiting=1)
    readers.submit(shop.make, "a", bench.maker("a"))
    until(lambda: bench.called == ["a"])

    def moves_on(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        shop.make("b", bench.maker("b"), moves_on)
    assert list(shop._orders) == ["a"]


def test_a_maker_ends_at_its_next_step_once_nobody_waits(readers) -> None:
    shop, steps = new(workers=1), []

    def many_steps() -> str:
        for step in range(1_000):
            progress(step / 1_000)
            steps.append(step)
            time.sleep(0.01)
        return "all"

    def leaves_once_something_is_done(share: float) -> None:
        if share > 0:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        shop.make("a", many_steps, leaves_once_something_is_done)
    until(lambda: not shop._orders)
    assert 0 < len(steps) < 1_000
    assert shop.make("b", lambda: "made") == "made"


def test_a_maker_may_need_what_another_makes_without_a_second_worker() -> None:
    shop = new(workers=1)
    part = lambda: shop.make("part", lambda: "a part")  # noqa: E731
    assert shop.make("whole", lambda: f"whole of {part()}") == "whole of a part"
    assert shop.make("part", lambda: "made again") == "a part"


def test_results_are_bounded_by_their_bytes_and_the_oldest_go_first() -> None:
    kept = Results(3_000)
    for key in "abc":
        kept.keep(key, b"x" * 900)
    assert kept.get("a") == b"x" * 900  # used again
    kept.keep("d", b"x" * 900)
    with pytest.raises(KeyError):
        kept.get("b")
    assert kept.size <= 3_000
    kept.keep("huge", b"x" * 5_000)
    assert kept.get("a")
    with pytest.raises(KeyError):
        kept.get("huge")


def test_tables_and_files_count_with_what_they_hold() -> None:
    assert size_of(pd.DataFrame({"a": range(1_000)})) >= 8_000
    file = MadeFile("a.xlsx")
    file.path.write_bytes(b"x" * 500)
    assert size_of(file) == 500
    folder = file.path.parent
    del file
    assert not folder.exists()

"""Where expensive answers are made: a few at once, the rest wait in one queue, and not for ever.

Whoever asks for an answer names a key (what it rests on: versions of the data and the view) and how
to make it. All who ask for the same key wait for one maker; what is made is kept while there is
room. Pages wait with :meth:`Workshop.make`, HTTP routes with :meth:`Workshop.make_for_request`,
which holds no thread. What is made sooner than a turn comes does not queue:
:meth:`Workshop.make_at_once`.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from dashboard.workshop.results import Results
from geodata.errors import PetaKimError
from geodata.settings import settings

RETRY_SECONDS = 10
_STEP = 0.25  # seconds between two looks at whether the reader is still there

Made = TypeVar("Made")
_at_work = threading.local()


class BusyError(PetaKimError):
    """The server makes as much as it can: the reader should try again."""


class LeftError(Exception):
    """Nobody waits for the answer any more."""


@dataclass(eq=False)
class _Order:
    """An answer that is to be made."""

    key: Hashable
    maker: Callable[[], Any]
    readers: int = 0
    share: float = 0.0
    answer: Future = field(default_factory=Future)


class Workshop:
    """A queue with a few workers.

    Parameters
    ----------
    workers
        How many answers are made at once.
    most_waiting
        How many more may wait to be made.
    longest_wait
        Seconds after which a reader is told to try again; what has been begun goes on being made
        and is kept.
    kept_bytes
        How much of what was made is kept.
    """

    def __init__(
        self, workers: int, most_waiting: int, longest_wait: float, kept_bytes: int
    ) -> None:
        self._most_workers, self._most_waiting = workers, most_waiting
        self._longest_wait = longest_wait
        self.results = Results(kept_bytes)
        self._changed = threading.Condition()
        self._queue: deque[_Order] = deque()
        self._orders: dict[Hashable, _Order] = {}  # those in the queue and those being made
        self._workers = 0
        self._at_once: dict[Hashable, Future] = {}  # what is being made outside the queue

    def make(
        self,
        key: Hashable,
        maker: Callable[[], Made],
        meanwhile: Callable[[float], None] = lambda _: None,
    ) -> Made:
        """Return what ``maker`` makes, or has made for the same ``key``.

        In a maker, another one is called at once: its worker does not wait for a second one.

        Parameters
        ----------
        meanwhile
            Called with the share done while the reader waits; an error of it ends the wait.

        Raises
        ------
        BusyError
            If too many wait, or this reader has waited too long.
        """
        if getattr(_at_work, "order", None) is not None:
            return self.make_at_once(key, maker)
        order = self._ordered(key, maker)
        try:
            deadline = time.monotonic() + self._longest_wait
            while not wait([order.answer], min(_STEP, self._longest_wait)).done:
                if time.monotonic() > deadline:
                    raise BusyError("busy", seconds=RETRY_SECONDS)
                meanwhile(order.share)
            return order.answer.result()
        finally:
            self._left(order)

    async def make_for_request(
        self,
        key: Hashable,
        maker: Callable[[], Made],
        has_left: Callable[[], Awaitable[bool]],
    ) -> Made:
        """Return the same as :meth:`make`, in a coroutine.

        Raises
        ------
        BusyError
            If too many wait, or this reader has waited too long.
        LeftError
            If ``has_left`` says that there is no reader any more.
        """
        order = self._ordered(key, maker)
        try:
            ready, loop = asyncio.Event(), asyncio.get_running_loop()
            order.answer.add_done_callback(lambda _: _tell(loop, ready))
            deadline = loop.time() + self._longest_wait
            while not order.answer.done():
                if await has_left():
                    raise LeftError
                if loop.time() > deadline:
                    raise BusyError("busy", seconds=RETRY_SECONDS)
                try:
                    await asyncio.wait_for(ready.wait(), min(_STEP, self._longest_wait))
                except TimeoutError:
                    continue
            return order.answer.result()
        finally:
            self._left(order)

    def make_at_once(self, key: Hashable, maker: Callable[[], Made]) -> Made:
        """Return the same as :meth:`make`, made by the first who asks; others wait for that."""
        with self._changed:
            with suppress(KeyError):
                return self.results.get(key)
            others = self._at_once.get(key)
            if others is None:
                own = self._at_once[key] = Future()
        if others is not None:
            return others.result()
        try:
            made = maker()
            self.results.keep(key, made)
            own.set_result(made)
        except BaseException as error:
            own.set_exception(error)
            raise
        finally:
            with self._changed:
                del self._at_once[key]
        return made

    def _ordered(self, key: Hashable, maker: Callable[[], Any]) -> _Order:
        with self._changed:
            order = self._orders.get(key)
            if order is None:
                order = _Order(key, maker)
                with suppress(KeyError):
                    order.answer.set_result(self.results.get(key))
                    return order
                if len(self._orders) >= self._most_workers + self._most_waiting:
                    raise BusyError("busy", seconds=RETRY_SECONDS)
                self._orders[key] = order
                self._queue.append(order)
                if self._workers < self._most_workers:
                    self._workers += 1
                    threading.Thread(target=self._work, name="workshop", daemon=True).start()
                self._changed.notify()
            order.readers += 1
            return order

    def _left(self, order: _Order) -> None:
        with self._changed:
            order.readers -= 1
            if order.readers <= 0 and order in self._queue:
                self._queue.remove(order)
                del self._orders[order.key]

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._queue:
                    self._changed.wait()
                order = self._queue.popleft()
            self._fill(order)
            del order  # with what was made; the next may be long in coming

    def _fill(self, order: _Order) -> None:
        _at_work.order = order
        try:
            made = order.maker()
            self.results.keep(order.key, made)
        except LeftError as error:
            with self._changed:
                if order.readers:  # somebody came just then
                    self._queue.appendleft(order)
                    return
                del self._orders[order.key]
            order.answer.set_exception(error)
        except BaseException as error:  # noqa: BLE001 (readers hear of it, the worker goes on)
            with self._changed:
                del self._orders[order.key]
            order.answer.set_exception(error)
        else:
            with self._changed:
                del self._orders[order.key]
            order.answer.set_result(made)
        finally:
            _at_work.order = None


def _tell(loop: asyncio.AbstractEventLoop, ready: asyncio.Event) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(ready.set)


def progress(share: float) -> None:
    """Say, in a maker that takes long, that ``share`` (0 to 1) is done.

    Raises
    ------
    LeftError
        If nobody waits any more: the maker ends here.
    """
    order: _Order | None = getattr(_at_work, "order", None)
    if order is None:
        return
    order.share = share
    if order.readers <= 0:
        raise LeftError


@cache
def workshop() -> Workshop:
    """Return the workshop of this process."""
    chosen = settings()
    return Workshop(
        chosen.makers, chosen.places_to_wait, chosen.longest_wait, chosen.kept_mb * 1_000_000
    )

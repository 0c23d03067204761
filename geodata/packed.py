"""A long list kept small: a million rows of a file take a tenth of what their objects would."""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, overload

PART = 2_000
"""Items that are looked at together: few enough to be small, enough to be quick."""

_LEVEL = 1  # of compression: the quickest

Item = TypeVar("Item")


class Packed(Sequence[Item], Generic[Item]):
    """A list that is appended to, and gone through in parts of :data:`PART` items.

    Whoever goes through it gets other objects each time: what is changed in them is not kept.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._full: list[bytes] = []
        self._last: list[Item] = []
        for item in items:
            self.append(item)

    def append(self, item: Item) -> None:
        """Add an item at the end."""
        self._last.append(item)
        if len(self._last) == PART:
            written = pickle.dumps(self._last, protocol=pickle.HIGHEST_PROTOCOL)
            self._full.append(zlib.compress(written, _LEVEL))
            self._last = []

    def parts(self) -> Iterator[list[Item]]:
        """Yield the items in lists of :data:`PART`, the last of which may be shorter."""
        for number in range(len(self._full)):
            yield _unpacked(self._full[number])
        if self._last:
            yield list(self._last)

    def __len__(self) -> int:
        return len(self._full) * PART + len(self._last)

    def __iter__(self) -> Iterator[Item]:
        for part in self.parts():
            yield from part

    @overload
    def __getitem__(self, where: int) -> Item: ...
    @overload
    def __getitem__(self, where: slice) -> list[Item]: ...
    def __getitem__(self, where: int | slice) -> Item | list[Item]:
        if isinstance(where, slice):
            return list(islice(self, *where.indices(len(self))))
        number, position = divmod(range(len(self))[where], PART)
        part = self._last if number == len(self._full) else _unpacked(self._full[number])
        return part[position]


def in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield ``items`` in lists of :data:`PART`, the last of which may be shorter."""
    rest = iter(items)
    while part := list(islice(rest, PART)):
        yield part


def _unpacked(part: bytes) -> list[Item]:
    items: list[Item] = pickle.loads(zlib.decompress(part))
    return items

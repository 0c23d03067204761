"""Names that are found by how they, or one of their words, begin, and by a slip of the pen.

All names stand in one line of bytes, and the places where a word begins are sorted by their first
two letters. A key is looked for letter by letter among the places that are left, so a question
costs a few steps over arrays, and the index little more memory than the names themselves.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

SAME, BEGINS, WORD, WORD_BEGINS = 100.0, 90.0, 85.0, 80.0
"""How like a name is that is the key, begins with it, or has a word that is it or begins so."""
SLIPS = {1: 75.0, 2: 65.0}
"""How like a whole name is that differs in so many letters: lost, doubled, mistaken, swapped."""
# Letters of a key that may have so many slips; shorter ones are like too many names.
_SLIPS_FROM = {1: 5, 2: 7}
_END = "\n"


class Spelling(NamedTuple):
    """One way in which something is written.

    ``words`` are its keys, of which the first ``kinds`` may be left out; ``owner`` numbers what
    is called so.
    """

    owner: int
    words: Sequence[str]
    kinds: int = 0


class Likenesses(NamedTuple):
    """Owners of names like a key, and how like (0 to 100); an owner may stand there twice."""

    owners: np.ndarray
    scores: np.ndarray


class Beginnings:
    """An index of spellings, whose words are ASCII letters and digits."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        pieces: list[str] = []
        owners, sizes, kinds = [], [], []
        for owner, words, of_kind in spellings:
            pieces += words
            pieces.append(_END)
            owners.append(owner)
            sizes.append(len(words) + 1)
            kinds.append(of_kind)
        self._text = np.frombuffer(("".join(pieces) + _END).encode("ascii"), np.uint8)
        lengths = np.fromiter(map(len, pieces), np.int32, len(pieces))
        at = np.cumsum(lengths, dtype=np.int32) - lengths
        ends = np.cumsum(sizes, dtype=np.int32)
        place = np.arange(len(pieces), dtype=np.int32) - np.repeat(ends - sizes, sizes)
        whole = (place == 0) | (place == np.repeat(np.array(kinds, np.int32), sizes))
        first_two = self._text[at].astype(np.uint16) << 8 | self._text[at + 1]
        order = np.argsort(first_two, kind="stable")
        order = order[self._text[at[order]] != ord(_END)]
        self._at = at[order]
        self._first_two = first_two[order]
        self._owner = np.repeat(np.array(owners, np.int32), sizes)[order]
        self._whole = whole[order]

    def beginning(self, key: str) -> Likenesses:
        """Return the owners of names that begin with ``key``, or a word of which does."""
        letters = key.encode("ascii")
        low, high = letters[0] << 8, (letters[0] + 1) << 8
        if len(letters) > 1:
            low, high = low | letters[1], (low | letters[1]) + 1
        span = slice(*np.searchsorted(self._first_two, (low, high)))
        at, owner, whole = self._at[span], self._owner[span], self._whole[span]
        for place in range(2, len(letters)):
            stays = self._text[at + place] == letters[place]
            at, owner, whole = at[stays], owner[stays], whole[stays]
        ends = self._text[at + len(letters)] == ord(_END)
        scores = np.where(whole, BEGINS, WORD_BEGINS) + ends * np.where(
            whole, SAME - BEGINS, WORD - WORD_BEGINS
        )
        return Likenesses(owner, scores)

    def similar(self, key: str) -> Likenesses:
        """Return the owners of names that differ from ``key`` in one or two letters."""
        most = max((slips for slips, least in _SLIPS_FROM.items() if len(key) >= least), default=0)
        names, lengths, owners, bounds = self._names
        span = slice(*np.searchsorted(lengths, (len(key) - most, len(key) + most + 1)))
        near = names[span]
        if not most or not near:
            return Likenesses(np.empty(0, np.int32), np.empty(0))
        apart = process.cdist([key], near, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[
            0
        ]
        like = np.flatnonzero((apart > 0) & (apart <= most))
        of_name = [owners[bounds[name] : bounds[name + 1]] for name in like + span.start]
        scores = np.array([SLIPS[slips] for slips in apart[like].tolist()])
        counts = [len(own) for own in of_name]
        return Likenesses(
            np.concatenate(of_name) if of_name else np.empty(0, np.int32),
            np.repeat(scores, counts),
        )

    @cached_property
    def _names(self) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
        """All whole names, each once, by length; their lengths, and the owners of each.

        Owners of the name of a position stand between the bounds of the position and the next.
        """
        at, owner = self._at[self._whole], self._owner[self._whole]
        text = self._text.tobytes().decode("ascii")
        spelt = [text[start : text.index(_END, start)] for start in at.tolist()]
        numbers, names = pd.factorize(np.array(spelt, object))
        lengths = np.fromiter(map(len, names), np.int32, len(names))
        by_length = np.argsort(lengths, kind="stable")
        place = np.empty_like(by_length)
        place[by_length] = np.arange(len(names))
        numbers = place[numbers]
        order = np.argsort(numbers, kind="stable")
        bounds = np.searchsorted(numbers[order], np.arange(len(names) + 1))
        return names[by_length].tolist(), lengths[by_length], owner[order], bounds

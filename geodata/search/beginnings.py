"""Names that are found by how they, or one of their words, begin, and by a slip of the pen.

All names stand in one line of bytes, and the places where a word begins are sorted by their first
two letters. A key is looked for letter by letter among the places that are left, so a question
costs a few steps over arrays, and the index little more memory than the names themselves.
"""

from collections.abc import Iterable, Sequence
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
        first = (place == 0) | (place == np.repeat(np.array(kinds, np.int32), sizes))
        first_two = self._text[at].astype(np.uint16) << 8 | self._text[at + 1]
        order = np.argsort(first_two, kind="stable")
        order = order[self._text[at[order]] != ord(_END)]
        self._at = at[order]
        self._first_two = first_two[order]
        self._owner = np.repeat(np.array(owners, np.int32), sizes)[order]
        self._first = first[order]

    def beginning(self, key: str, *, whole: bool = False) -> Likenesses:
        """Return the owners of names that begin with ``key``, or a word of which does.

        Only those that end with it, too, if ``whole``.
        """
        letters = key.encode("ascii")
        low, high = letters[0] << 8, (letters[0] + 1) << 8
        if len(letters) > 1:
            low, high = low | letters[1], (low | letters[1]) + 1
        span = slice(*np.searchsorted(self._first_two, (low, high)))
        at, owner, first = self._at[span], self._owner[span], self._first[span]
        for place, letter in enumerate(letters[2:], 2):
            stays = self._text[at + place] == letter
            at, owner, first = at[stays], owner[stays], first[stays]
        ends = self._text[at + len(letters)] == ord(_END)
        if whole:
            owner, first, ends = owner[ends], first[ends], ends[ends]
        scores = np.where(ends, np.where(first, SAME, WORD), np.where(first, BEGINS, WORD_BEGINS))
        return Likenesses(owner, scores)


class Names(Beginnings):
    """An index of names, which are also found by what is nearly the whole of them."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        super().__init__(spellings)
        at, owner = self._at[self._first], self._owner[self._first]
        text = self._text.tobytes().decode("ascii")
        spelt = [text[start : text.index(_END, start)] for start in at.tolist()]
        numbers, names = pd.factorize(np.array(spelt, object))
        lengths = np.fromiter(map(len, names), np.int32, len(names))
        by_length = np.argsort(lengths, kind="stable")
        place = np.empty_like(by_length)
        place[by_length] = np.arange(len(names))
        order = np.argsort(place[numbers], kind="stable")
        # Each whole name once, the short ones first; its owners stand between its bound and the
        # next one.
        self._names: list[str] = names[by_length].tolist()
        self._lengths = lengths[by_length]
        self._owners = owner[order]
        self._bounds = np.searchsorted(place[numbers][order], np.arange(len(names) + 1))

    def similar(self, key: str) -> Likenesses:
        """Return the owners of names that differ from ``key`` in one or two letters."""
        most = max((slips for slips, least in _SLIPS_FROM.items() if len(key) >= least), default=0)
        if not most:
            return Likenesses(self._owners[:0], np.empty(0))
        span = slice(*np.searchsorted(self._lengths, (len(key) - most, len(key) + most + 1)))
        (apart,) = process.cdist(
            [key], self._names[span], scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
        )
        like = np.flatnonzero((apart > 0) & (apart <= most))
        of_name = [
            self._owners[self._bounds[name] : self._bounds[name + 1]] for name in like + span.start
        ]
        scores = [SLIPS[slips] for slips in apart[like].tolist()]
        return Likenesses(
            np.concatenate([self._owners[:0], *of_name]),
            np.repeat(np.array(scores, float), [len(own) for own in of_name]),
        )

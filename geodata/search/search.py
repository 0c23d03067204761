"""Finds regions and KIM by a few words, as one types them.

A question is parted into spans of words that follow each other. Each span must be what a hit or a
region above it is called, at least one of them the hit itself; so names narrow each other in any
order, with or without commas, and parents may be left out. The last word may be unfinished. Slips
of the pen are looked for where too few hits are found without, and none by whole names.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS
from geodata.registry.snapshot import Snapshot
from geodata.search.beginnings import SAME, Likenesses, Names
from geodata.search.question import Span, Word, read, spans
from geodata.search.terms import By, spellings_of_kim, spellings_of_regions

# What is left of a likeness if a word such as Kecamatan only says the level.
_KIND = 0.97
# What a likeness loses for each span more: a name of two words is likelier than two names.
_SPAN = 1.0
# From here on all spans are whole names.
_WHOLE = 90.5
# Letters from which the beginning of a word tells something, though the question goes on.
_TELLING = 3
_WAYS = ("", *By)


@dataclass(frozen=True, slots=True)
class Hit:
    """A region or a KIM that was found.

    Attributes
    ----------
    code
        Of the region; of a KIM, of its desa.
    name
        As the gazetteer or the registry writes it.
    by
        What it was found by.
    likeness
        How like it is to what was asked for, 0 to 100; 100 is the same.
    row
        Of a KIM, its place in the snapshot; ``None`` for a region.
    """

    code: str
    name: str
    by: By
    likeness: float
    row: int | None = None

    @property
    def is_kim(self) -> bool:
        """Whether it is a KIM."""
        return self.row is not None


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: the best hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class _Called:
    """How like each region and KIM is called (0: not at all), and which of ``_WAYS`` tells it."""

    def __init__(self, size: int) -> None:
        self.scores = np.zeros(size, np.float32)
        self.ways = np.zeros(size, np.uint8)

    def learn(self, numbers: np.ndarray, scores: np.ndarray, ways: np.ndarray | int) -> None:
        """Take scores that are higher than those that are known."""
        higher = np.flatnonzero(scores > self.scores[numbers])
        order = higher[np.argsort(scores[higher], kind="stable")]  # the last of a number stays
        self.scores[numbers[order]] = scores[order]
        self.ways[numbers[order]] = ways if isinstance(ways, int) else ways[order]


class _Parting(NamedTuple):
    """A question parted into spans as far as ``end``, and who is meant by all of them.

    Attributes
    ----------
    rows
        These regions and KIM.
    through
        How like each, or the likest region above it, is called to the span that it is least like.
    own
        The same with one span taken for its own name; 0 where only regions above are meant so far.
    ways
        Which of ``_WAYS`` tells it.
    """

    end: int
    spans: int
    rows: np.ndarray
    through: np.ndarray
    own: np.ndarray
    ways: np.ndarray


class Search:
    """What can be found in a gazetteer and, if there is one, in a snapshot of the registry.

    Its indexes are made with it: that of all regions once a process, in a second or two, that of
    100,000 KIM in about one.
    """

    def __init__(self, gazetteer: Gazetteer, snapshot: Snapshot | None = None) -> None:
        self._gazetteer = gazetteer
        self._snapshot = snapshot
        regions = spellings_of_regions(gazetteer)
        self._spellings = [regions]
        # Five columns, for the KIM's own number stands before that of its desa.
        self._lineage = np.column_stack([regions.lineage[:, 0], regions.lineage])
        if snapshot is not None:
            kim = spellings_of_kim(snapshot)
            self._spellings.append(kim)
            self._lineage = np.concatenate([self._lineage, kim.lineage])
        self._letters = np.concatenate([part.letters for part in self._spellings])
        sizes = [len(gazetteer.codes(level)) for level in LEVELS]
        self._first = np.cumsum([0, *sizes, len(self._letters) - sum(sizes)])
        self._depth = np.repeat(np.arange(len(LEVELS) + 1), np.diff(self._first))

    def find(self, query: str, limit: int) -> Found:
        """Return the best ``limit`` hits of a question, and how many there are in all.

        The likest come first, among these the coarser level, then the shorter name, then the
        lower code; KIM come after regions. Of a long question the beginning is read.
        """
        asked = read(query)
        called = self._meant(asked, with_slips=False)
        few = np.count_nonzero(called.scores) < limit
        # One word that is a whole name may still be a slip of another.
        if few and (len(asked) == 1 or called.scores.max() < _WHOLE):
            called = self._meant(asked, with_slips=True)
        numbers = np.flatnonzero(called.scores)
        by_name = called.ways[numbers] == _WAYS.index(By.NAMA)
        letters = np.where(by_name, self._letters[numbers], 0)
        keys = letters, self._depth[numbers], -called.scores[numbers]
        best = numbers[np.lexsort(keys)][:limit].tolist()
        return Found(tuple(self._hit(number, called) for number in best), len(numbers))

    def _hit(self, number: int, called: _Called) -> Hit:
        depth = int(self._depth[number])
        row = number - int(self._first[depth])
        by, likeness = By(_WAYS[called.ways[number]]), round(float(called.scores[number]), 1)
        if depth < len(LEVELS):
            code = self._gazetteer.codes(LEVELS[depth])[row].item()
            return Hit(code, self._gazetteer.name(code), by, likeness)
        assert self._snapshot is not None
        kim = self._snapshot.kim.iloc[row]
        return Hit(kim["kode_wilayah"], kim["nama_kim"], by, likeness, row)

    def _meant(self, asked: list[Word], *, with_slips: bool) -> _Called:
        """Return how like each region and KIM is to a question.

        It is as like as to the span that it is least like, and a little less for each span more;
        of several ways to part the question the best counts.
        """
        called = self._called(asked, with_slips)
        best = _Called(len(self._letters))
        some = np.flatnonzero(np.any([own.ways for own in called.values()], axis=0))
        from_word = defaultdict(list)
        for span, own in called.items():
            through = own.scores[self._lineage[some]].max(axis=1)
            from_word[span.first].append((span, through, own.scores[some], own.ways[some]))
        everything, nothing = np.full(len(some), SAME), np.zeros(len(some))
        start = _Parting(0, 0, np.arange(len(some)), everything, nothing, nothing)
        waiting = [start] if len(some) else []
        while waiting:
            parting = waiting.pop()
            if parting.end == len(asked):
                scores = np.maximum(parting.own - _SPAN * (parting.spans - 1), 0)
                best.learn(some[parting.rows], scores, parting.ways)
            for span, *of_span in from_word[parting.end]:
                further = _further(parting, span, *of_span)
                if len(further.rows):
                    waiting.append(further)
        return best

    def _called(self, asked: list[Word], with_slips: bool) -> dict[Span, _Called]:
        """Return, for each span of a question, who is called so."""
        known: dict[tuple[int, int], _Called] = {}
        called: dict[Span, _Called] = {}
        for span in spans(asked):
            own = _Called(len(self._letters))
            unfinished = span.end == len(asked)
            for likenesses, way in self._like(span, unfinished, with_slips):
                own.learn(*likenesses, way)
            rest = known.get((span.first + 1, span.end))
            if rest and span.level:
                depth = LEVELS.index(span.level)
                level = np.arange(self._first[depth], self._first[depth + 1])
                own.learn(level, rest.scores[level] * _KIND, rest.ways[level])
            if own.scores.any():
                called[span] = known[span.first, span.end] = own
        return called

    def _like(
        self, span: Span, unfinished: bool, with_slips: bool
    ) -> Iterator[tuple[Likenesses, int]]:
        """Look for a span in all indexes; return what was found, and which of ``_WAYS`` it is."""
        for part in self._spellings:
            for by, index in part.by.items():
                for key in span.names if by is By.NAMA else span.numbers:
                    whole = not unfinished and len(key) < _TELLING
                    yield index.beginning(key, whole=whole), _WAYS.index(by)
                    if with_slips and isinstance(index, Names):
                        yield index.similar(key), _WAYS.index(by)


def _further(
    parting: _Parting, span: Span, through: np.ndarray, own: np.ndarray, ways: np.ndarray
) -> _Parting:
    """Return a parting with one more span.

    Parameters
    ----------
    through
        How like each row, or the likest region above it, is called to the span.
    own, ways
        How like the row itself is called, and which of ``_WAYS`` tells it.
    """
    stays = through[parting.rows] > 0
    rows = parting.rows[stays]
    before = parting.through[stays]
    return _Parting(
        span.end,
        parting.spans + 1,
        rows,
        np.minimum(before, through[rows]),
        np.maximum(np.minimum(parting.own[stays], through[rows]), np.minimum(before, own[rows])),
        np.maximum(parting.ways[stays], ways[rows]),
    )


_ONE_AT_A_TIME = Lock()


def search_of(snapshot: Snapshot) -> Search:
    """Return what can be found in a snapshot and its regions, kept until another one is asked."""
    with _ONE_AT_A_TIME:
        return _search_of(snapshot)


@lru_cache(maxsize=1)
def _search_of(snapshot: Snapshot) -> Search:
    return Search(snapshot.gazetteer, snapshot)

"""Tells a slip of the pen from another name: names that differ in a word are two places.

Neighbours are named alike and told apart by a word: Sungai Raya and Sungai Jaya, Sindang Sari and
Sindang Asri, Sukamaju I and II. As letters go these are as close as slips of the pen. So names are
laid beside each other letter by letter, and then compared word by word: a slip seldom makes one
word of Indonesia's names into another one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein, Opcode, Opcodes

from geodata.matching.names import NUMBERS, Keys, loose, sound

# Of so many desa a word is the first or the last before it counts as a word that any may bear.
_KNOWN_FROM = 5
_LEAST_HEAD, _LEAST_TAIL = 3, 4  # letters of the parts of a name that is written together


# One word in two spellings.
_SPELT = {"hilir": "ilir", "hulu": "ulu"}


class Word(NamedTuple):
    """A word of a name, and where it begins and ends in the name's loose key."""

    text: str
    start: int
    end: int


class TellingWords:
    """The words by which regions of like names are told apart.

    Parameters
    ----------
    names
        Those of all desa.
    """

    def __init__(self, names: Iterable[str]) -> None:
        parted = [words for name in names if len(words := name.lower().split()) > 1]
        self._first = _common(words[0] for words in parted)
        self._last = _common(words[-1] for words in parted)

    def differ(self, asked: Keys, own: Keys) -> bool:
        """Tell whether two names that are written alike differ in a word, and not by a slip."""
        theirs, ours = self._parted(asked), self._parted(own)
        endings = {self._ending(theirs), self._ending(ours)}
        if len(endings) == 2 and endings <= self._last:
            return True
        steps = Levenshtein.opcodes(asked.loose, own.loose)
        pairs = [*_beside(theirs, own.loose, steps)]
        pairs += [(beside, word) for word, beside in _beside(ours, asked.loose, steps.inverse())]
        lasts = (len(theirs) - 1, len(pairs) - 1)
        together = len(theirs) == len(ours) == 1
        return any(
            self._is_another(*pair, number in lasts, together) for number, pair in enumerate(pairs)
        )

    def _is_another(self, asked: str, own: str, last: bool, together: bool) -> bool:
        """Tell whether what stands beside each other in two names are two words."""
        if asked == own:
            return False
        if not asked or not own or {asked, own} & NUMBERS or (asked + own).isdigit():
            return True
        if last:
            return not together and asked in self._last and sound(asked) != sound(own)
        return asked in self._first and OSA.distance(asked, own) > 1

    def _parted(self, name: Keys) -> list[Word]:
        """Return the words of a name, also where two are written together."""
        if len(name.words) > 1:
            ends = [len(loose("".join(name.words[:count]))) for count in range(len(name.words) + 1)]
            return [
                Word(_folded(word), *span)
                for word, span in zip(name.words, pairwise(ends), strict=True)
            ]
        key, end = name.loose, len(name.loose)
        for at in range(_LEAST_HEAD, end - _LEAST_TAIL + 1):
            if key[:at] in self._first and key[at:] in self._last:
                return [Word(key[:at], 0, at), Word(key[at:], at, end)]
        return [Word(key, 0, end)]

    def _ending(self, words: list[Word]) -> str:
        """Return the last word of a name, or the known word that ends one written together."""
        last = words[-1].text
        if len(words) > 1:
            return last
        tails = (last[at:] for at in range(len(last) - _LEAST_TAIL + 1))
        return next((tail for tail in tails if tail in self._last), "")


def _common(words: Iterable[str]) -> set[str]:
    return {_folded(word) for word, count in Counter(words).items() if count >= _KNOWN_FROM}


def _folded(word: str) -> str:
    return loose(_SPELT.get(word, word))


def _beside(words: list[Word], other: str, steps: Opcodes) -> Iterator[tuple[str, str]]:
    """Return each word of a key, and what of the other key stands beside it."""
    for word, start, end in words:
        parts = [
            (_along(step, max(start, step.src_start)), _along(step, min(end, step.src_end)))
            for step in steps
            if step.src_start < end and start < step.src_end
        ]
        yield word, other[parts[0][0] : parts[-1][1]] if parts else ""


def _along(step: Opcode, at: int) -> int:
    """Return where a place of this key is in the other one, within one step of the comparison."""
    if at == step.src_end:
        return step.dest_end
    return min(step.dest_start + at - step.src_start, step.dest_end)

"""A question as words: short forms written out, codes in any writing, the last word unfinished."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.matching.codes import digits
from geodata.matching.names import loose, words, written_out
from geodata.matching.vocabulary import PREFIXES
from geodata.regions import Level
from geodata.registry.intake.duplicates import own_name
from geodata.search.terms import KIM

LONGEST = 100
"""Characters of a question that are read: more than the name of any region has."""
MOST_WORDS = 8
_PART = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question.

    Attributes
    ----------
    typed
        As it is typed, in small letters.
    written
        As names have it: abbreviations and numbers written out.
    padded
        Of a code: with the zeros that were left out of it; else as ``typed``.
    part
        The number of the part between commas that it is of.
    """

    typed: str
    written: str
    padded: str
    part: int


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a question that follow each other, as what is called so may be known.

    Attributes
    ----------
    first, end
        The positions of its first word, and after its last one.
    names
        Keys of names; two where the last word may be short for another or unfinished.
    numbers
        Keys of codes and other numbers; none where it has no digit.
    level
        Of which level the rest of the span is, where its first word is no more than a kind.
    """

    first: int
    end: int
    names: frozenset[str]
    numbers: frozenset[str]
    level: Level | None


def read(query: str) -> list[Word]:
    """Return the words of a question. A part of it that is a code is one word."""
    asked: list[Word] = []
    for count, part in enumerate(_PART.split(query[:LONGEST])):
        if padded := digits(part):
            typed = re.sub(r"\D", "", part)
            (written,) = written_out((typed,))
            asked.append(Word(typed, written, padded, count))
            continue
        typed_words = words(part, Level.KABUPATEN_KOTA)
        own = words(own_name(part), Level.KABUPATEN_KOTA)
        if "".join(own) != "".join(typed_words):  # Kelompok Informasi Masyarakat, K.I.M.
            typed_words = (KIM, *own)
        for typed, written in zip(typed_words, written_out(typed_words), strict=True):
            asked.append(Word(typed, written, typed, count))
    return asked[:MOST_WORDS]


def spans(asked: list[Word]) -> Iterator[Span]:
    """Return the spans of a question, shorter ones first; none goes over a comma."""
    for length in range(1, len(asked) + 1):
        for first in range(len(asked) - length + 1):
            end = first + length
            span = asked[first:end]
            if span[0].part == span[-1].part:
                yield _span(first, end, span, unfinished=end == len(asked))


def _span(first: int, end: int, span: list[Word], *, unfinished: bool) -> Span:
    *before, last = span
    key = "".join(loose(word.written) for word in before)
    names = {key + loose(last.written)}
    if unfinished:
        names.add(key + loose(last.typed))
    numbers = {"".join(word.typed for word in span), "".join(word.padded for word in span)}
    return Span(
        first,
        end,
        frozenset(names),
        frozenset(number for number in numbers if re.search(r"\d", number)),
        _LEVEL_OF_KIND.get(span[0].written) if before else None,
    )


# Kabupaten and Kota are part of their names.
_LEVEL_OF_KIND = {
    kind: level
    for level in (Level.PROVINSI, Level.KECAMATAN, Level.DESA)
    for kind in PREFIXES[level]
}

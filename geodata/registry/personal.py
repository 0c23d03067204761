"""Tells what is personal in a text by its form, and takes words of a person out of other texts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_PARTED = r"[\s.()-]{0,2}"
PHONE: Final = re.compile(
    rf"(?<![\d.])(?:\+?62{_PARTED}0?|0){_PARTED}8\d(?:{_PARTED}\d){{6,11}}(?!\d)", re.ASCII
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_NATIONAL_NUMBER = re.compile(r"(?<!\d)\d{6}[\s.-]?\d{6}[\s.-]?\d{4}(?!\d)", re.ASCII)
_PERSONAL = (PHONE, _MAIL, _NATIONAL_NUMBER)
_MANY_DIGITS = re.compile(r"(?:\d\D{0,4}){8}\d", re.ASCII)  # as the shortest of them has
_EDGES = " ()[]:;,/-"

NAMED: Final = "ketua"
"""The field whose value is a person's name, even if it is one word."""

_LEAST_LETTERS, _LEAST_DIGITS = 4, 5
_WORD = re.compile(r"[^\W_]+")
# Words that tell of nobody, whatever column they stand in.
_GENERAL = {
    "kim", "desa", "kelurahan", "kel", "kecamatan", "kec", "kabupaten", "kab", "kota", "provinsi",
    "prov", "rt", "rw", "dusun", "jl", "jalan", "ketua", "ada", "tidak", "belum", "aktif",
}  # fmt: skip


def is_personal(text: str) -> bool:
    """Tell whether a text holds a phone number, an address of mail, or a national number (NIK)."""
    if "@" not in text and not _MANY_DIGITS.search(text):
        return False
    return any(pattern.search(text) for pattern in _PERSONAL)


def without_personal(text: str) -> str:
    """Return ``text`` without what :func:`is_personal` finds in it.

    >>> without_personal("KIM Wajak (0812-3456-7890)")
    'KIM Wajak'
    """
    if not is_personal(text):
        return text
    for pattern in _PERSONAL:
        text = pattern.sub("", text)
    return text.strip(_EDGES)


def marks(text: str) -> set[str]:
    """Return the numbers and mail addresses of a text, each as it is whatever way it is written."""
    told = {match[0].casefold() for match in _MAIL.finditer(text)}
    for pattern in (PHONE, _NATIONAL_NUMBER):
        digits = (re.sub(r"\D", "", match[0]) for match in pattern.finditer(text))
        told |= {re.sub("^(62)?0", "62", run) for run in digits}
    return told


@dataclass(frozen=True)
class Words:
    """What is to be taken out of texts.

    Attributes
    ----------
    values
        Of persons: names, numbers, addresses; whole, as they are written.
    insisted
        Words that an operator names, taken out even if nothing is left.
    """

    values: frozenset[str]
    insisted: frozenset[str] = frozenset()

    @cached_property
    def _spelled(self) -> dict[str, tuple[str, ...]]:
        """The words of each value by the value without what parts them."""
        parted = (tuple(_WORD.findall(value.casefold())) for value in self.values | self.insisted)
        return {"".join(words): words for words in parted if words}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._spelled.values()), default=0)

    def _found_in(self, text: str) -> list[tuple[str, ...]]:
        """Return the values that stand in a text as whole words, however they are parted."""
        said = _WORD.findall(text.casefold())
        spellings = {}
        for first in range(len(said)):
            for stop in range(first + 1, min(first + self._longest, len(said)) + 1):
                joined = "".join(said[first:stop])
                if joined in self._spelled:
                    spellings[joined] = self._spelled[joined]
        return list(spellings.values())

    @cached_property
    def _marks(self) -> set[str]:
        return set().union(*map(marks, self.values | self.insisted))

    def told_in(self, text: str, *, by_name: bool) -> bool:
        """Tell whether a text holds a number or mail address of the words; a name if asked for."""
        return not self._marks.isdisjoint(marks(text)) or (by_name and bool(self._found_in(text)))

    @cached_property
    def sure(self) -> "Words":
        """Those of several words: one word may be anything in a text that is somebody else's."""
        several = frozenset(value for value in self.values if len(_WORD.findall(value)) > 1)
        return self if several == self.values else Words(several, self.insisted)

    def stand_in(self, text: str) -> bool:
        """Tell whether a text holds any of the words, or is personal by its form."""
        return self.without(text) != text

    def without(self, text: str) -> str:
        """Return ``text`` without the words, and without what is personal by its form."""
        rest = without_personal(text)
        spellings = self._found_in(rest)
        if not spellings:
            return rest
        # The longest first: "Budi Santoso" before "Budi".
        spelled = sorted((r"[\W_]*".join(words) for words in spellings), key=len, reverse=True)
        pattern = rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])"
        return " ".join(re.sub(pattern, " ", rest, flags=re.IGNORECASE).split()).strip(_EDGES)

    def without_in_name(self, name: str) -> str:
        """Return the name of a KIM without the words.

        One word ("Sari") may be anything, and a name that says nothing else is more likely no
        person's: these are left alone, unless they are insisted on. Then at least "KIM" is left,
        since a KIM has a name.
        """
        rest = self.sure.without(name)
        if rest.casefold() not in ("", "kim"):
            return rest
        return "KIM" if Words(frozenset(), self.insisted).stand_in(name) else name


def telling_values(fields: Mapping[str, str], regions: Iterable[str]) -> frozenset[str]:
    """Return the values of personal fields by which the person is told in other texts, too.

    An occupation, a sex or the name of the desa would be found in many texts that are nobody's.

    Parameters
    ----------
    fields
        As in ``staging``: field or header -> text.
    regions
        Names of regions as the row writes them.
    """
    of_regions = {word for name in regions for word in _WORD.findall(name.casefold())}
    values = set()
    for field, value in fields.items():
        words = _WORD.findall(value.casefold())
        numbered = sum(letter.isdigit() for letter in value) >= _LEAST_DIGITS or "@" in value
        named = len(words) > 1 or (field == NAMED and len(value) >= _LEAST_LETTERS)
        of_somebody = bool(words) and words[0] != "kim" and set(words) - of_regions - _GENERAL
        if of_somebody and (numbered or named):
            values.add(value)
    return frozenset(values)

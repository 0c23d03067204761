"""What regions and KIM are called: their names, short forms and numbers, ready to be searched.

Everything that can be found has a number: regions level by level in the order of their codes, then
the KIM of a snapshot in its order.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import count

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.lineage.lineage import load_lineage
from geodata.matching.codes import older_codes
from geodata.matching.names import loose, without_kind, words, written_out
from geodata.matching.vocabulary import ALIASES
from geodata.regions import LEVELS, Level
from geodata.registry.intake.duplicates import own_name
from geodata.registry.snapshot import Snapshot
from geodata.search.beginnings import Beginnings, Names, Spelling

KIM = "kim"
"""The word that every KIM's name begins with here, however it is written there."""
_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_loose = lru_cache(maxsize=1 << 14)(loose)  # names are made of fewer words


class By(StrEnum):
    """By what something is found."""

    NAMA = "nama"
    KODE = "kode"
    KODE_LAMA = "kode_lama"
    """A code of 2020, through the crosswalk."""
    KODE_POS = "kode_pos"
    NOMOR_INDUK = "nomor_induk"


@dataclass(frozen=True, eq=False)
class Spellings:
    """What regions, or the KIM of a snapshot, are called.

    Attributes
    ----------
    by
        An index for each way of being found; owners are numbers as the module says.
    lineage
        A row for each: its own number and those of the regions above it, int32. Where there is
        none above it, its own stands again.
    letters
        How many letters the name of each has, without its kind, int32.
    """

    by: dict[By, Beginnings]
    lineage: np.ndarray
    letters: np.ndarray


@lru_cache(maxsize=1)
def spellings_of_regions(gazetteer: Gazetteer) -> Spellings:
    """Return what all regions are called, and which codes and postal codes they have."""
    codes = [code for level in LEVELS for code in gazetteer.codes(level).tolist()]
    number = {code: count for count, code in enumerate(codes)}
    names = list(_names_of_regions(gazetteer))
    moved = older_codes(load_lineage())
    desa = gazetteer.tables[Level.DESA][["kode", "kode_pos"]].dropna()
    return Spellings(
        {
            By.NAMA: Names(names),
            By.KODE: Beginnings(
                Spelling(count, [code.replace(".", "")]) for count, code in enumerate(codes)
            ),
            By.KODE_LAMA: Beginnings(
                Spelling(number[today], [code.replace(".", "")])
                for code, (today, _) in moved.items()
                if today in number and code not in number
            ),
            By.KODE_POS: Beginnings(
                Spelling(number[code], [postal])
                for code, postal in zip(
                    desa["kode"].tolist(), desa["kode_pos"].tolist(), strict=True
                )
            ),
        },
        _lineage(gazetteer),
        _letters(names, len(codes)),
    )


def spellings_of_kim(snapshot: Snapshot) -> Spellings:
    """Return what the KIM of a snapshot are called, and which registration numbers they have."""
    regions = _lineage(snapshot.gazetteer)
    first = len(regions)
    own = np.arange(first, first + len(snapshot.kim), dtype=np.int32)
    first_desa = first - len(snapshot.gazetteer.codes(Level.DESA))
    names = [
        Spelling(number, [KIM, *map(_loose, written_out(words(own_name(name), Level.DESA)))], 1)
        for number, name in enumerate(snapshot.kim["nama_kim"].tolist(), first)
    ]
    numbers = (
        Spelling(number, [written])
        for number, raw in enumerate(snapshot.kim["nomor_induk"].tolist(), first)
        if (written := _squeezed(raw))
    )
    return Spellings(
        {By.NAMA: Names(names), By.NOMOR_INDUK: Beginnings(numbers)},
        np.column_stack([own, regions[first_desa + snapshot.desa]]),
        _letters(names, len(own), first),
    )


def _names_of_regions(gazetteer: Gazetteer) -> Iterator[Spelling]:
    number = count()
    for level in LEVELS:
        short = defaultdict(list)
        for alias, bare in ALIASES.get(level, {}).items():
            short[bare].append(alias)
        of_name: dict[str, list[tuple[list[str], int]]] = {}
        for name in gazetteer.tables[level]["nama"].tolist():
            if name not in of_name:
                of_name[name] = list(_ways_to_write(name, level, short))
            owner = next(number)
            for way, kinds in of_name[name]:
                yield Spelling(owner, way, kinds)


def _ways_to_write(
    name: str, level: Level, short: Mapping[str, list[str]]
) -> Iterator[tuple[list[str], int]]:
    """Return the keys of the words of a name, and how many only say its kind; short forms, too."""
    kinds, rest = without_kind(written_out(words(name, level)), level)
    kind = [_loose(word) for word in kinds]
    apart = [_loose(word) for word in rest]
    yield [*kind, *apart], len(kind)
    bare = "".join(rest)
    # Folded as one word it may lose a letter where two words meet: Bandar Rejo.
    for together in map(_loose, (bare, *short.get(bare, ()))):
        if together != "".join(apart):
            yield [*kind, together], len(kind)


def _squeezed(written: str) -> str:
    return _PUNCTUATION.sub("", written.lower())


def _lineage(gazetteer: Gazetteer) -> np.ndarray:
    sizes = [len(gazetteer.codes(level)) for level in LEVELS]
    first = np.cumsum([0, *sizes], dtype=np.int32)
    rows = []
    for depth, level in enumerate(LEVELS):
        own = np.arange(first[depth], first[depth + 1], dtype=np.int32)
        above = [
            first[step] + gazetteer.parent_positions(upper, level)
            for step, upper in enumerate(LEVELS[:depth])
        ]
        rows.append(np.column_stack([own, *above, *[own] * (len(LEVELS) - 1 - depth)]))
    return np.concatenate(rows)


def _letters(names: Iterable[Spelling], size: int, first: int = 0) -> np.ndarray:
    """Return the letters of the first spelling of each owner."""
    letters = np.zeros(size, np.int32)
    for owner, own, kinds in names:
        if not letters[owner - first]:
            letters[owner - first] = sum(map(len, own[kinds:]))
    return letters

"""Cells that name more than a desa: whole addresses, and several desa at once.

An address is read if it leaves no doubt: there is one region that it can mean, and no parent in it
is another than the one in its row. Of an address of persons only names of regions are read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.matching.candidate import Candidate
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.titles import ANY_KIND, named_places
from geodata.registry.intake.values import is_blank

_JOINTS = re.compile(r"\s*[,;/&+\n]\s*|\s+-\s+|\s+(?:dan|serta)(?=\s|$)\s*", re.IGNORECASE)
_SAYS_MORE = re.compile(rf"{_JOINTS.pattern}|\b(?:{ANY_KIND})", re.IGNORECASE)  # than one name
_MOST_PARTS = 6  # of a cell; no address has more that are regions
_ABOVE = LEVELS[:3]

Names = dict[Level, str]
Place = tuple[Level, str, int]


class Kind(Enum):
    """What a cell may mean."""

    WHOLE = auto()  # the desa of that very name, which holds a slash or a comma
    SEVERAL = auto()  # one desa of several
    ADDRESS = auto()
    LABELLED = auto()  # an address that says what each of its names is


class Reading(NamedTuple):
    """What a cell of the row of this number may mean, and the names that say so."""

    row: int
    kind: Kind
    names: Names


def read_addresses(rows: Sequence[Row], gazetteer: Gazetteer) -> None:
    """Enter in ``rows`` of data what their addresses name, or which several desa a cell names."""
    readings = [
        Reading(number, *reading) for number, row in enumerate(rows) for reading in _readings(row)
    ]
    if not readings:
        return
    asked = pd.DataFrame([_with_parents(rows[row], names) for row, _, names in readings])
    several: dict[int, dict[str, Candidate]] = {}
    addresses: dict[int, dict[str, Names]] = {}
    whole: set[int] = set()
    for (number, kind, names), match in zip(readings, match_names(asked, gazetteer), strict=True):
        region = match.accepted
        if kind is Kind.LABELLED:
            addresses.setdefault(number, {})[region.code if region else ""] = names
        elif region is None or not region.same_name or region.elsewhere is not None:
            continue
        elif kind is Kind.SEVERAL:
            several.setdefault(number, {})[region.code] = region
        elif kind is Kind.ADDRESS:
            addresses.setdefault(number, {})[region.code] = names
        elif _full(names[Level.DESA]) == _full(gazetteer.name(region.code)):
            whole.add(number)
    for number, row in enumerate(rows):
        desa, meant = several.get(number, {}), addresses.get(number, {})
        if number in whole:
            continue
        if len(desa) > 1:
            row.several = tuple(desa.values())
        elif len(meant) == 1:
            (row.address,) = meant.values()


def _with_parents(row: Row, names: Names) -> dict[str, str]:
    return {level.value: names.get(level) or row.region(level) for level in LEVELS}


def _readings(row: Row) -> Iterator[tuple[Kind, Names]]:
    """Yield what the cell for the desa may mean, or the address where that cell is empty."""
    cell = row.value("desa")
    if is_blank(cell):
        yield from _of_address(row)
        return
    if not _SAYS_MORE.search(cell):
        return
    places = _places(cell)
    above = _one_each(place for place in places if place[0] is not Level.DESA)
    if above is None or any(_differs(row, level, name) for level, name in above.items()):
        return
    parts = _parts(cell, places)
    if above and len(parts) == 1:
        yield Kind.LABELLED, {**above, Level.DESA: parts[0]}
    if not 1 < len(parts) <= _MOST_PARTS:
        return
    yield Kind.WHOLE, {Level.DESA: cell}
    for part in parts:
        yield Kind.SEVERAL, {**above, Level.DESA: part}
        if above:
            yield Kind.ADDRESS, {**above, Level.DESA: part}
    if not places:
        for names in _in_order(parts):
            if not any(_differs(row, level, names[level]) for level in names if level in _ABOVE):
                yield Kind.ADDRESS, names


def _of_address(row: Row) -> Iterator[tuple[Kind, Names]]:
    if not is_blank(row.value("kode_wilayah")):
        return
    names = _one_each(_places(row.value("alamat")))
    if names and Level.DESA in names and not any(_differs(row, *named) for named in names.items()):
        yield Kind.ADDRESS, names


def _places(text: str) -> list[Place]:
    """Return the regions that a text names with their kind.

    Of desa whose names hold "Kota" there are many ("Aek Kota Batu"): that is only a kota if it
    stands behind a comma or another region.
    """
    places: list[Place] = []
    for place in named_places(text):
        _, name, start = place
        before = text[:start].rstrip()
        behind = before.endswith((*",;(\n", *(known for _, known, _ in places)))
        if behind or not name.lower().startswith("kota"):
            places.append(place)
    return places


def _one_each(places: Iterable[Place]) -> Names | None:
    """Return the name of each level; ``None`` if a level has two."""
    names: Names = {}
    for level, name, _ in places:
        if names.setdefault(level, name) != name:
            return None
    return names


def _parts(cell: str, places: Sequence[Place]) -> list[str]:
    """Return the names of desa in a cell: those said to be some, else what stands first."""
    desa = [name for level, name, _ in places if level is Level.DESA]
    first = min((start for _, _, start in places), default=len(cell))
    parts = (part.strip(" .()") for text in desa or [cell[:first]] for part in _JOINTS.split(text))
    return list(dict.fromkeys(filter(None, parts)))


def _in_order(parts: Sequence[str]) -> Iterator[Names]:
    """Yield the regions that parts without a kind may be: from the desa upwards, or down to it."""
    for levels in combinations(_ABOVE, len(parts) - 1):
        names = [*levels, Level.DESA]
        yield dict(zip(names, parts, strict=True))
        yield dict(zip(names, reversed(parts), strict=True))


def _full(name: str) -> str:
    return keys(name, Level.DESA).full


def _differs(row: Row, level: Level, name: str) -> bool:
    own = row.region(level)
    return not is_blank(own) and keys(own, level).loose != keys(name, level).loose

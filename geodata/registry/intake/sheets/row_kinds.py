"""Tells the rows of a sheet from each other: data, totals, headings, signatures."""

import re
from collections.abc import Iterable, Sequence
from enum import IntFlag, auto

from geodata.registry.intake.sheets.headers import PLACES, normal
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.titles import heading, is_title, named_regions
from geodata.registry.reasons import Reason

EXAMPLE_NAME = "KIM Contoh"
"""Name of the KIM in the example row of our template."""

_TOTALS = re.compile(r"(grand\s*)?(sub\s*)?(jumlah|total|jml|rekap(itulasi)?)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"\b(mengetahui|kepala\s+(dinas|bidang|seksi)|a\.?\s?n\.?\s+bupati|nip\b)", re.IGNORECASE
)
_OFFICE = re.compile(
    r"(camat|lurah|bupati|wali\s?kota|kepala\s+(desa|kelurahan)|menyetujui|dibuat\s+oleh)\b",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(r"\bnip\b", re.IGNORECASE)
_CLOSING_CELLS = 3  # at most, in a row of signatures
_HEADING = frozenset({Reason.SECTION, Reason.REPEATED_HEADER, Reason.COLUMN_NUMBERS})


def tell_apart(rows: Iterable[Row]) -> list[Reason | None]:
    """Return why each row of a sheet is none of data; ``None`` where it may be one.

    Signatures end the list, or one of several lists below each other: they go on until a row that
    is plainly one of data, or headings with such a row below them.

    Parameters
    ----------
    rows
        They are gone through several times.
    """
    kinds = [_kind(row) for row in rows]
    if Reason.CLOSING not in kinds:
        return kinds
    reasons: list[Reason | None] = []
    closing = False
    for kind, goes_on in zip(kinds, _resumes(rows, kinds), strict=True):
        closing = kind is Reason.CLOSING or (closing and not goes_on)
        reasons.append(Reason.CLOSING if closing else kind)
    return reasons


class _Trait(IntFlag):
    """What tells of a row whether a list goes on with it."""

    LONG = auto()
    """It is one of data, and has more cells than a row of signatures."""
    ENOUGH = auto()
    """It is one of data, and looks like those above."""
    HEADS = auto()
    """It may stand above rows of data."""
    SIGNED = auto()
    """It has the number of an official."""


def _resumes(rows: Iterable[Row], kinds: Sequence[Reason | None]) -> list[bool]:
    """Tell of each row whether a list would go on with it, if it stood below a signature."""
    above = zip(rows, kinds[: kinds.index(Reason.CLOSING)], strict=False)
    fewest = min(
        (_count(row) for row, kind in above if kind is None and _is_filled(row)), default=0
    )
    traits = [_traits(row, kind, fewest) for row, kind in zip(rows, kinds, strict=True)]
    resumes = [False] * (len(traits) + 1)
    signed = False
    for position in reversed(range(len(traits))):
        row = traits[position]
        if row & _Trait.HEADS:
            resumes[position] = resumes[position + 1]
        else:
            enough = bool(row & _Trait.ENOUGH)
            resumes[position] = bool(row & _Trait.LONG) or (enough and not signed)
        signed = bool(row & _Trait.SIGNED)
    return resumes[:-1]


def _traits(row: Row, kind: Reason | None, fewest: int) -> _Trait:
    signed = any(map(_OF_A_PERSON.search, row.cells))
    traits = _Trait.SIGNED if signed else _Trait(0)
    if kind is None and _is_filled(row):
        enough = _count(row) >= min(_CLOSING_CELLS, fewest) or row.cells[0].isdigit()
        traits |= _Trait.LONG if _count(row) > _CLOSING_CELLS else _Trait(0)
        return traits | (_Trait.ENOUGH if enough else _Trait(0))
    return traits | (_Trait.HEADS if kind in _HEADING or is_title(row.cells) else _Trait(0))


def _kind(row: Row) -> Reason | None:
    """Return why a row, by itself, is none of data."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) <= _CLOSING_CELLS and _is_signature(row):
        return Reason.CLOSING
    if _heads_section(row):
        return Reason.SECTION
    first = next((cell for cell in filled if not cell.isdigit()), "")
    if _TOTALS.match(first) and _is_sparse(row):
        return Reason.TOTALS
    pairs = zip(row.header.words, row.cells, strict=True)
    same = sum(bool(cell) and _is_headed(words, cell) for words, cell in pairs)
    if same >= 2 and same > len(filled) / 2:
        return Reason.REPEATED_HEADER
    if row.value("nama_kim") == EXAMPLE_NAME:
        return Reason.EXAMPLE
    numbers = [cell.strip("()") for cell in filled]
    if len(filled) > 2 and numbers == [str(number) for number in range(1, len(filled) + 1)]:
        return Reason.COLUMN_NUMBERS
    nameless = not any(row.value(name) for name in ("nama_kim", *PLACES))
    if len(filled) == 1 and nameless:
        return Reason.PARTLY_EMPTY
    return None


def _is_headed(words: str, cell: str) -> bool:
    """Tell whether a cell has the words of a header; most are told by their first letter."""
    first = cell[0]
    if first.isascii() and first.isalnum() and not words.startswith(first.lower()):
        return False
    return words == normal(cell)


def _is_signature(row: Row) -> bool:
    office = any(map(_OFFICE.match, row.cells)) and not _is_filled(row)
    return office or any(map(_CLOSING.search, row.cells))


def _heads_section(row: Row) -> bool:
    text = heading(row.cells)
    if not text:
        return False
    named = named_regions([text])
    pairs = zip(row.header.columns, row.cells, strict=True)
    column = next((column.field for column, cell in pairs if cell and text.startswith(cell)), "")
    if column == "desa":  # "Kota Baru" is a desa; none is called "Kecamatan ..."
        return bool(named) and not text.lower().startswith("kota")
    # In a list of places, it is the place of its row.
    return "nama_kim" in row.header.fields or column not in named


def _is_filled(row: Row) -> bool:
    """Tell whether a row has a place or a number, and a name where rows have names."""
    named = row.value("nama_kim") or "nama_kim" not in row.header.fields
    numbered = row.cells[0].isdigit()
    return bool(named) and (numbered or any(row.value(name) for name in PLACES))


def _count(row: Row) -> int:
    return sum(map(bool, row.cells))


def _is_sparse(row: Row) -> bool:
    """Tell whether a row lacks what every row of data has."""
    texts = [row.value(name) for name in ("nama_kim", "desa", "nomor_induk", "kode_wilayah")]
    said = [text for text in texts if text and not _TOTALS.match(text) and not text.isdigit()]
    return not said

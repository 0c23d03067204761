"""Levels and codes of Indonesia's administrative regions.

A code of the Ministry of Home Affairs (Kemendagri) is written ``35.07.08.2001``: its first 2, 5,
8 and 13 characters name the provinsi, kabupaten/kota, kecamatan and desa or kelurahan. Sorted as
text, the descendants of a region stand together, which is what the gazetteer rests on.

Source of the scheme: Permendagri 58/2021 and its successor Kepmendagri 300.2.2-2138/2025.
"""

import re
from enum import StrEnum

from geodata.errors import RegionError


class Level(StrEnum):
    """The four levels, from the whole country's parts to the village."""

    PROVINSI = "provinsi"
    KABUPATEN_KOTA = "kabupaten_kota"
    KECAMATAN = "kecamatan"
    DESA = "desa"

    @property
    def code_length(self) -> int:
        """Number of characters of a dotted code of this level."""
        return _CODE_LENGTH[self]

    @property
    def digits(self) -> int:
        """Number of digits of a code of this level, which are those of its feature id."""
        return self.code_length - _DEPTH[self]

    @property
    def child(self) -> "Level | None":
        """The next finer level; ``None`` below desa."""
        depth = _DEPTH[self] + 1
        return LEVELS[depth] if depth < len(LEVELS) else None

    @property
    def parent(self) -> "Level | None":
        """The next coarser level; ``None`` above provinsi."""
        depth = _DEPTH[self] - 1
        return LEVELS[depth] if depth >= 0 else None

    def is_below(self, other: "Level") -> bool:
        """Tell whether this level is strictly finer than ``other``."""
        return _DEPTH[self] > _DEPTH[other]


LEVELS: tuple[Level, ...] = tuple(Level)
_DEPTH = {level: depth for depth, level in enumerate(LEVELS)}
_CODE_LENGTH = {Level.PROVINSI: 2, Level.KABUPATEN_KOTA: 5, Level.KECAMATAN: 8, Level.DESA: 13}
_LEVEL_OF_LENGTH = {length: level for level, length in _CODE_LENGTH.items()}
_LEVEL_OF_DIGITS = {level.digits: level for level in LEVELS}

_DESA_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


def parse(raw: str) -> str:
    """Return the dotted code of ``raw``, written with or without dots (or with blanks or hyphens).

    >>> parse("3507082001")
    '35.07.08.2001'
    >>> parse(" 35.07 ")
    '35.07'

    Raises
    ------
    RegionError
        If ``raw`` is not 2, 4, 6 or 10 digits.
    """
    digits = re.sub(r"[.\s-]", "", raw)
    if not (digits.isascii() and digits.isdigit() and len(digits) in _LEVEL_OF_DIGITS):
        raise RegionError("region_code", code=raw)
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    return ".".join(part for part in parts if part)


def level_of(code: str) -> Level:
    """Return the level of a dotted ``code``.

    Raises
    ------
    RegionError
        If ``code`` is not written as a dotted code.
    """
    if not _CODE.fullmatch(code):
        raise RegionError("region_code", code=code)
    return _LEVEL_OF_LENGTH[len(code)]


def ancestor(code: str, level: Level) -> str:
    """Return the code of the region of ``level`` that holds ``code`` (itself at its own level)."""
    return code[: level.code_length]


def parent(code: str) -> str | None:
    """Return the code one level up; ``None`` for a provinsi, whose parent is the country."""
    above = level_of(code).parent
    return ancestor(code, above) if above else None


def lineage(code: str) -> list[str]:
    """Return ``code`` and the codes above it, the provinsi first.

    >>> lineage("35.07.08")
    ['35', '35.07', '35.07.08']
    """
    own = level_of(code)
    return [ancestor(code, level) for level in LEVELS if not level.is_below(own)]


def is_within(code: str, region: str | None) -> bool:
    """Tell whether the region ``code`` is ``region`` or inside it; ``None`` is Indonesia."""
    return region is None or code == region or code.startswith(f"{region}.")


def feature_id(code: str) -> int:
    """Return ``code`` as the integer that names its feature in a tileset.

    Provinsi codes begin with 1 to 9, so no zero is lost and the number is unique at its level.

    >>> feature_id("35.07.08.2001")
    3507082001
    """
    return int(code.replace(".", ""))


def is_kota(code: str) -> bool:
    """Return whether a kabupaten/kota is a kota: their second parts begin at 71.

    >>> is_kota("35.73"), is_kota("35.07")
    (True, False)
    """
    return code[3:5] >= "71"


def desa_kind(code: str) -> str:
    """Return ``kelurahan``, ``desa`` or ``desa_adat``, told by the fourth part's first digit.

    The 2025 decree has 14 desa adat (all in Kabupaten Jayapura), whose part begins with 3.

    Raises
    ------
    RegionError
        If ``code`` is no code of a desa, or of a kind the decree does not know.
    """
    if level_of(code) is not Level.DESA or code[9] not in _DESA_KINDS:
        raise RegionError("region_code", code=code)
    return _DESA_KINDS[code[9]]

"""Brings the many spellings of a region's name to one key.

A name has several keys, from strict to loose, and a matcher asks them in this order:

full
    lower-case letters without accents, blanks and punctuation; abbreviations written out; numbers
    as words (``Kaway XVI``, ``KAWAY 16``, ``KawayXvi`` are all ``kawayenambelas``);
bare
    ``full`` without what kind of region it is (Desa, Kel., Gampong, Kec., Kab., Prov.);
loose
    a key with old and doubled spellings folded (``Soemberredjo`` and ``Sumberejo`` agree);
sound
    ``loose`` with letters that are often mistaken for each other made one: only for a similarity,
    never to tell that two names are the same.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from geodata.matching.vocabulary import ABBREVIATIONS, ALIASES, KINDS, PREFIXES
from geodata.regions import Level

_UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
_ROMAN = re.compile(r"x{0,3}(ix|iv|v?i{0,3})", re.ASCII)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_QUOTES = re.compile(r"['\"`´‘’ʼʻ“”]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
_WORD = re.compile(r"[a-z0-9]+")
_BRACKETS = re.compile(r"\([^)]*\)?")
_EITHER_KIND = re.compile(r"^\s*(kab(upaten)?\.?\s*/\s*kota|desa\s*/\s*kel(urahan)?\.?)\b", re.I)

_OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"))
_LOOSE = str.maketrans({"y": "i", "v": "p", "f": "p", "q": "k", "z": "s"})
_SILENT_H = re.compile(r"(?<=[bdgkt])h")
_GLIDE = re.compile(r"(?<=u)w(?=[aeio])")
_DOUBLED = re.compile(r"(.)\1+")
_SOUND = str.maketrans({"o": "u", "e": "i", "j": "i", "p": "b", "t": "d"})


class Keys(NamedTuple):
    """The keys of one name, see the module."""

    full: str
    bare: str
    loose_full: str
    loose: str
    sound: str
    words: tuple[str, ...]  # of ``bare``
    kind: str  # kelurahan, desa or "", where the name of a desa says so


def read_keys(name: str, level: Level) -> Keys:
    """Return all keys of ``name``, that of a region of ``level``.

    >>> read_keys("Kel. Tj. Rejo II", Level.DESA).bare
    'tanjungrejodua'
    """
    name = _EITHER_KIND.sub("", name)
    tokens = in_short = written_out(words(name, level))
    if "(" in name or "/" in name:
        short = _BRACKETS.sub(" ", name).split("/")[0]
        in_short = written_out(words(short, level)) or tokens
    kinds, rest = without_kind(in_short, level)
    full, bare = "".join(tokens), "".join(rest)
    if former := ALIASES.get(level, {}).get(bare):
        full, bare, rest = "".join(kinds) + former, former, (former,)
    folded = loose(bare)
    kind = KINDS.get(kinds[0], "") if kinds and level is Level.DESA else ""
    loose_full = folded if full == bare else loose(full)
    return Keys(full, bare, loose_full, folded, sound(folded), rest, kind)


keys = lru_cache(maxsize=1 << 17)(read_keys)
"""Those of names that come again and again: of regions, of which there are fewer than it keeps."""


def loose(key: str) -> str:
    """Fold old spelling, silent and doubled letters of a key.

    >>> loose("soemberredjo")
    'sumberejo'
    """
    for old, new in _OLD_SPELLING:
        key = key.replace(old, new)
    key = _SILENT_H.sub("", key.translate(_LOOSE))
    return _DOUBLED.sub(r"\1", _GLIDE.sub("", key))


def sound(loose_key: str) -> str:
    """Fold the letters of a loose key that stand for each other: o and u, e and i, j and y."""
    return _DOUBLED.sub(r"\1", loose_key.translate(_SOUND))


def words(name: str, level: Level) -> tuple[str, ...]:
    """Split a name into its words as they are written, in small letters without accents.

    >>> words("Kel. Tj. Rejo II", Level.DESA)
    ('kel', 'tj', 'rejo', 'ii')
    """
    plain = _QUOTES.sub("", name)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    raw = _WORD.findall(_CAMEL.sub(" ", plain).lower())
    if level is Level.KABUPATEN_KOTA:
        raw = [word for word in raw if word not in ("administrasi", "adm")]
    return tuple(raw)


def written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Write out the abbreviations and numbers among the words of a name.

    >>> written_out(("kel", "tj", "rejo", "ii"))
    ('kelurahan', 'tanjung', 'rejo', 'dua')
    """
    if len(words) > 2 and {len(word) for word in words[-3:]} == {1}:  # D U M A I
        return words
    last = len(words) - 1
    return tuple(_written_out(word, at in (0, last)) for at, word in enumerate(words))


@lru_cache(maxsize=1 << 14)
def _written_out(token: str, at_an_end: bool) -> str:
    if token in ABBREVIATIONS:
        return ABBREVIATIONS[token]
    if token.isdigit():
        return _in_words(int(token)) if len(token) < 4 else token
    if (at_an_end or len(token) > 1) and _ROMAN.fullmatch(token):
        return _in_words(_of_roman(token))
    return token


def _of_roman(token: str) -> int:
    values = [_ROMAN_VALUES[char] for char in token]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _in_words(number: int) -> str:
    """Write a number in Indonesian, as one word; from 100 on in digits."""
    if number < 10:
        return _UNITS[number]
    if number < 20:
        unit = number - 10
        return "sepuluh" if unit == 0 else "sebelas" if unit == 1 else f"{_UNITS[unit]}belas"
    if number < 100:
        tens, unit = divmod(number, 10)
        return f"{_UNITS[tens]}puluh{_UNITS[unit] if unit else ''}"
    return str(number)


def without_kind(tokens: tuple[str, ...], level: Level) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the words that only say what kind of region it is from the name; a name is left.

    >>> without_kind(("kelurahan", "tanjung", "rejo"), Level.DESA)
    (('kelurahan',), ('tanjung', 'rejo'))
    """
    cut = 0
    while cut < len(tokens) - 1 and tokens[cut] in PREFIXES[level]:
        cut += 1
        if level is Level.KABUPATEN_KOTA:  # Kabupaten Kota Baru
            break
    return tokens[:cut], tokens[cut:]


NUMBERS = frozenset(map(_in_words, range(100)))
"""Numbers as a name's keys have them."""

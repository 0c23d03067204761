"""Words for fields of activity (bidang) and for the status of a KIM; the table is values.toml."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from geodata.registry.fields import BIDANG, SEPARATOR
from geodata.registry.intake.values import is_nothing, value_words

LEAST_LIKE = 90.0  # of 100, for a slip of the pen
_LONGEST_PHRASE = 5  # words
LEAST_LETTERS = 6  # shorter words are too like each other

_STRONG = re.compile(r"[;,\n|•·]|\s(?:\d{1,2}|[a-z])[.)]\s", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:(?:\d{1,2}|[a-z])[.)]|-)\s*", re.IGNORECASE)
_WEAK = re.compile(r"\s*(?:/|&|\+|\bdan\b|\band\b|\bserta\b|\s-\s)\s*", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")


@cache
def bidang_words() -> dict[str, str]:
    """Return synonym -> field of :data:`~geodata.registry.fields.BIDANG`."""
    table = value_words()["bidang"]
    own = {name.replace("_", " "): name for name in BIDANG}
    return {synonym: name for name in BIDANG for synonym in table[name]} | own


@cache
def _statuses() -> dict[str, str]:
    table = value_words()["status"]
    return {
        synonym: name
        for name, words in table.items()
        for synonym in (name.replace("_", " "), *words)
    }


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower().replace("_", " ")))


@lru_cache(1 << 14)  # texts; most rows say what others say
def read_bidang(text: str) -> tuple[str, str]:
    """Return the fields a text names, and the parts of it that name none.

    Parts are told by commas, semicolons, lines and numbering; a part that is no synonym as a whole
    is parted again at ``/``, ``&`` and ``dan``, and at last searched for synonyms. Where other
    words are left that say something, the part is returned among the unknown as well.

    >>> read_bidang("UMKM & wisata, panjat tebing")
    ('umkm;pariwisata', 'panjat tebing')
    """
    known: list[str] = []
    unknown: list[str] = []
    for part in (_NUMBERING.sub("", raw) for raw in _STRONG.split(text)):
        if whole := _lookup(_plain(part)):
            known.append(whole)
            continue
        for piece in _WEAK.split(part):
            named, rest = _search(_plain(piece))
            known += named
            if rest:
                unknown.append(piece.strip())
    fields = [name for name in BIDANG if name in known]
    return SEPARATOR.join(fields), "; ".join(dict.fromkeys(unknown))


def _lookup(words: str) -> str | None:
    """Return the field of a synonym, also with one slip of the pen."""
    table = bidang_words()
    if words in table or len(words) < LEAST_LETTERS:
        return table.get(words)
    like = process.extractOne(words, list(table), scorer=fuzz.ratio, score_cutoff=LEAST_LIKE)
    return table[like[0]] if like and len(like[0]) >= LEAST_LETTERS else None


def _search(words: str) -> tuple[list[str], bool]:
    """Return the fields named anywhere in ``words``, and whether other words are left."""
    fillers = set(value_words()["filler"]["words"])
    named: list[str] = []
    left = words.split()
    single = len(left) == 1
    for length in range(min(_LONGEST_PHRASE, len(left)), 0, -1):
        start = 0
        while start + length <= len(left):
            phrase = " ".join(left[start : start + length])
            field = _lookup(phrase) if single or phrase not in fillers else None
            if field:
                named.append(field)
                left[start : start + length] = []
            else:
                start += 1
    return named, any(word not in fillers for word in left) or bool(left and not named)


def read_status(text: str) -> str | None:
    """Return the status that a text means, "" if it is empty; ``None`` if it cannot be told.

    >>> read_status("Tdk. Aktif")
    'tidak_aktif'
    """
    status = _statuses().get(_plain(text))
    return "" if status is None and is_nothing(text) else status

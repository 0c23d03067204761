"""Resolves codes of regions in any writing to the codes of the gazetteer.

Only codes of Kemendagri are understood. BPS writes a desa with as many digits but numbers regions
differently (its 1101 is Simeulue, Kemendagri's 11.01 is Aceh Selatan), so a column of BPS codes
must not come here.
"""

import math
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from geodata.errors import RegionError
from geodata.gazetteer import Gazetteer
from geodata.lineage.kinds import Kind
from geodata.lineage.lineage import moved_codes
from geodata.matching.candidate import Candidate, Method
from geodata.regions import parse

SCORE_OF_CODE = 100.0
# How sure it is what an older code is today: by its own digits below its new parent, or by name.
SCORE_OF_KIND = {Kind.MEKAR_PROVINSI: 95.0, Kind.GABUNG: 95.0, Kind.PINDAH: 90.0}

# A reading that another one is as likely as: names have to settle it.
SCORE_OF_GUESS = 70.0

_WHOLE_NUMBER = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,]0{0,2})?", re.ASCII)
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?e\+?(\d{1,2})", re.ASCII | re.IGNORECASE)
_DECIMAL = re.compile(r"(\d{2})[.,](\d{1,2})", re.ASCII)
_PARTS = re.compile(r"(\d{2})\.(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?", re.ASCII)
_TYPED = re.compile(r"\s*(?:ID)?\d[\d\s._/-]*", re.ASCII | re.IGNORECASE)
_PCODE = re.compile(r"^ID(?=\d)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s'’`_/\-‐-―]+")


def resolve_codes(
    raw: Iterable[object], gazetteer: Gazetteer, lineage: pd.DataFrame
) -> list[Candidate | None]:
    """Find the region that each value of ``raw`` is the code of.

    Read are codes of all four levels with or without dots, blanks, hyphens or the ``ID`` of a
    P-code, with zeros left out between dots (``35.7.8.2001``), and codes that a spreadsheet made
    into numbers (``3507082001.0``, ``3.507.082.001,00``, ``3.507082001E+09``). ``35.1`` is 35.10 as
    a number and 35.01 with a zero left out: it is a number where another value of ``raw`` keeps
    such zeros, else a guess, as are numbers whose last digits were rounded away.

    Parameters
    ----------
    raw
        Text or numbers.
    gazetteer
        The regions of today.
    lineage
        Of older codes (see :mod:`geodata.lineage.lineage`).

    Returns
    -------
    A candidate for each value, in their order, found by ``Method.KODE`` or ``Method.KODE_LAMA``,
    of at most ``SCORE_OF_GUESS`` where the value may be read otherwise; ``None`` where unresolved.
    """
    raw = list(raw)
    keeps_zeros = any(re.fullmatch(r"\d{2}[.,]0\d", str(value).strip()) for value in raw)
    readings = {value: list(_readings(value, keeps_zeros)) for value in dict.fromkeys(raw)}
    resolved: dict[object, Candidate] = {}
    for value, codes in readings.items():
        known = [(code, score) for code, score in codes if code in gazetteer]
        if known:
            resolved[value] = Candidate(*known[0], Method.KODE)
    if any(codes and value not in resolved for value, codes in readings.items()):
        moved = older_codes(lineage)
        for value, codes in readings.items():
            for code, certain in codes:
                if value not in resolved and code in moved and moved[code][0] in gazetteer:
                    today, score = moved[code]
                    resolved[value] = Candidate(today, min(score, certain), Method.KODE_LAMA)
    return [resolved.get(value) for value in raw]


def digits(written: str) -> str:
    """Return the digits of a code of a region, with the zeros that were left out of it.

    Empty where ``written`` holds anything else. It may be the beginning of a code.

    >>> digits("35.7.8.2001"), digits("ID3507"), digits("Wajak")
    ('3507082001', '3507', '')
    """
    if not _TYPED.fullmatch(written):
        return ""
    return re.sub(r"\D", "", _of_text(written)[0])


def _readings(value: object, keeps_zeros: bool) -> Iterator[tuple[str, float]]:
    """Return the dotted codes that ``value`` may stand for, the likeliest first, and how surely."""
    if isinstance(value, bool) or value is None or value is pd.NA or value is pd.NaT:
        return
    if isinstance(value, (float, int)):
        text, score = _of_number(value), SCORE_OF_CODE
    else:
        text, score = _of_text(str(value))
    if (parts := _DECIMAL.fullmatch(text)) and len(parts[2]) == 1:
        yield f"{parts[1]}.{parts[2]}0", SCORE_OF_CODE if keeps_zeros else SCORE_OF_GUESS
        if not keeps_zeros:
            yield f"{parts[1]}.0{parts[2]}", SCORE_OF_GUESS
        return
    try:
        yield parse(text), score
    except RegionError:
        return


def _of_text(text: str) -> tuple[str, float]:
    """Write a code as ``parse`` reads it, and tell how sure that is."""
    text = _PCODE.sub("", _SEPARATORS.sub("", text))
    if parts := _PARTS.fullmatch(text):
        above, *below, desa = parts.groups()
        return ".".join([above, *(part.zfill(2) for part in below), *([desa] if desa else [])]), (
            SCORE_OF_CODE
        )
    if parts := _SCIENTIFIC.fullmatch(text):
        digits, power = parts[1] + (parts[2] or ""), int(parts[3])
        whole = len(digits) == power + 1
        return digits[: power + 1].ljust(power + 1, "0"), (
            SCORE_OF_CODE if whole else SCORE_OF_GUESS
        )
    if number := _WHOLE_NUMBER.fullmatch(text):
        return re.sub(r"\D", "", number[1]), SCORE_OF_CODE
    return text.replace(",", ".") if _DECIMAL.fullmatch(text) else text, SCORE_OF_CODE


def _of_number(number: float) -> str:
    """Write a number as a code: 3507082001.0 is a desa, 35.1 the kabupaten 35.10."""
    if not math.isfinite(number) or number < 0:
        return ""
    return str(int(number)) if number == int(number) else f"{number:.2f}"


def older_codes(lineage: pd.DataFrame) -> dict[str, tuple[str, float]]:
    """Map each older code, of any level, to its code of today and a score."""
    moved = moved_codes(lineage)
    scores = moved["cara"].map(SCORE_OF_KIND)
    pairs = zip(moved["kode_2025"].tolist(), scores.tolist(), strict=True)
    return dict(zip(moved["kode"].tolist(), pairs, strict=True))

"""Resolves codes of regions in any writing to the codes of the gazetteer.

Only codes of Kemendagri are understood. BPS writes a desa with as many digits but numbers regions
differently (its 1101 is Simeulue, Kemendagri's 11.01 is Aceh Selatan), so a column of BPS codes
must not come here.
"""

import math
import re
from collections.abc import Iterable

import pandas as pd

from geodata.errors import RegionError
from geodata.gazetteer import Gazetteer
from geodata.matching.candidate import Candidate, Method
from geodata.regions import LEVELS, parse

SCORE_OF_CODE = 100.0
# How sure a step of the crosswalk is: carried over by name inside one kecamatan, or by name alone.
SCORE_OF_CROSSWALK = {"nama dan kecamatan": 95.0, "nama": 90.0}

_WHOLE_NUMBER = re.compile(r"(\d+)\.0?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d+", re.ASCII | re.IGNORECASE)
_PCODE = re.compile(r"^ID(?=\d)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s'’`_/\-‐-―]+")


def resolve_codes(
    raw: Iterable[object], gazetteer: Gazetteer, crosswalk: pd.DataFrame
) -> list[Candidate | None]:
    """Find the region that each value of ``raw`` is the code of.

    Read are codes of all four levels with or without dots, blanks, hyphens or the ``ID`` of a
    P-code, and codes that a spreadsheet made into numbers (``3507082001.0``, ``1.1e9``). A code
    that lost a zero inside is not recoverable and stays unresolved.

    Parameters
    ----------
    raw
        Text or numbers.
    gazetteer
        The regions of today.
    crosswalk
        Desa codes that moved: kode_2020, kode_2025, metode. Codes of kecamatan and above moved
        where all their desa moved to one region.

    Returns
    -------
    A candidate for each value, in their order, found by ``Method.KODE`` or ``Method.KODE_LAMA``;
    ``None`` where unresolved.
    """
    raw = list(raw)
    codes = {value: _dotted(value) for value in dict.fromkeys(raw)}
    resolved = {
        value: Candidate(code, SCORE_OF_CODE, Method.KODE)
        for value, code in codes.items()
        if code is not None and code in gazetteer
    }
    if any(code and value not in resolved for value, code in codes.items()):
        moved = _moved_codes(crosswalk)
        for value, code in codes.items():
            if value not in resolved and code in moved and moved[code][0] in gazetteer:
                today, score = moved[code]
                resolved[value] = Candidate(today, score, Method.KODE_LAMA)
    return [resolved.get(value) for value in raw]


def _dotted(value: object) -> str | None:
    """Write ``value`` as a dotted code; ``None`` if it cannot be one."""
    if isinstance(value, bool) or value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (float, int)):
        text = _of_number(value)
    else:
        text = _SEPARATORS.sub("", str(value))
        text = _PCODE.sub("", text)
        if whole := _WHOLE_NUMBER.fullmatch(text):
            text = whole[1]
        elif _SCIENTIFIC.fullmatch(text):
            text = _of_number(float(text))
    try:
        return parse(text)
    except RegionError:
        return None


def _of_number(number: float) -> str:
    """Write a number as a code: 3507082001.0 is a desa, 35.1 the kabupaten 35.10."""
    if not math.isfinite(number) or number < 0:
        return ""
    return str(int(number)) if number == int(number) else f"{number:.2f}"


def _moved_codes(crosswalk: pd.DataFrame) -> dict[str, tuple[str, float]]:
    """Map each code of 2020 that moved, of any level, to its code of 2025 and a score."""
    scores = crosswalk["metode"].map(SCORE_OF_CROSSWALK)
    moved: dict[str, tuple[str, float]] = {}
    for level in LEVELS:
        pairs = pd.DataFrame(
            {
                "old": crosswalk["kode_2020"].str[: level.code_length],
                "new": crosswalk["kode_2025"].str[: level.code_length],
                "score": scores,
            }
        )
        # Of a kecamatan or above, only where all desa moved to one region.
        least = pairs.groupby(["old", "new"], as_index=False).agg({"score": "min"})
        pairs = least[~least["old"].duplicated(keep=False)]
        moved |= {old: (new, score) for old, new, score in pairs.itertuples(index=False)}
    return moved

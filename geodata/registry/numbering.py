"""The rule by which a kabupaten/kota gives out registration numbers (nomor_induk).

A rule is a text such as ``{kabupaten}.{tahun}.{urut:04}``: the code of a region, the year, and a
running number among all that are alike but for it.
"""

import re
from collections.abc import Iterable
from string import Formatter

from geodata.regions import Level

_RUNNING = "urut"
_CODES = {
    "provinsi": Level.PROVINSI,
    "kabupaten": Level.KABUPATEN_KOTA,
    "kecamatan": Level.KECAMATAN,
    "desa": Level.DESA,
}
_FIELDS = (*_CODES, "tahun", _RUNNING)
_DIGITS = re.compile(r"(0?[1-9])?")
_PUNCTUATION = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[A-Za-z0-9 ./_-]*")


def checked_rule(rule: str) -> str:
    """Return a rule if numbers can be made by it.

    Raises
    ------
    ValueError
        If it cannot be read, names another field, or not the running number exactly once.
    """
    running = 0
    for literal, field, spec, conversion in Formatter().parse(rule):
        if not _PLAIN.fullmatch(literal):
            raise ValueError(f"only letters, digits, spaces and ./_- stand in it, not {literal!r}")
        if field is None:
            continue
        if field not in _FIELDS or conversion:
            raise ValueError(f"there is no {{{field}}}; there are {', '.join(_FIELDS)}")
        if not _DIGITS.fullmatch(spec or "") or (spec and field != _RUNNING):
            raise ValueError(f"{{{field}:{spec}}} is no number of digits, such as {{urut:04}}")
        running += field == _RUNNING
    if running != 1:
        raise ValueError("the running number {urut} stands in it exactly once")
    return rule


def next_numbers(rule: str, codes: Iterable[str], year: int, given: Iterable[str]) -> list[str]:
    """Return the next numbers of a rule, one for each KIM that is to have one.

    Parameters
    ----------
    codes
        Code of the desa of each KIM.
    given
        All numbers that any KIM has or had, and maybe others: none of them is given again, nor
        one that differs by punctuation only, which duplicates are told by.
    """
    taken = [_letters(number) for number in given]
    last: dict[str, int] = {}
    numbers = []
    for kode in codes:
        before, after, digits = _parts(rule, kode, year)
        alike = f"{_letters(before)}([0-9]{{1,8}}){_letters(after)}"
        if alike not in last:
            matches = (re.fullmatch(alike, number) for number in taken)
            last[alike] = max((int(match[1]) for match in matches if match), default=0)
        last[alike] += 1
        numbers.append(f"{before}{last[alike]:{digits}}{after}")
    return numbers


def _parts(rule: str, kode: str, year: int) -> tuple[str, str, str]:
    """Return what stands before and after the running number, and how that is written."""
    codes = {name: kode[: level.code_length] for name, level in _CODES.items()}
    parts = [""]
    digits = ""
    for literal, field, spec, _ in Formatter().parse(rule):
        parts[-1] += literal
        if field == _RUNNING:
            digits = spec or ""
            parts.append("")
        elif field is not None:
            parts[-1] += codes.get(field, str(year))
    before, after = parts
    return before, after, digits


def _letters(number: str) -> str:
    return _PUNCTUATION.sub("", number).lower()

"""Reads the numbers of a column, whichever marks it writes them with; guesses none."""

import math
import re
from collections.abc import Iterable

from geodata.indicators.indicator import Kind
from geodata.indicators.reasons import Reason
from geodata.registry.intake.values import is_nothing

_MARKS = ",."
_LONGEST = 40  # characters of a number
_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_MARKED = re.compile(r"[+-]?[\d.,]*\d[\d.,]*%?", re.ASCII)
_WRITTEN = {
    mark: re.compile(
        rf"[+-]?(\d+|\d{{1,3}}([{other}]\d{{3}})+)?([{mark}]\d+)?(e[+-]?\d{{1,2}})?",
        re.ASCII | re.IGNORECASE,
    )
    for mark, other in zip(_MARKS, reversed(_MARKS), strict=True)
}


def decimal_mark(cells: Iterable[str]) -> str:
    """Return with which mark a column writes decimals, as far as its cells leave no doubt.

    ``1,234`` may be either; ``1,23``, ``0,234`` and ``1.234,5`` have a decimal comma, and so has a
    column with ``1.234.567``.

    Returns
    -------
    "," or "."; "" where nothing tells, or cells contradict each other.
    """
    plain = (_plain(cell) for cell in cells)
    told = {_told(cell) for cell in plain if _MARKED.fullmatch(cell)} - {""}
    return told.pop() if len(told) == 1 else ""


def read_number(cell: str, kind: Kind, mark: str, *, percent: bool = False) -> float | Reason:
    """Return the number that a cell holds, or why it holds none that can be used.

    Parameters
    ----------
    kind
        A ``count`` is a whole number from zero, a ``share`` is 0 to 1 or has a percent sign, an
        ``index`` is any number.
    mark
        With which mark the column writes decimals: "" where that is not known.
    percent
        Whether the shares of the column are percentages without a sign.

    >>> read_number("1.234", "count", ""), read_number("45,5%", "share", "")
    (1234.0, 0.455)
    """
    if is_nothing(cell):
        return Reason.EMPTY
    plain = _plain(cell)
    signed = kind == "share" and plain.endswith("%")
    if signed:
        plain = plain[:-1]
    number = _number(plain, kind, mark)
    if isinstance(number, Reason):
        return number
    if kind != "index" and number < 0:
        return Reason.NEGATIVE
    if kind == "count":
        return number if number == int(number) else Reason.NOT_WHOLE
    if kind == "share":
        number = number / 100 if signed or percent else number
        return number if number <= 1 else Reason.OVER_ONE
    return number


def _number(plain: str, kind: Kind, mark: str) -> float | Reason:
    own = _told(plain)
    marked = any(char in _MARKS for char in plain)
    if marked and not own:
        # A count has no decimals, so what parts its digits parts thousands.
        own = _other(next(char for char in plain if char in _MARKS)) if kind == "count" else mark
        if not own:
            return Reason.AMBIGUOUS
    own = own or "."
    if len(plain) > _LONGEST or not _WRITTEN[own].fullmatch(plain):
        return Reason.NOT_A_NUMBER
    digits = plain.replace(_other(own), "").replace(own, ".")
    try:
        number = float(digits)
    except ValueError:
        return Reason.NOT_A_NUMBER
    return number if math.isfinite(number) else Reason.NOT_A_NUMBER


def _told(plain: str) -> str:
    """Return the mark of decimals that a cell shows beyond doubt; "" if it shows none."""
    marks = [char for char in plain if char in _MARKS]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return _other(marks[0])
    before, _, after = plain.lstrip("+-").rstrip("%").partition(marks[0])
    grouped = len(after) == 3 and 0 < len(before) <= 3 and before.strip("0") != ""
    return "" if grouped else marks[0]


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _plain(cell: str) -> str:
    return _THOUSANDS.sub("", cell).strip().replace(" %", "%")

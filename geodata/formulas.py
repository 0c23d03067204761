"""Text that a spreadsheet would run as a formula: written so that none does, and read back.

An apostrophe before it makes it text (OWASP, "CSV Injection"). Spreadsheets pass over blanks and
quotation marks before a formula, and read full-width signs as the narrow ones. A file opened with
another separator than its own is cut at commas, semicolons and line breaks inside its cells, so a
formula behind one of these gets its apostrophe too. So does a telephone number such as
``+62 812``, which a spreadsheet would compute.
"""

import re

_SIGN = r"[\s'\"\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]"
_FIRST, _CUT = rf"(?={_SIGN}|'*[\t\r\n])", rf"(?={_SIGN})"
_BARE = re.compile(rf"^{_FIRST}|(?<=[,;|\t\r\n]){_CUT}")
_MARKED = re.compile(rf"^'{_FIRST}|(?<=[,;|\t\r\n])'{_CUT}")


def without_formula(words: str) -> str:
    """Return ``words`` so that no spreadsheet takes them, or a part of them, for a formula.

    >>> without_formula("=1+1"), without_formula("Wajak"), without_formula("Wajak;@A1")
    ("'=1+1", 'Wajak', "Wajak;'@A1")
    """
    return _BARE.sub("'", words)


def as_written(cell: str) -> str:
    """Return the words of which :func:`without_formula` made ``cell``.

    >>> as_written("'=1+1"), as_written("'t Gooi")
    ('=1+1', "'t Gooi")
    """
    return _MARKED.sub("", cell)

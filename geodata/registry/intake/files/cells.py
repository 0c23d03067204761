"""A cell as text."""

import datetime
import re

MAX_CELLS = 20_000_000  # of a file, in all its sheets together

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_EDGES = " \t\r\n\xa0"


def tidy(text: str) -> str:
    """Return ``text`` without blanks at its ends and without characters nobody can see."""
    if not text.isprintable():
        text = _CONTROL.sub("", text.replace("\xa0", " "))
    return text.strip(_EDGES)


def as_text(value: object) -> str:
    """Return a value of a spreadsheet as text: whole numbers without decimals, dates ISO 8601.

    >>> as_text(3507082001.0)
    '3507082001'
    """
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return tidy(str(value))

"""Bytes as text: UTF-8 or UTF-16, with or without a mark, else Windows-1252 or a guess.

A file of UTF-8 may hold bytes that are none, as when rows of two files are put together. These stay
apart from the text until they are found in their row: see :func:`foreign_as_windows`.
"""

import codecs
import re

from charset_normalizer import from_bytes

from geodata.registry.intake.intake_error import IntakeError

FOREIGN = "\udc80-\udcff"
"""Characters (a range) that stand in a text for bytes that are not of its encoding."""

UNKNOWN = "\ufffd"
"""A character that could not be read."""

_SAMPLE = 1 << 18  # bytes by which an encoding is guessed
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_MANY_NULLS = 0.3  # of every other byte: ASCII in UTF-16
_MOST_CONTROLS = 0.02  # of the bytes that are not NUL; what has more is no text
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\f\r\x1a"))
_OF_SEVERAL_BYTES = re.compile(rf"[^\x00-\x7f{FOREIGN}]")


def decoded(data: bytes, name: str) -> str:
    """Return ``data`` as text, with :data:`FOREIGN` and :data:`UNKNOWN` for what is none.

    Raises
    ------
    IntakeError
        If it is no text.
    """
    if utf16 := _UTF16.get(data[:2]) or _unmarked_utf16(data):
        return data.decode(utf16, errors="replace")
    written = data.translate(None, b"\0")
    if len(written) - len(written.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(written):
        raise IntakeError("intake_binary", file=name)
    text = data.decode("utf-8-sig", errors="surrogateescape")
    if _OF_SEVERAL_BYTES.search(text) or not re.search(f"[{FOREIGN}]", text):
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise IntakeError("intake_binary", file=name)
    return data.decode(guess.encoding, errors="replace")


def foreign_as_windows(text: str) -> str:
    r"""Return ``text`` with its foreign bytes read as Windows-1252, the most common of all others.

    >>> foreign_as_windows(b"Jum\x92at".decode(errors="surrogateescape"))
    'Jum’at'
    """
    return re.sub(
        f"[{FOREIGN}]",
        lambda byte: bytes([ord(byte[0]) - 0xDC00]).decode("cp1252", "replace"),
        text,
    )


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    for encoding, nulls in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        others = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
        if nulls and nulls.count(0) > _MANY_NULLS * len(nulls) and others.count(0) == 0:
            return encoding
    return None

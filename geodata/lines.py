"""Text from elsewhere (files, addresses, people) as a line of ours can hold it.

A name may hold line breaks, which would forge a line of a message or a log, escape sequences, which
recolour a terminal, and direction marks, which turn the text around them.
"""

import traceback
import unicodedata

# Zero-width joiners shape letters and emoji, and can forge nothing.
_JOINERS = "\u200c\u200d"


def on_one_line(words: str) -> str:
    r"""Return ``words`` on one line: breaks are blanks, control and direction marks are gone.

    >>> on_one_line("Wajak\x1b[31m\r\nGagal")
    'Wajak[31m  Gagal'
    """
    if words.isprintable():  # nearly always
        return words
    return "".join(_shown(word) for word in words)


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp") or (kind == "Cc" and character.isspace()):
        return " "
    return "" if kind.startswith("C") and character not in _JOINERS else character


def traceback_of(error: BaseException) -> str:
    """Return the traceback of ``error`` for a log, in which no message forges a line."""
    chunks = traceback.format_exception(error)
    # Those of frames hold our own lines alone; the others are what exceptions say.
    return "\n".join(
        chunk.rstrip("\n") if chunk.startswith("  File ") else on_one_line(chunk.strip("\n"))
        for chunk in chunks
    )


def short_line(words: str, longest: int = 120) -> str:
    r"""Return ``words`` on one line with single blanks, cut at ``longest`` characters.

    For documents that have room for so much, and XML, which allows no control characters.

    >>> short_line("Desa\u202e\n  Wajak")
    'Desa Wajak'
    """
    line = " ".join(on_one_line(words).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

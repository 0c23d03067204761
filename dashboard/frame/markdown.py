"""Text for Streamlit, which takes nearly all of it for Markdown: labels, notices, cells, headings.

Values of others (names in a file, an address, what somebody typed) are shown as they are written:
no link, picture, icon, colour or heading is made of them. :func:`say` is for every text of ours
that has values; :func:`literal` is for words of others alone.
"""

import re

import streamlit as st

from geodata.errors import PetaKimError
from geodata.lines import on_one_line
from geodata.text import number, percent, text

# Some marks work on the text as it is shown, so that a backslash does not stop them. They are
# parted by an element without content, which leaves what is seen and copied as it is.
_NOTHING = ":small[]"
_ADDRESS = r"www(?=\.)|@(?=[-\w])"
_COLON = r"(?<=http):(?=//)|(?<=https):(?=//)|:(?=[\w+/-]+:)"
_ARROW = r"(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)"
_NUMBERED = r"^\d+(?=[.)](?:\s|$))"
_AT_START = r"^(?:\#|>|[-+=](?=[-+=\s]|$))"
_MARK = r"[\\`*\[\]{<|~$]|!(?=\[)|(?<=\])\(|(?<![^\W_])_|_(?![^\W_])|:(?=[a-z])|&(?=\#?\w+;)"
_ACTIVE = re.compile(
    f"(?P<address>{_ADDRESS})|(?P<colon>{_COLON})|(?P<arrow>{_ARROW})"
    f"|(?P<numbered>{_NUMBERED})|{_AT_START}|{_MARK}",
    re.IGNORECASE,
)


def literal(words: str) -> str:
    r"""Return Markdown that shows ``words`` as they are written, on one line.

    >>> literal("![p](http://contoh.example) *tebal*")
    '\\!\\[p\\]\\(http\\::small[]//contoh.example) \\*tebal\\*'
    """
    return _ACTIVE.sub(_disarmed, " ".join(on_one_line(words).split()))


def _disarmed(match: re.Match[str]) -> str:
    mark = match[0]
    if match["address"]:
        return mark + _NOTHING
    if match["numbered"]:
        return mark + "\\"
    if match["arrow"]:
        return _NOTHING.join(f"\\{char}" for char in mark)
    return "\\" + mark + (_NOTHING if match["colon"] else "")


def say(key: str, lang: str, **values: object) -> str:
    """Return the text ``key`` as Markdown: our words may be bold, those of ``values`` are literal.

    ``values`` are as for :func:`geodata.text.text`.
    """
    shown = {
        name: value if isinstance(value, int | float) else literal(str(value))
        for name, value in values.items()
    }
    return text(key, lang, **shown)


def part_of(count: float, whole: float, lang: str) -> str:
    """Return how many of all, and which share that is: ``132 dari 328 (40,2%)``."""
    share = percent(count / whole, lang) if whole else "–"
    figures = {"jumlah": number(count, lang), "semua": number(whole, lang)}
    return say("widget.part", lang, **figures, bagian=share)


def explain(error: PetaKimError, lang: str) -> str:
    """Return the sentence of ``error`` as Markdown."""
    return say(f"error.{error.key}", lang, **error.values_in(lang))


def show_error(error: PetaKimError, lang: str) -> None:
    """Tell the reader what was wrong."""
    st.error(explain(error, lang), icon=":material/error:")

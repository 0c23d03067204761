"""What is searched for in the audit log: kept in the address, beside the view's region."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard import data, permission
from dashboard.frame import widgets
from geodata.people.audit import Entry, read_audit
from geodata.people.rights import NotAllowed, Person, Right
from geodata.regions import is_within
from geodata.text import text
from geodata.view.address import Part, number_parameter, simple_parameter

_LARGEST = 2**31 - 1  # number of a KIM or a line, as databases count them
_LONGEST = 100


@dataclass(frozen=True)
class LogSearch:
    """Which lines are asked for, and where the page of them begins.

    Attributes
    ----------
    kim
        The number of a KIM; 0 for any.
    words
        Letters that a line has.
    before
        Only lines with a lower number; 0 for the latest.
    """

    kim: int = 0
    words: str = ""
    before: int = 0


LOG: Part[LogSearch] = Part(
    LogSearch(),
    number_parameter("nomor_kim", int, 1, _LARGEST, "kim"),
    replace(simple_parameter("kata", str, str, "words"), longest=_LONGEST),
    number_parameter("sebelum", int, 1, _LARGEST, "before"),
)


def region_to_read(person: Person, region: str | None) -> str | None:
    """Return the region whose log somebody reads who asks for that of ``region``.

    Whoever may read a part of it alone reads that part.

    Raises
    ------
    NotAllowed
        If they may read nothing of it.
    """
    if person.may(Right.LOG, region):
        return region
    own = person.region
    if own is None or not (region is None or is_within(own, region)):
        raise NotAllowed("not_allowed", right=Right.LOG, region=region)
    return own


def found(
    region: str | None, asked: LogSearch, before: int | None = None, limit: int | None = None
) -> list[Entry]:
    """Return the lines that are searched for; ``before`` and ``limit`` as in ``read_audit``.

    Raises
    ------
    NotAllowed
        If whoever asks may not read them, at this moment.
    """
    with permission.acting(Right.LOG, region):
        return read_audit(
            data.registry(),
            region=region,
            kim_id=asked.kim or None,
            words=asked.words,
            before=before,
            limit=limit,
        )


def draw(asked: LogSearch, lang: str) -> None:
    """Draw what can be searched for; another search begins with the latest lines."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            text("catatan.words", lang),
            max_chars=_LONGEST,
            placeholder=text("catatan.words_example", lang),
            **widgets.bound_own(
                LOG,
                "catatan-kata",
                asked.words,
                lambda now, words: replace(now, words=words.strip(), before=0),
            ),
        )
        st.number_input(
            text("catatan.kim", lang),
            min_value=1,
            max_value=_LARGEST,
            width=200,
            placeholder=text("catatan.kim_example", lang),
            help=text("catatan.kim_help", lang),
            **widgets.bound_own(
                LOG,
                "catatan-kim",
                asked.kim or None,
                lambda now, kim: replace(now, kim=kim or 0, before=0),
            ),
        )

"""Who asks, and what they may: pages ask here before they show or do what is not for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.http.access import person_of
from geodata.people.audit import from_origin
from geodata.people.rights import READER, Person, Right, require


def person() -> Person:
    """Return who asks for this page.

    A page without a connection is asked for by nobody, so by a reader.
    """
    headers = list(st.context.headers.items())
    return person_of(headers) if headers else READER


def may(right: Right, region: str | None = None) -> bool:
    """Tell whether whoever asks may, for a region (a code; ``None`` is Indonesia)."""
    return person().may(right, region)


def may_somewhere(right: Right) -> bool:
    """Tell whether there is a region for which whoever asks may."""
    return person().may_somewhere(right)


@contextmanager
def acting(right: Right, region: str | None = None) -> Iterator[str]:
    """Give the name under which something is done; what is logged within says from where.

    Raises
    ------
    NotAllowed
        If whoever asks may not.
    """
    who = person()
    require(who, right, region)
    with from_origin(st.context.ip_address or "localhost"):
        yield who.name

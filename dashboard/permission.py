"""Who asks, and what they may: pages ask here before they show or do what is not for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.http.access import person_of
from geodata.people.audit import from_origin
from geodata.people.rights import READER, Person, Right, require
from geodata.settings import settings
from geodata.text import text


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


def explain_lack(right: Right, at_machine: str, lang: str) -> str:
    """Return what whoever lacks a right is told of how to get it.

    Parameters
    ----------
    at_machine
        Key of the text that says so where nobody signs in.
    """
    if not settings().signs_in:
        return text(at_machine, lang)
    key = "missing" if person().name else "needed"
    return text(f"account.{key}", lang, hak=text(f"right.{right}", lang))


def origin() -> str:
    """Return from where whoever asks does so, for the log."""
    return st.context.ip_address or "localhost"


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
    with from_origin(origin()):
        yield who.name

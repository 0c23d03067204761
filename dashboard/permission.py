"""Who asks, and what they may: pages ask here before they show or do what is not for everybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from dashboard.http.access import person_of
from geodata.people.audit import from_origin
from geodata.people.rights import READER, Person, Right, require
from geodata.settings import settings
from geodata.text import text

P = ParamSpec("P")
T = TypeVar("T")
Connection = tuple[list[tuple[str, str]], str]
"""The headers of a page's websocket, and the address it comes from."""

_kept: ContextVar[Connection | None] = ContextVar("connection", default=None)


def person() -> Person:
    """Return who asks for this page.

    A page without a connection is asked for by nobody, so by a reader.
    """
    headers, _ = _connection()
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
    return _connection()[1]


def _connection() -> Connection:
    now = st.context
    return _kept.get() or (list(now.headers.items()), now.ip_address or "localhost")


def asked_later(make: Callable[P, T]) -> Callable[P, T]:
    """Return ``make`` for a button whose file is made once it is pressed.

    That is outside of any run of the page. Who asks is then whoever the page was drawn for, and
    what they may is looked up at that moment.
    """
    connection = _connection()

    @wraps(make)
    def made(*given: P.args, **named: P.kwargs) -> T:
        token = _kept.set(connection)
        try:
            return make(*given, **named)
        finally:
            _kept.reset(token)

    return made


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

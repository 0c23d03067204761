"""The view of the session, read from and written to the address: the URL is the state."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlsplit

import streamlit as st

from dashboard import data
from dashboard.frame.markdown import say
from geodata.boundaries.petak.tilesets import has_petak
from geodata.days import today
from geodata.indicators.current import figures
from geodata.view import address
from geodata.view.address import LONGEST_VALUE, VIEW, Notice, Part, read_language, read_view
from geodata.view.view import View

T = TypeVar("T")

_KEPT = 512  # addresses; every widget of a page asks for the view


def current() -> View:
    """Return the view that the address names; what it cannot name is left at its default."""
    return _now()[0]


def language() -> str:
    """Return the language that the address names, even where nothing else can be read."""
    return read_language(st.query_params)


def change(update: Callable[[View], View]) -> None:
    """Write ``update`` of the view into the address; for callbacks, which a rerun follows.

    The view is read anew: of two quick changes the second must not undo the first. What a page
    keeps there of its own (see :func:`set_own`) stays.
    """
    rest = VIEW.rest(st.query_params)
    st.query_params.from_dict(VIEW.write(update(current())) | rest)


def own(part: Part[T]) -> T:
    """Return what a page keeps of its own in the address."""
    return part.read(st.query_params, data.gazetteer())[0]


def set_own(part: Part[T], value: T) -> None:
    """Write what a page keeps of its own into the address, beside the view.

    It lasts as long as the page: links to other pages carry the view alone.
    """
    # In one go, so that the browser's history holds no address in between.
    st.query_params.from_dict(part.rest(st.query_params) | part.write(value))


def link() -> str:
    """Return the whole address of what is on screen."""
    page = (st.context.url or "").split("?")[0]
    return address.link(page, st.query_params.to_dict())


def server() -> str:
    """Return scheme and host by which the reader has come: ``https://kim.contoh.go.id``."""
    where = urlsplit(st.context.url or "")
    return f"{where.scheme}://{where.netloc}" if where.netloc else ""


def show_notices(part: Part) -> None:
    """Tell the reader what of ``part`` in the address could not be used."""
    notices = _now()[1] if part is VIEW else part.read(st.query_params, data.gazetteer())[1]
    warn(notices, language())


def warn(notices: Iterable[Notice], lang: str) -> None:
    """Tell the reader which parameters could not be used."""
    for notice in notices:
        said = say("app.notice", lang, parameter=notice.parameter, value=notice.value)
        st.warning(said, icon=":material/link_off:")


def _now() -> tuple[View, list[Notice]]:
    """Return view and notices; where Petak's tiles are missing, it is not shown."""
    view, notices = _read(_of_view(), today(), figures().version)
    if not view.petak or has_petak():
        return view, notices
    return replace(view, petak=False), [*notices, Notice("petak", "1")]


def _of_view() -> tuple[tuple[str, str], ...]:
    """Return what of the address names the view, no longer than it takes to see it is too long."""
    params = st.query_params.to_dict()
    known = (name for name in VIEW.names if name in params)
    return tuple((name, params[name][: LONGEST_VALUE + 1]) for name in known)


@lru_cache(maxsize=_KEPT)
def _read(params: tuple[tuple[str, str], ...], _: date, __: str) -> tuple[View, list[Notice]]:
    """Return what the parameters say now: a day may still be to come, an indicator be gone."""
    return read_view(dict(params), data.gazetteer())

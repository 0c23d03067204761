"""Expensive answers on pages: the reader sees that there is a queue, and may leave it."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from dashboard import data
from dashboard.frame import state
from dashboard.workshop import turns
from dashboard.workshop.kept import kept, key_of
from dashboard.workshop.workshop import workshop
from geodata.text import text
from geodata.view.choropleth import Choropleth, choropleth
from geodata.view.view import View

Made = TypeVar("Made")


def made(
    key: Hashable, maker: Callable[[], Made], told: Callable[[float], object] | None = None
) -> Made:
    """Return what ``maker`` makes for ``key``; ``told`` hears which share is done.

    Raises
    ------
    BusyError
        If too many wait already, or the wait was too long.
    """
    room, lang = st.empty(), state.language()

    def meanwhile(share: float) -> None:
        turns.leave()
        # Writing to the page is also what ends the wait of a reader who has gone on.
        room.caption(text("app.in_queue", lang))
        if told:
            told(share)

    try:
        return workshop().make(key, maker, meanwhile)
    finally:
        room.empty()


def shown(view: View, beside: View | None = None) -> Choropleth:
    """Return the choropleth of ``view``; one that rests on clusters waits for its turn.

    It is classed together with that of the view ``beside`` it.
    """
    asked = view, data.snapshot(view), data.boundaries(), beside
    if not view.shown_metric.expensive:
        return kept(choropleth, *asked)
    return made(key_of(choropleth, *asked), lambda: choropleth(*asked))

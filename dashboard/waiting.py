"""Expensive answers on pages: the reader sees that there is a queue, and may leave it."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import pandas as pd
import streamlit as st

from dashboard import data, state
from dashboard.workshop import workshop
from geodata.analysis.map_metrics import MAP_METRICS, map_table
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.text import text

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
        # Writing to the page is also what ends the wait of a reader who has gone on.
        room.caption(f":material/hourglass: {text('app.in_queue', lang)}")
        if told:
            told(share)

    try:
        return workshop().make(key, maker, meanwhile)
    finally:
        room.empty()


def figures(metric: str, kim_filter: KimFilter, level: Level, within: str | None) -> pd.DataFrame:
    """Return ``map_table`` of the data in use; what rests on clusters waits for its turn."""
    snapshot, boundaries = data.snapshot(), data.boundaries()

    def maker() -> pd.DataFrame:
        return map_table(metric, snapshot, kim_filter, boundaries, level, within)

    if not MAP_METRICS[metric].expensive:
        return maker()
    key = ("figures", snapshot.version, boundaries.version, metric, kim_filter, level, within)
    return made(key, maker).copy()  # what is kept belongs to nobody

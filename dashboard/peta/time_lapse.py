"""The time-lapse of the page Peta: which it is, in the address, what it shows, and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import streamlit as st

from dashboard import data
from dashboard.frame import state, tables
from dashboard.frame.widgets import bound_own
from dashboard.workshop import waiting
from dashboard.workshop.kept import key_of
from geodata.boundaries.boundary_set import BoundarySet
from geodata.registry.snapshot import Snapshot
from geodata.text import text
from geodata.view.address import Part, choice_parameter
from geodata.view.choropleth import Choropleth
from geodata.view.lapse import PACES, Moment, can_lapse, in_time, lapse_days, lapse_table
from geodata.view.view import View

InTime = tuple[Choropleth, tuple[Moment, ...]]
NEVER: Literal[""] = ""


@dataclass(frozen=True)
class TimeLapse:
    """From end to end of what the time-lapse goes; "": there is none."""

    pace: Literal["", "tahun", "bulan"] = NEVER


TIME_LAPSE: Part[TimeLapse] = Part(TimeLapse(), choice_parameter("gerak", (NEVER, *PACES), "pace"))


def choice(view: View) -> None:
    """Draw the choice of a time-lapse."""
    lang = view.lang
    st.selectbox(
        text("lapse.choice", lang),
        (NEVER, *PACES),
        format_func=lambda pace: text(f"lapse.pace.{pace or 'never'}", lang),
        disabled=not can_lapse(view),
        help=text("lapse.help", lang),
        **bound_own(TIME_LAPSE, "gerak", state.own(TIME_LAPSE).pace, lambda _, to: TimeLapse(to)),
    )


def shown(view: View) -> InTime | None:
    """Return the view in classes of all its days, and these; nothing where it has no time-lapse."""
    pace = state.own(TIME_LAPSE).pace
    if not pace or not can_lapse(view):
        return None
    now = data.snapshot(view)
    known = now.registered[~np.isnat(now.registered)]
    if not len(known):
        return None
    days = lapse_days(
        "bulan" if pace == "bulan" else "tahun", known.min().item(), date.fromisoformat(now.date)
    )
    if not days:
        return None
    asked = view, now, data.boundaries(), days
    return waiting.made(key_of(_in_time, *asked), lambda: _in_time(*asked))


def _in_time(view: View, now: Snapshot, boundaries: BoundarySet, days: tuple[date, ...]) -> InTime:
    earlier = [data.snapshot(replace(view, day=day)) for day in days]
    return in_time(view, now, boundaries, days, earlier)


def show_figures(moments: Sequence[Moment], lang: str) -> None:
    """Draw the figures of the whole region, day by day, for who would rather read."""
    with st.expander(text("lapse.table", lang), icon=":material/timeline:"):
        tables.show_table(lapse_table(moments), "peta-gerak", lang)
        st.caption(text("lapse.note", lang))

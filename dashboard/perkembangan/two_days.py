"""The two days of the page Perkembangan, and the number whose KIM are listed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard import data
from dashboard.frame.widgets import bound_own
from geodata.analysis.change import STEPS
from geodata.days import today, years_before
from geodata.text import text
from geodata.view.address import Part, choice_parameter, past_day, simple_parameter
from geodata.view.view import View


@dataclass(frozen=True)
class TwoDays:
    """What the page Perkembangan keeps in the address.

    Attributes
    ----------
    end
        None: the day of the view, else today; of the sample the day that it is of.
    start
        None: a year before.
    step
        The column of ``change.STEPS`` whose KIM are listed; "" for none.
    """

    start: date | None = None
    end: date | None = None
    step: str = ""


TWO_DAYS: Part[TwoDays] = Part(
    TwoDays(),
    simple_parameter("dari", past_day, date.isoformat, "start"),
    simple_parameter("sampai", past_day, date.isoformat, "end"),
    choice_parameter("angka", STEPS, "step"),
)


def days_of(view: View, asked: TwoDays) -> tuple[date, date]:
    """Return the two days, the earlier first."""
    end = asked.end or view.day or _last_day()
    start = asked.start or years_before(end, 1)
    return min(start, end), max(start, end)


def _last_day() -> date:
    """Return today; of the sample, whose rows stay as they are, the day that it is of."""
    now = data.snapshot()
    return date.fromisoformat(now.date) if now.illustrative else today()


def choice(days: tuple[date, date], lang: str) -> None:
    """Draw the choice of the two days."""
    with st.container(horizontal=True, gap="small"):
        for name, day in zip(("start", "end"), days, strict=True):
            st.date_input(
                text(f"perkembangan.{name}", lang),
                min_value=date(1990, 1, 1),
                max_value=today(),
                format="DD/MM/YYYY",
                width=180,
                **bound_own(TWO_DAYS, f"perkembangan-{name}", day, _changed(name)),
            )


def _changed(name: str) -> Callable[[TwoDays, date | None], TwoDays]:
    def changed(now: TwoDays, chosen: date | None) -> TwoDays:
        change: dict[str, Any] = {name: chosen}
        return replace(now, **change)

    return changed

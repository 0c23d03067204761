"""Activity on the page Pelaporan: changes of status, KIM untouched for long, and completeness."""

from collections.abc import Hashable
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import tables
from dashboard.frame.markdown import say
from dashboard.pelaporan.settings import MONTHS
from dashboard.workshop.kept import kept
from geodata.analysis.activity import status_matrix
from geodata.days import months_before
from geodata.registry.current import load_snapshot
from geodata.registry.database.as_of import first_version_day
from geodata.registry.database.board import board_version
from geodata.registry.database.completeness import completeness
from geodata.registry.database.touched import untouched_by_region, untouched_kim
from geodata.text import day, number, text
from geodata.view.view import View

_POINTS = 12
"""Days, or nearly, on which completeness is told."""


def show(view: View, months: int, until: date) -> None:
    """Draw what happened in the ``months`` before ``until``, and what did not."""
    lang = view.lang
    st.header(text("pelaporan.activity.heading", lang))
    if data.snapshot().illustrative:
        st.info(text("pelaporan.activity.sample", lang), icon=":material/science:")
        return
    since = months_before(until, months)
    _show_status(view, since, months_before(until, MONTHS[0]))
    _show_untouched(view, months, since)
    _show_completeness(view, months, until)


def _show_status(view: View, since: date, latest: date) -> None:
    """Draw what became of statuses since a day; ``latest`` is the last day that can be chosen."""
    lang = view.lang
    start = load_snapshot(since, view.region)
    then = day(since.isoformat(), lang)
    if not start.revision:  # of no version, but worked out from days of registration
        first = first_version_day(data.registry())
        if first > latest:  # no choice of months would do
            hari = day(first.isoformat(), lang)
            told = say("pelaporan.activity.young", lang, awal=then, hari=hari)
        else:
            told = say("pelaporan.activity.no_version", lang, awal=then)
        st.info(told, icon=":material/info:")
        return
    st.markdown(f"**{say('pelaporan.activity.status', lang, awal=then)}**")
    matrix = kept(status_matrix, start, data.snapshot(), view.region)
    tables.show_table(matrix, "pelaporan-status", lang)


def _show_untouched(view: View, months: int, since: date) -> None:
    lang, said = view.lang, {"bulan": number(months, view.lang)}
    st.markdown(f"**{say('pelaporan.activity.untouched', lang, **said)}**")
    st.caption(say("pelaporan.activity.untouched_note", lang, **said))
    version = board_version(data.registry())
    tables.show_table(kept(_by_region, version, view.region, since), "pelaporan-diam", lang)
    if view.region is None:
        return
    kim = kept(_kim, version, view.region, since)
    if len(kim):
        with st.expander(say("pelaporan.activity.kim", lang, jumlah=number(len(kim), lang))):
            tables.show_table(kim, "pelaporan-diam-kim", lang)


def _show_completeness(view: View, months: int, until: date) -> None:
    step = max(1, months // _POINTS)
    days = tuple(months_before(until, back) for back in range(months, -1, -step))
    table = kept(_complete, board_version(data.registry()), view.region, days)
    st.markdown(f"**{text('pelaporan.activity.complete', view.lang)}**")
    tables.show_table(table, "pelaporan-lengkap", view.lang)


def _complete(_: Hashable, region: str | None, days: tuple[date, ...]) -> pd.DataFrame:
    return completeness(data.registry(), region, days)


def _by_region(_: Hashable, region: str | None, since: date) -> pd.DataFrame:
    return untouched_by_region(data.registry(), data.gazetteer(), region, since)


def _kim(_: Hashable, region: str, since: date) -> pd.DataFrame:
    rows = untouched_kim(data.registry(), region, since).drop(columns="kim_id")
    names = data.gazetteer().name
    return rows.assign(desa=rows["kode_wilayah"].map(names))

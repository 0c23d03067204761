"""The KIM behind a number of the change: which they are, by whom, when and from which file."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.frame import state, tables
from dashboard.frame.markdown import say
from dashboard.perkembangan.two_days import TWO_DAYS
from geodata.analysis.change import NOWHERE, STEPS, Development, Kind
from geodata.columns import column
from geodata.days import office_time
from geodata.people.rights import Right
from geodata.regions import Level
from geodata.registry.database.causes import causes
from geodata.registry.database.history import Event
from geodata.registry.personal import without_personal
from geodata.text import number, text
from geodata.view.view import View
from geodata.view.words import region_path

_LISTED = 500


def draw(development: Development, counts: Mapping[str, int], view: View, step: str) -> None:
    """Draw the choice of a number of the region, and the KIM behind it."""
    lang = view.lang
    st.header(text("perkembangan.behind", lang))
    offered = [name for name in STEPS if counts[name]]
    key = "perkembangan-angka"
    st.session_state[key] = step if step in offered else None
    st.pills(
        text("perkembangan.number", lang),
        offered,
        format_func=lambda name: f"{column(name).title(lang)}: {number(counts[name], lang)}",
        key=key,
        on_change=lambda: state.set_own(
            TWO_DAYS, replace(state.own(TWO_DAYS), step=st.session_state[key] or "")
        ),
    )
    if step in offered:
        rows = development.rows(step, view.scope)
        if len(rows) > _LISTED:
            first = number(_LISTED, lang)
            st.caption(say("perkembangan.first", lang, jumlah=first, semua=number(len(rows), lang)))
        tables.show_table(_listed(development, rows.head(_LISTED), lang), "perkembangan-kim", lang)


def _listed(development: Development, rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the KIM of ``rows`` with what made them count or not; the sample has no history."""
    codes = data.gazetteer().codes(Level.DESA)
    known: Mapping[int, Event] = {}
    if not development.end.illustrative:
        known = causes(data.registry(), development, rows["kim"].tolist())
    told = []
    for kim, kind, dari, ke, baris in zip(*(rows[name].tolist() for name in rows), strict=True):
        snapshot = development.start if kind == Kind.DIHAPUS else development.end
        desa = [str(codes[at]) for at in (dari, ke) if at != NOWHERE]
        places = [region_path(data.gazetteer(), code, lang) for code in desa]
        name = snapshot.kim["nama_kim"].iloc[baris]
        told.append((name, " → ".join(places), *_cause(known.get(kim), desa[-1], lang)))
    names = ["nama_kim", "wilayah", "waktu", "siapa", "kegiatan", "berkas"]
    table = pd.DataFrame(told, columns=names)
    return table if known else table[names[:2]]


def _cause(event: Event | None, kode: str, lang: str) -> tuple[str, str, str, str]:
    if event is None:
        return "", "", text("perkembangan.by_day", lang), ""
    sender = without_personal(event.sender) or text("impor.history.no_sender", lang)
    by_form = text("data_kim.history.of_form", lang)
    return (
        office_time(event.at),
        event.who if permission.may(Right.LOG, kode) else sender,
        text(f"data_kim.history.{event.action}", lang),
        without_personal(event.file_name) if event.file_name else by_form,
    )

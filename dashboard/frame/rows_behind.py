"""Every number opens its rows: of the cell that is chosen, a button shows the desa and KIM behind.

What is open stands in the address: a code, and a bidang if the number is of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import state, tables
from dashboard.frame.markdown import literal, say
from geodata.analysis.coverage import desa_behind
from geodata.exports.extracts import kim_extract
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of, parse
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import KimFilter
from geodata.text import number, text
from geodata.view.address import VIEW, Parameter, Part
from geodata.view.view import View
from geodata.view.words import counted_in_words, nothing_in_words, region_path

_MARK = ":"
_LEAD_ON = {
    "peta": ":material/map:",
    "profil": ":material/badge:",
    "kesenjangan": ":material/crisis_alert:",
}
_NONE = {"selection": {"cells": ()}}


@dataclass(frozen=True)
class Opened:
    """Whose rows are open: a region (none: ""), and one bidang if the number was of one."""

    code: str = ""
    bidang: str = ""


def _read(opened: Opened, written: str, gazetteer: Gazetteer) -> Opened:
    raw, _, bidang = written.partition(_MARK)
    code = parse(raw)
    gazetteer.name(code)
    KimFilter(bidang=(bidang,) if bidang else ())
    return replace(opened, code=code, bidang=bidang)


def _write(opened: Opened) -> str:
    return _MARK.join(filter(None, (opened.code, opened.bidang)))


OPENED: Part[Opened] = Part(Opened(), Parameter("rincian", _read, _write))


def opening_table(table: pd.DataFrame, key: str, lang: str, hidden: tuple[str, ...] = ()) -> None:
    """Draw ``table``, whose rows have a kode; a button opens the rows behind the chosen cell.

    Of a row that is of one bidang, or a column that is named after one, it opens the KIM of that
    bidang. The choice alone opens nothing: the keyboard makes one at every step.
    """
    part = tables.page_of(table, key, lang)
    event_key = f"{key}-sel"
    opened = _behind(part.shown, (st.session_state.get(event_key) or _NONE)["selection"]["cells"])
    with st.container(key=f"layar-saja-{key}"):
        if opened is None:
            st.caption(text("rincian.hint", lang))
        else:
            st.button(
                say("rincian.open", lang, apa=_in_words(opened, lang)),
                key=f"{key}-buka",
                type="tertiary",
                icon=":material/list:",
                on_click=state.set_own,
                args=(OPENED, opened),
            )
    seen = [name for name in table.columns if name not in hidden]
    tables.draw(
        part.shown[seen],
        event_key,
        lang,
        None if part.on_paper is None else part.on_paper[seen],
        on_select="rerun",
        selection_mode="single-cell",
    )


def _behind(table: pd.DataFrame, cells: Sequence[tuple[int, str]]) -> Opened | None:
    """Return what is behind the chosen cell, if one is; the table may have become shorter."""
    if not cells or cells[0][0] >= len(table):
        return None
    position, column = cells[0]
    row = table.iloc[position]
    bidang = column if column in BIDANG else row.get("bidang", "")
    return Opened(str(row["kode"]), bidang if bidang in BIDANG else "")


def _in_words(opened: Opened, lang: str) -> str:
    path = region_path(data.gazetteer(), opened.code, lang)
    return f"{path} · {text(f'bidang.{opened.bidang}', lang)}" if opened.bidang else path


def show(view: View) -> None:
    """Open the rows that the address names, over the page."""
    opened = state.own(OPENED)
    if not opened.code:
        return
    if opened.bidang:
        view = view.filtered(bidang=(opened.bidang,))
    title = literal(region_path(data.gazetteer(), opened.code, view.lang))
    dialog = st.dialog(title, width="large", icon=":material/list:", on_dismiss=_close)
    dialog(_rows)(view, opened.code)


def _close() -> None:
    state.set_own(OPENED, Opened())


def _rows(view: View, code: str) -> None:
    lang, kim_filter, snapshot = view.lang, view.kim_filter, data.snapshot(view)
    desa = desa_behind(snapshot, kim_filter, code)
    kim = kim_extract(snapshot, kim_filter, code)
    reported = int(desa["jumlah_kim"].count())
    if not reported:
        st.info(text("map.not_reported", lang), icon=":material/hourglass_empty:")
        return
    st.markdown(
        say(
            "rincian.lead",
            lang,
            kim=number(len(kim), lang),
            desa=number(reported, lang),
            terlayani=number(int((desa["jumlah_kim"] > 0).sum()), lang),
            filter=counted_in_words(snapshot, kim_filter, code, lang),
        )
    )
    there = VIEW.write(view.at(code))
    with st.container(horizontal=True):
        for page, icon in _LEAD_ON.items():
            st.page_link(
                f"../pages/{page}.py",
                label=text(f"rincian.{page}", lang),
                query_params=there,
                icon=icon,
            )
        if len(kim):
            st.page_link(
                "../pages/unduh.py",
                label=text("rincian.unduh", lang),
                query_params=there,
                icon=":material/download:",
            )
    st.markdown(f"**{text('rincian.kim', lang)}**")
    if kim.empty:
        st.info(nothing_in_words("rincian.no_kim", kim_filter, lang), icon=":material/info:")
    else:
        tables.show_table(tables.kim_list(kim), "rincian-kim", lang)
    if level_of(code) is not Level.DESA:
        st.markdown(f"**{text('rincian.desa', lang)}**")
        ordered = desa.sort_values("jumlah_kim", ascending=False, kind="stable")
        tables.show_table(ordered, "rincian-desa", lang)

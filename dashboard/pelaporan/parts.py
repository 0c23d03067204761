"""The parts of the page Pelaporan: figures, provinsi, the board, and the list of the silent."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import permission
from dashboard.charts import drawing
from dashboard.charts.reporting import by_provinsi_chart
from dashboard.frame import tables
from dashboard.frame.markdown import part_of, say
from dashboard.impor.steps import WHEREABOUTS, Whereabouts
from geodata.analysis.silence import by_provinsi, silent
from geodata.people.rights import Right
from geodata.registry.database.board import INTERNAL
from geodata.text import number, text
from geodata.view.address import VIEW
from geodata.view.view import View

_LIST = ("kode", "nama", "provinsi", "melapor", "tanggal_data", "hari_sejak", "kim", "ditinjau")


def show_figures(board: pd.DataFrame, months: int, day: date, lang: str) -> None:
    """Draw how many have reported, how many are silent, what waits, and how fresh KIM are."""
    kim = int(board["kim"].sum())
    with st.container(horizontal=True):
        for name, figure in (
            ("reported", part_of(int(board["melapor"].sum()), len(board), lang)),
            ("silent", part_of(len(silent(board, months, day)), len(board), lang)),
            ("waiting", number(int(board["ditinjau"].sum()), lang)),
            ("fresh", part_of(int(board["kim_diperbarui"].sum()), kim, lang)),
        ):
            meaning = text("pelaporan.fresh_help", lang) if name == "fresh" else None
            st.metric(text(f"pelaporan.{name}", lang), figure, border=True, help=meaning)


def show_provinsi(board: pd.DataFrame, day: date, lang: str) -> None:
    """Draw by provinsi how long its kabupaten/kota are silent: chart and table."""
    st.header(text("pelaporan.provinsi.heading", lang))
    table = by_provinsi(board, day)
    heading = text("pelaporan.provinsi.chart", lang)
    st.markdown(f"**{heading}**")
    alt = text("chart.in_table", lang, judul=heading)
    drawing.draw(by_provinsi_chart, table, lang, alt=alt)
    tables.show_table(table, "pelaporan-provinsi", lang)


def show_silent(board: pd.DataFrame, months: int, day: date, view: View) -> None:
    """Draw those that are silent for longer than ``months``, as a file to be sent round, too."""
    lang = view.lang
    st.header(text("pelaporan.silent_list.heading", lang))
    rows = silent(board, months, day)[list(_LIST)]
    said = {"jumlah": number(len(rows), lang), "bulan": number(months, lang)}
    if rows.empty:
        st.success(say("pelaporan.silent_list.none", lang, **said), icon=":material/check_circle:")
        return
    st.markdown(say("pelaporan.silent_list.lead", lang, **said))
    tables.show_table(rows, "pelaporan-senyap", lang)
    with st.container(horizontal=True):
        name = f"lama-tidak-melapor-{view.region or 'indonesia'}-{day.isoformat()}"
        title = text("pelaporan.silent_list.heading", lang)
        tables.downloads_named(lambda: {title: rows}, name, lang)


def show_board(board: pd.DataFrame, view: View) -> None:
    """Draw the board; of batches that may be seen also which they are, with the way to them."""
    lang, person = view.lang, permission.person()
    st.header(text("pelaporan.list.heading", lang))
    batches = zip(board["kiriman"], board["wilayah_kiriman"], strict=True)
    own = [
        pd.notna(batch) and person.may(Right.IMPOR, None if pd.isna(region) else region)
        for batch, region in batches
    ]
    if not any(own):
        tables.show_table(board.drop(columns=list(INTERNAL)), "pelaporan-papan", lang)
        return
    st.caption(text("pelaporan.list.internal", lang))
    named = board.drop(columns="wilayah_kiriman")
    for name in ("kiriman", "berkas", "oleh"):
        named[name] = named[name].where(pd.Series(own, named.index))
    part = tables.page_of(named, "pelaporan-papan", lang)
    chosen = tables.draw(
        part.shown,
        "pelaporan-papan-sel",
        lang,
        part.on_paper,
        on_select="rerun",
        selection_mode="single-row",
    )["selection"]["rows"]
    batch = part.shown["kiriman"].iloc[chosen[0]] if chosen else pd.NA
    if pd.notna(batch):
        there = WHEREABOUTS.write(Whereabouts(batch=int(batch)))
        st.page_link(
            "../pages/impor.py",
            label=say("pelaporan.list.batch", lang, id=int(batch)),
            query_params=VIEW.write(view) | there,
            icon=":material/upload_file:",
        )

"""Gaps by bidang: a heat table of coverage, and fields absent that the neighbours have."""

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import comparisons, drawing
from dashboard.frame import rows_behind, tables
from dashboard.frame.markdown import say
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.kesenjangan.level import ABOVE_DESA, choose_level
from dashboard.workshop.kept import kept
from geodata.analysis.bidang_gaps import absent_fields, bidang_coverage
from geodata.text import number, text
from geodata.view.view import View
from geodata.view.words import level_name

_DRAWN_AT_MOST = 40


def draw(view: View, _: GapsSettings) -> None:
    """Draw the heat table, the same as a table, and the fields that are absent."""
    lang, kim_filter, snapshot = view.lang, view.kim_filter, data.snapshot(view)
    st.markdown(text("celah.fields_lead", lang))
    shown = choose_level(view, ABOVE_DESA)
    level, scope = shown.shown_level, shown.scope
    with st.spinner(text("celah.wait", lang)):
        rows = kept(bidang_coverage, snapshot, kim_filter, level, scope)
        absent = kept(absent_fields, snapshot, kim_filter, data.boundaries(), level, scope)
    known = rows.dropna(subset=["cakupan"])
    fields = list(dict.fromkeys(rows["bidang"]))
    wide = rows.pivot(index=["kode", "nama"], columns="bidang", values="cakupan")[fields]
    wide = wide.reset_index().rename_axis(columns=None)
    codes = known["kode"].drop_duplicates().head(_DRAWN_AT_MOST)
    if known["kode"].nunique() > len(codes):
        # The regions with most desa: an empty field weighs most there.
        size = known.drop_duplicates("kode").nlargest(_DRAWN_AT_MOST, "jumlah_desa")
        codes = size["kode"]
        drawn = number(len(codes), lang)
        st.caption(say("celah.largest_drawn", lang, jumlah=drawn, tingkat=level_name(level, lang)))
    drawing.draw(
        comparisons.heat, known[known["kode"].isin(codes)], lang, alt=text("celah.fields_alt", lang)
    )
    rows_behind.opening_table(wide, f"bidang-{level}", lang)
    st.header(text("celah.absent", lang))
    st.markdown(text("celah.absent_lead", lang))
    if absent.empty:
        st.success(text("celah.no_absent", lang), icon=":material/check_circle:")
    else:
        rows_behind.opening_table(_named(absent, lang), f"absen-{level}", lang, hidden=("bidang",))
    with st.container(horizontal=True):
        sheets = {text("celah.bidang", lang): wide, text("celah.absent", lang): absent}
        tables.downloads(lambda: sheets, f"bidang-{level}", view.at(scope))


def _named(absent: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return ``absent`` with the field and the neighbours by name; bidang stays for the opening."""
    name = data.gazetteer().name
    neighbours = [
        ", ".join(name(code) for code in codes.split(";")) for codes in absent["kode_tetangga"]
    ]
    table = absent.drop(columns="kode_tetangga").assign(nama_tetangga=neighbours)
    fields = [text(f"bidang.{field}", lang) for field in absent["bidang"]]
    table.insert(list(table.columns).index("bidang") + 1, "nama_bidang", fields)
    return table

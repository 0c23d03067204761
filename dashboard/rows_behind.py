"""Every number opens its rows: a click on a cell shows the desa and the KIM behind it.

What is open stands in the address as ``rincian``: a code, and a bidang if the number is of one.
"""

import pandas as pd
import streamlit as st

from dashboard import data, state, tables
from dashboard.markdown import explain, literal, say
from dashboard.selection import Selection
from geodata.analysis.coverage import desa_behind
from geodata.errors import PetaKimError
from geodata.exports.extracts import kim_extract
from geodata.regions import Level, level_of, parse
from geodata.registry.fields import BIDANG
from geodata.text import number, text
from geodata.wording import filter_in_words, region_path

PARAMETER = "rincian"
_MARK = ":"


def opening_table(table: pd.DataFrame, key: str, lang: str, hidden: tuple[str, ...] = ()) -> None:
    """Draw ``table``, whose rows have a kode, so that a click on a cell opens the rows behind it.

    A row that is of one bidang, or a column that is named after one, opens the KIM of that bidang.
    """
    st.caption(f":material/ads_click: {text('rincian.hint', lang)}")
    shown = tables.page_of(table, key, lang)
    event_key = f"{key}-sel"

    def follow() -> None:
        cells = st.session_state[event_key]["selection"]["cells"]
        if cells:
            row, column = cells[0]
            state.set_own({PARAMETER: _written(shown.iloc[row], column)})

    tables.draw(
        shown.drop(columns=list(hidden)),
        event_key,
        lang,
        on_select=follow,
        selection_mode="single-cell",
    )


def _written(row: pd.Series, column: str) -> str:
    bidang = column if column in BIDANG else row.get("bidang", "")
    return f"{row['kode']}{_MARK}{bidang}" if bidang in BIDANG else str(row["kode"])


def show(selection: Selection) -> None:
    """Open the rows that the address names, over the page."""
    written = st.query_params.get(PARAMETER, "")
    if not written:
        return
    raw, _, bidang = written.partition(_MARK)
    try:
        code = parse(raw)
        data.gazetteer().name(code)
        if bidang:
            selection = selection.filtered(bidang=(bidang,))
    except PetaKimError as error:
        st.warning(explain(error, selection.bahasa), icon=":material/link_off:")
        return
    title = literal(region_path(data.gazetteer(), code, selection.bahasa))
    dialog = st.dialog(title, width="large", icon=":material/list:", on_dismiss=_close)
    dialog(_rows)(selection, code)


def _close() -> None:
    state.set_own({PARAMETER: ""})


def _rows(selection: Selection, code: str) -> None:
    lang, kim_filter, snapshot = selection.bahasa, selection.kim_filter, data.snapshot()
    desa = desa_behind(snapshot, kim_filter, code)
    kim = kim_extract(snapshot, kim_filter, code)
    st.markdown(
        say(
            "rincian.lead",
            lang,
            kim=number(len(kim), lang),
            desa=number(len(desa), lang),
            terlayani=number(int((desa["jumlah_kim"] > 0).sum()), lang),
            filter=filter_in_words(kim_filter, lang),
        )
    )
    there = selection.at(code).to_params()
    with st.container(horizontal=True):
        for page, icon in (("peta", "map"), ("profil", "badge"), ("kesenjangan", "crisis_alert")):
            st.page_link(
                f"../pages/{page}.py",
                label=text(f"rincian.{page}", lang),
                query_params=there,
                icon=f":material/{icon}:",
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
        st.info(text("rincian.no_kim", lang), icon=":material/info:")
    else:
        tables.show_table(tables.kim_list(kim, lang), "rincian-kim", lang)
    if level_of(code) is not Level.DESA:
        st.markdown(f"**{text('rincian.desa', lang)}**")
        ordered = desa.sort_values("jumlah_kim", ascending=False, kind="stable")
        tables.show_table(ordered, "rincian-desa", lang)

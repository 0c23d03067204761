"""The parts of the page Banding beside cards and maps: who leads, whom one could compare with."""

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.banding import cards
from dashboard.banding.cards import Card, written
from dashboard.banding.compared import MOST, add
from dashboard.frame import state
from dashboard.frame.markdown import literal, say
from dashboard.workshop import waiting
from dashboard.workshop.kept import kept
from geodata.analysis.peers import region_peers
from geodata.analysis.profile import Figures, region_figures
from geodata.errors import SelectionError
from geodata.indicators.columns import indicator_columns, source_in_words
from geodata.text import number, text
from geodata.view.view import View
from geodata.view.words import region_path


def figures_of(view: View, code: str | None) -> Figures:
    """Return the figures of a region, which the workshop makes and keeps."""
    snapshot, kim_filter = data.snapshot(view), view.kim_filter
    with st.spinner(text("celah.wait", state.language())):
        return waiting.made(
            ("figures", snapshot.version, kim_filter, code),
            lambda: region_figures(snapshot, kim_filter, code),
        )


def say_difference(table: pd.DataFrame, lang: str) -> None:
    """Say between which regions coverage differs most, and by how much."""
    ordered = table.dropna(subset=["cakupan"]).sort_values("cakupan", kind="stable")
    if ordered["cakupan"].nunique() < 2:
        return
    low, high = ordered.iloc[0], ordered.iloc[-1]
    st.markdown(
        say(
            "banding.difference",
            lang,
            tinggi=high["nama"],
            rendah=low["nama"],
            atas=written("cakupan", high["cakupan"], lang),
            bawah=written("cakupan", low["cakupan"], lang),
            selisih=number(100 * (high["cakupan"] - low["cakupan"]), lang, 1),
        )
    )


def with_bidang(table: pd.DataFrame, by_bidang: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with a column for the coverage of each field."""
    shares = by_bidang.pivot(index="kode", columns="bidang", values="cakupan")
    return table.join(shares[by_bidang["bidang"].unique()], on="kode")


def show_indicators(indicators: pd.DataFrame, names: list[str], lang: str) -> None:
    """Draw what is known of the regions beside their KIM, a card each, and whose figures it is."""
    columns = indicator_columns()
    shown = [Card(name, of_kim=False) for name in columns if name in indicators]
    if not shown:
        return
    st.header(text("profil.indicators", lang))
    cards.draw(indicators.assign(nama=names), lang, shown)
    sources = [source for card in shown for _, source in columns[card.name].sources]
    st.caption(literal(source_in_words(sources, lang)))


def suggest(view: View, name: str) -> None:
    """Ask for a second region, and offer those most like the first, which is called ``name``."""
    lang, code = view.lang, view.region
    if code is None:
        st.info(text("banding.of_indonesia", lang), icon=":material/compare_arrows:")
        return
    st.info(say("banding.of_region", lang, wilayah=name), icon=":material/compare_arrows:")
    try:
        peers = kept(
            region_peers, data.snapshot(view), view.kim_filter, data.boundaries(), code, MOST
        )
    except SelectionError:  # a desa, or a region that is not drawn
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(text("banding.alike", lang), width="content")
        for alike in peers["kode"].iloc[1:]:
            st.button(
                literal(region_path(data.gazetteer(), alike, lang)),
                key=f"banding-{alike.replace('.', '-')}",
                on_click=add,
                args=(alike,),
            )

"""Regions like mine: the nearest peers of a region, and its rank among them."""

import streamlit as st

from dashboard import data
from dashboard.charts import comparisons, drawing
from dashboard.frame import rows_behind, tables
from dashboard.frame.markdown import say
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.workshop.kept import kept
from geodata.analysis.peers import region_peers
from geodata.text import number, text
from geodata.view.view import View
from geodata.view.words import region_title


def draw(view: View, _: GapsSettings) -> None:
    """Draw the peers of the chosen region; of a desa, those of its kecamatan."""
    lang, own = view.lang, view.scope
    st.markdown(text("celah.peers_lead", lang))
    if own is None:
        st.info(text("celah.peers_choose", lang), icon=":material/info:")
        return
    table = kept(region_peers, data.snapshot(view), view.kim_filter, data.boundaries(), own)
    st.markdown(
        say(
            "celah.peers_words",
            lang,
            wilayah=region_title(data.gazetteer(), own, lang),
            peringkat=number(int(table["peringkat"].iloc[0]), lang),
            jumlah=number(len(table), lang),
        )
    )
    drawing.draw(comparisons.compared, table, own, lang, alt=text("celah.peers_alt", lang))
    rows_behind.opening_table(table, "serupa", lang)
    with st.container(horizontal=True):
        tables.downloads(lambda: {text("celah.serupa", lang): table}, "serupa", view.at(own))

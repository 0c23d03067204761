"""Fairness: how unevenly KIM are spread over desa, where that comes from, and whether it grows."""

import streamlit as st

from dashboard import data
from dashboard.charts import curves, drawing
from dashboard.frame import tables
from dashboard.frame.markdown import say
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.workshop.kept import kept
from geodata.analysis.inequality import lorenz_curve, measure_inequality
from geodata.regions import Level, level_of
from geodata.text import number, percent, text
from geodata.view.view import View
from geodata.view.words import level_name, nothing_in_words


def draw(view: View, _: GapsSettings) -> None:
    """Draw Lorenz curve, Gini and Theil, and both year by year."""
    lang, kim_filter, scope = view.lang, view.kim_filter, view.scope
    snapshot = data.snapshot(view)
    st.markdown(text("celah.fairness_lead", lang))
    curve = kept(lorenz_curve, snapshot, kim_filter, scope)
    if curve.empty:
        st.info(nothing_in_words("celah.no_kim", kim_filter, lang), icon=":material/info:")
        return
    below = Level.PROVINSI if scope is None else level_of(scope).child
    groups = below if below is not None and below is not Level.DESA else None
    table = kept(measure_inequality, snapshot, kim_filter, scope, groups or Level.KECAMATAN)
    if groups is None:
        table = table.drop(columns=["theil_antar", "theil_dalam", "bagian_antar"])
    now = table.iloc[-1]
    with st.container(horizontal=True):
        st.metric(text("column.gini", lang), number(now["gini"], lang, 3), border=True)
        st.metric(text("column.theil", lang), number(now["theil"], lang, 3), border=True)
        if groups is not None:
            st.metric(
                say("celah.between", lang, tingkat=level_name(groups, lang)),
                percent(now["bagian_antar"], lang) if now["theil"] > 0 else "–",
                border=True,
            )
    st.markdown(_in_words(now, groups, curve, lang))
    left, right = st.columns(2)
    with left:
        st.header(text("celah.lorenz", lang))
        drawing.draw(curves.lorenz, curve, lang, alt=text("celah.lorenz_alt", lang))
    with right:
        st.header(text("celah.over_time", lang))
        columns = ("gini",) if groups is None else ("gini", "bagian_antar")
        drawing.draw(curves.over_time, table, columns, lang, alt=text("celah.over_time_alt", lang))
    st.caption(text("celah.over_time_note", lang))
    if now["tanpa_tahun"]:
        st.caption(say("celah.over_time_unknown", lang, jumlah=number(now["tanpa_tahun"], lang)))
    tables.show_table(table, "pemerataan", lang)
    with st.container(horizontal=True):
        sheets = {text("celah.over_time", lang): table, text("celah.lorenz", lang): curve}
        tables.downloads(lambda: sheets, "pemerataan", view.at(scope))


def _in_words(now, groups, curve, lang: str) -> str:  # type: ignore[no-untyped-def]
    without = float(curve.loc[curve["bagian_kim"] == 0, "bagian_desa"].max())
    sentences = [say("celah.lorenz_words", lang, bagian=percent(without, lang))]
    if groups is not None and now["theil"] > 0:
        sentences.append(
            say(
                "celah.theil_words",
                lang,
                bagian=percent(now["bagian_antar"], lang),
                tingkat=level_name(groups, lang),
            )
        )
    return " ".join(sentences)

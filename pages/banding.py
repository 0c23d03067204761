"""Banding: two to four regions side by side, and two maps that move together."""

import streamlit as st

from dashboard import data
from dashboard.banding import cards, maps, parts
from dashboard.banding.compared import COMPARED, choice, regions, titles
from dashboard.charts import comparisons, drawing
from dashboard.frame import rows_behind, state, tables, widgets
from dashboard.frame.markdown import literal
from dashboard.peta import controls
from dashboard.workshop.kept import kept
from geodata.analysis.comparison import compared, compared_by_bidang
from geodata.text import text
from geodata.view.words import reporting_in_words

view, settings = state.current(), state.own(COMPARED)
lang, kim_filter, snapshot = view.lang, view.kim_filter, data.snapshot(view)
codes = regions(view, settings)

widgets.controls(view, controls.of_map)
st.title(text("banding.title", lang))
state.show_notices(COMPARED)
choice(view, settings)
figures = [parts.figures_of(view, code) for code in codes]
names = titles(codes, lang)
table = compared(snapshot, kim_filter, figures)
table.insert(1, "nama", names)

if len(codes) == 1:
    parts.suggest(view, names[0])
else:
    parts.say_difference(table, lang)
cards.draw(table, lang)
for name, region in zip(names, figures, strict=True):
    if reporting := reporting_in_words(region.totals, lang):
        st.caption(f"**{literal(name)}**: {literal(reporting)}")
maps.draw(view, settings, codes)

st.header(text("banding.by_bidang", lang))
of_code = dict(zip(table["kode"], names, strict=True))
by_bidang = kept(compared_by_bidang, snapshot, kim_filter, codes)
by_bidang = by_bidang.assign(nama=by_bidang["kode"].map(of_code))
drawing.draw(
    comparisons.side_by_side, by_bidang, names, lang, alt=text("banding.by_bidang_alt", lang)
)
whole = parts.with_bidang(table, by_bidang)
with st.expander(text("banding.table", lang)):
    rows_behind.opening_table(whole, "banding", lang)
with st.container(horizontal=True, vertical_alignment="center"):
    tables.downloads(lambda: {text("column.wilayah", lang): whole}, "banding", view)
    st.caption(text("profil.print", lang))

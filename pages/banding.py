"""Banding: two to four regions side by side, and two maps that move together."""

import streamlit as st

from dashboard import data
from dashboard.banding import cards, maps, parts, thumbnails
from dashboard.banding.compared import COMPARED, choice, regions, titles
from dashboard.charts import comparisons, curves, drawing
from dashboard.frame import rows_behind, state, tables, widgets
from dashboard.frame.markdown import literal
from dashboard.peta import controls
from dashboard.workshop.kept import kept
from geodata.analysis.comparison import compared, compared_by_bidang, compared_by_year
from geodata.indicators.current import figures as figures_in_use
from geodata.text import text
from geodata.view.region_indicators import compared_indicators
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
indicators = kept(compared_indicators, figures_in_use(), data.gazetteer(), codes)

if len(codes) == 1:
    parts.suggest(view, names[0])
else:
    parts.say_difference(table, lang)
cards.draw(table, lang)
for name, region in zip(names, figures, strict=True):
    if reporting := reporting_in_words(region.totals, lang):
        st.caption(f"**{literal(name)}**: {literal(reporting)}")
parts.show_indicators(indicators, names, lang)
maps.draw(view, settings, codes)
small = [(maps.at(view, code), name) for code, name in zip(codes, names, strict=True) if code]
if len(small) > 1:
    thumbnails.draw(*map(list, zip(*small, strict=True)))

of_code = dict(zip(table["kode"], names, strict=True))

by_year = kept(compared_by_year, snapshot, kim_filter, codes)
if len(by_year):
    st.header(text("banding.by_year", lang))
    by_year = by_year.assign(nama=by_year["kode"].map(of_code))
    drawing.draw(curves.over_years, by_year, names, lang, alt=text("banding.by_year_alt", lang))
st.header(text("banding.by_bidang", lang))
by_bidang = kept(compared_by_bidang, snapshot, kim_filter, codes)
by_bidang = by_bidang.assign(nama=by_bidang["kode"].map(of_code))
drawing.draw(
    comparisons.side_by_side, by_bidang, names, lang, alt=text("banding.by_bidang_alt", lang)
)
whole = parts.with_bidang(table, by_bidang).join(indicators.set_index("kode"), on="kode")
with st.expander(text("banding.table", lang)):
    rows_behind.opening_table(whole, "banding", lang)
with st.container(horizontal=True, vertical_alignment="center"):
    tables.downloads(lambda: {text("column.wilayah", lang): whole}, "banding", view)
    st.caption(text("profil.print", lang))

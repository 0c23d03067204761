"""Profil wilayah: one region on one page, with its figures, rank, gaps, KIM, trend and peers."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.charts import drawing, overview
from dashboard.frame import rows_behind, state, tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.map import panel
from dashboard.profil import parts
from dashboard.workshop import waiting
from dashboard.workshop.kept import kept
from geodata.analysis.profile import region_profile
from geodata.exports.extracts import kim_extract
from geodata.indicators.current import figures
from geodata.regions import Level
from geodata.text import text
from geodata.view.address import VIEW
from geodata.view.profile_words import profile_summary
from geodata.view.region_indicators import region_indicators
from geodata.view.words import data_date_in_words, filter_in_words, nothing_in_words, region_title

view = state.current()
lang, kim_filter, code = view.lang, view.kim_filter, view.region
snapshot, gazetteer, boundaries = data.snapshot(view), data.gazetteer(), data.boundaries()

widgets.controls(view)
st.title(say("profil.title", lang, wilayah=region_title(gazetteer, code, lang)))
as_of = literal(data_date_in_words(snapshot, lang))
with st.spinner(text("celah.wait", lang)):
    profile = waiting.made(
        ("profile", *data.versions(view), kim_filter, code),
        lambda: region_profile(snapshot, kim_filter, boundaries, code),
    )

counted = filter_in_words(kim_filter, lang, profile.totals.tanpa_tahun)
st.caption(f"{literal(counted)} · {as_of}")
parts.show_figures(profile, kim_filter, lang)
st.markdown(literal(profile_summary(profile, snapshot, kim_filter, lang)))

coverage = replace(view, level=None, metric="cakupan", points=True, petak=False, conditions=())
if profile.level is Level.DESA:
    coverage = replace(coverage, metric="jumlah_kim")
shown = waiting.shown(coverage)
table = shown.layer.table
panel.draw(shown, key="peta-profil")
if boundaries.approximate:
    st.caption(text("app.approximate", lang))

st.page_link(
    "../pages/banding.py",
    label=text("banding.go", lang),
    query_params=VIEW.write(view),
    icon=":material/compare_arrows:",
)
indicators = kept(region_indicators, figures(), gazetteer, code, lang)
parts.show_indicators(indicators, lang)
parts.show_rank(profile, gazetteer, lang)
parts.show_gaps(profile, view, lang)
parts.show_peers(profile, lang)

if profile.totals.jumlah_kim:
    left, right = st.columns(2)
    with left:
        st.header(text("ringkasan.by_year", lang))
        drawing.draw(overview.by_year, profile.by_year, lang)
    with right:
        st.header(text("ringkasan.by_bidang", lang))
        drawing.draw(overview.by_bidang, profile.by_bidang, lang)
st.header(text("profil.kim", lang))
kim = kept(kim_extract, snapshot, kim_filter, code)
if not profile.totals.kabupaten_melapor:
    st.info(text("map.not_reported", lang), icon=":material/hourglass_empty:")
elif kim.empty:
    st.info(nothing_in_words("profil.no_kim", kim_filter, lang), icon=":material/info:")
else:
    tables.show_table(tables.kim_list(kim), "profil-kim", lang)

if profile.level is not Level.DESA:
    st.header(say("peta.table", lang, tingkat=text(f"level.{coverage.shown_level}", lang)))
    rows_behind.opening_table(table, "profil-bagian", lang)
with st.container(horizontal=True, vertical_alignment="center"):
    tables.downloads(
        lambda: parts.sheets(profile, kim, table, indicators, lang),
        "profil",
        view.at(code),
    )
    with st.container(key="layar-saja-cetak"):
        st.caption(text("profil.print", lang))

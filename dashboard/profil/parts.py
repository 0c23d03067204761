"""The parts of the page Profil wilayah, each drawn from one ``Profile``."""

import pandas as pd
import streamlit as st

from dashboard.charts import comparisons, drawing
from dashboard.frame import rows_behind, tables
from dashboard.frame.markdown import part_of, say
from geodata.analysis.profile import Profile
from geodata.analysis.region_metrics import is_unreported
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, parent
from geodata.registry.snapshot import KimFilter
from geodata.text import number, percent, text
from geodata.view.address import VIEW
from geodata.view.view import View
from geodata.view.words import figure_in_words, level_name, region_title

_DRAWN_AT_MOST = 40


def show_figures(profile: Profile, kim_filter: KimFilter, lang: str) -> None:
    """Draw the main figures."""
    totals, known = profile.totals, profile.known_km
    with st.container(horizontal=True):
        kim = figure_in_words(totals, "jumlah_kim", lang)
        st.metric(text("metrik.jumlah_kim", lang), kim, border=True)
        if not totals.kabupaten_melapor:
            return
        if profile.level is not Level.DESA:
            active = part_of(totals.desa_aktif, totals.desa_melapor, lang)
            st.metric(
                text("ringkasan.served", lang),
                part_of(totals.desa_terlayani, totals.desa_melapor, lang),
                None if kim_filter.status else say("peta.active", lang, jumlah=active),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
        own = profile.own
        if own is not None:
            rank = "–" if pd.isna(own["peringkat"]) else _rank(own, profile, lang)
            label = text("column.cakupan_eb", lang)
            st.metric(label, percent(own["cakupan_eb"], lang), border=True)
            st.metric(text("column.peringkat", lang), rank, border=True)
        if len(known):
            median = say("celah.km", lang, km=number(float(pd.Series(known).median()), lang, 1))
            label = "column.jarak_km" if profile.level is Level.DESA else "celah.median"
            st.metric(text(label, lang), median, border=True)


def _rank(own: pd.Series, profile: Profile, lang: str) -> str:
    able = int(profile.siblings["dapat_diperingkat"].sum())  # type: ignore[index]
    place, among = number(own["peringkat"], lang), number(able, lang)
    return say("profil.peringkat_dari", lang, peringkat=place, jumlah=among)


def show_rank(profile: Profile, gazetteer: Gazetteer, lang: str) -> None:
    """Draw the region among those beside it, or the nearest part of a long list."""
    siblings, level, code = profile.siblings, profile.level, profile.kode
    if siblings is None or level is None or code is None:
        return
    above = region_title(gazetteer, parent(code), lang)
    siblings = siblings[~is_unreported(siblings)]
    if code not in siblings["kode"].tolist():
        return
    st.header(say("profil.rank", lang, tingkat=level_name(level, lang), induk=above))
    ordered = siblings.sort_values("cakupan_eb", ascending=False, kind="stable", ignore_index=True)
    position = int(ordered.index[ordered["kode"] == code][0])
    first = max(0, min(position - _DRAWN_AT_MOST // 2, len(ordered) - _DRAWN_AT_MOST))
    left, right = st.columns(2)
    with left:
        drawing.draw(
            comparisons.intervals,
            ordered.iloc[first : first + _DRAWN_AT_MOST],
            lang,
            own=code,
            alt=text("celah.coverage_alt", lang),
        )
    with right:
        rows_behind.opening_table(ordered, "profil-sejajar", lang)


def show_gaps(profile: Profile, view: View, lang: str) -> None:
    """Draw what is missing: empty regions, farthest desa, coverage by kind of desa."""
    if profile.level is Level.DESA or not profile.totals.kabupaten_melapor:
        return
    everywhere = profile.totals.kabupaten_melapor == profile.totals.kabupaten_kota
    no_gap = "kesenjangan.no_gap" if everywhere else "kesenjangan.no_gap_reported"
    st.header(text("profil.gaps", lang))
    left, right = st.columns(2)
    with left:
        for level, empty in profile.empty.items():
            count = number(len(empty), lang)
            title = say("profil.empty", lang, jumlah=count, tingkat=level_name(level, lang))
            if empty.empty:
                st.success(say(no_gap, lang, tingkat=level_name(level, lang)))
                continue
            with st.expander(title):
                rows_behind.opening_table(empty, f"profil-kosong-{level}", lang)
        st.page_link(
            "../pages/kesenjangan.py",
            label=text("profil.to_gaps", lang),
            query_params=VIEW.write(view),
            icon=":material/crisis_alert:",
        )
    with right:
        tables.show_table(profile.by_kind, "profil-jenis", lang)
        if len(profile.known_km):
            with st.expander(text("celah.farthest", lang)):
                rows_behind.opening_table(profile.distances, "profil-terjauh", lang)


def show_indicators(indicators: pd.DataFrame, lang: str) -> None:
    """Draw what is known of the region beside its KIM, with whose figures of which year."""
    if indicators.empty:
        return
    st.header(text("profil.indicators", lang))
    st.caption(text("profil.indicators_lead", lang))
    tables.show_table(indicators, "profil-indikator", lang)


def show_peers(profile: Profile, lang: str) -> None:
    """Draw the regions most like this one."""
    if profile.peers is None or profile.kode is None:
        return
    st.header(text("celah.serupa", lang))
    st.caption(text("celah.peers_lead", lang))
    left, right = st.columns(2)
    with left:
        drawing.draw(
            comparisons.compared,
            profile.peers,
            profile.kode,
            lang,
            alt=text("celah.peers_alt", lang),
        )
    with right:
        rows_behind.opening_table(profile.peers, "profil-serupa", lang)


def sheets(
    profile: Profile,
    kim: pd.DataFrame,
    metrics: pd.DataFrame,
    indicators: pd.DataFrame,
    lang: str,
) -> dict[str, pd.DataFrame]:
    """Return the tables of the page by title, those that have rows."""
    every = {
        text("column.wilayah", lang): metrics,
        text("profil.rank_table", lang): profile.siblings,
        **{
            text(f"level_title.{level}", lang).replace("/", "-") + " 0": empty
            for level, empty in profile.empty.items()
        },
        text("celah.jarak", lang): profile.distances,
        text("celah.serupa", lang): profile.peers,
        text("profil.indicators", lang): indicators,
        "KIM": kim,
    }
    return {title: table for title, table in every.items() if table is not None and len(table)}

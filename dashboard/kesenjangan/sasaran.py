"""Targets: those that were set; or one share for all regions by a year, and the pace it needs."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import comparisons, drawing
from dashboard.frame import rows_behind, state, tables
from dashboard.frame.markdown import say
from dashboard.frame.widgets import bound_own
from dashboard.kesenjangan import set_targets
from dashboard.kesenjangan.gaps_settings import GAPS, LATEST_YEAR, UNITS, GapsSettings
from dashboard.kesenjangan.level import choose_level
from dashboard.workshop.kept import kept
from geodata.analysis.targets import STANDINGS, Target, target_progress
from geodata.analysis.trend import kim_trend
from geodata.regions import LEVELS, Level
from geodata.targets.region_target import MINIMUM
from geodata.text import day, number, percent_as_set, text
from geodata.view.view import View
from geodata.view.words import level_name

_YEARS_AHEAD = 2
_DRAWN_AT_MOST = 60
_A_YEAR = 365  # days


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the targets that were set, or what one target for all would ask for."""
    lang = view.lang
    st.segmented_control(
        text("sasaran.which", lang),
        (False, True),
        format_func=lambda is_set: text("sasaran.set" if is_set else "sasaran.all", lang),
        label_visibility="collapsed",
        **bound_own(
            GAPS,
            "sasaran-mana",
            settings.ditetapkan,
            lambda now, chosen: replace(now, ditetapkan=bool(chosen)),
        ),
    )
    if settings.ditetapkan:
        set_targets.draw(view, settings)
    else:
        _draw_one_for_all(view, settings)


def _draw_one_for_all(view: View, settings: GapsSettings) -> None:
    """Draw the form of the target, and where the regions stand."""
    lang, snapshot = view.lang, data.snapshot(view)
    this_year = int(snapshot.date[:4])
    year = settings.tenggat or this_year + _YEARS_AHEAD
    st.markdown(text("celah.targets_lead", lang))
    _form(settings, year, this_year, lang)
    if settings.satuan is Level.KECAMATAN and settings.persen == 100 * MINIMUM:
        st.caption(text("sasaran.minimum", lang))
    target = Target(settings.satuan, settings.persen / 100, year)
    allowed = tuple(level for level in LEVELS if target.unit.is_below(level))
    shown = choose_level(view, allowed)
    level, scope = shown.shown_level, shown.scope
    table = kept(target_progress, snapshot, view.kim_filter, target, level, scope)

    days_left = target.days_left(date.fromisoformat(snapshot.date))
    if days_left < _A_YEAR:  # what is needed a year says nothing of a term that is shorter
        table = table.drop(columns="laju_perlu")
    counts = table["posisi"].value_counts()
    with st.container(horizontal=True):
        for standing in STANDINGS:
            count = int(counts.get(standing, 0))
            st.metric(text(f"posisi.{standing}", lang), number(count, lang), border=True)
    st.markdown(_in_words(table, target, level, days_left, lang))
    drawn = table.sort_values("porsi", kind="stable").head(_DRAWN_AT_MOST)
    if len(drawn) < len(table):
        lowest = number(len(drawn), lang)
        st.caption(say("celah.lowest_drawn", lang, jumlah=lowest, tingkat=level_name(level, lang)))
    drawing.draw(
        comparisons.standing_chart, drawn, target.share, lang, alt=text("celah.targets_alt", lang)
    )
    st.caption(text("celah.targets_note", lang))
    if unknown := int(table["tanpa_tahun"].sum()):
        st.caption(
            say(
                "celah.targets_unknown",
                lang,
                jumlah=number(unknown, lang),
                satuan=level_name(target.unit, lang),
            )
        )
    trend = kept(kim_trend, snapshot, view.kim_filter, scope)
    # A list may be older than its import.
    if trend.newest and not trend.recent and not view.kim_filter.tahun:
        st.caption(say("profil.tren_terbaru", lang, hari=day(trend.newest, lang)))
    rows_behind.opening_table(table, f"sasaran-{level}", lang)
    with st.container(horizontal=True):
        tables.downloads(
            lambda: {text("celah.sasaran", lang): table}, f"sasaran-{level}", view.at(scope)
        )


def _in_words(table: pd.DataFrame, target: Target, level: Level, days_left: int, lang: str) -> str:
    words = {
        "jumlah": number(int(table["kurang"].sum()), lang),
        "satuan": level_name(target.unit, lang),
        "persen": percent_as_set(target.share, lang),
        "tingkat": level_name(level, lang),
        "tahun": str(target.year),
        "kini": number(float(table["laju"].sum()), lang, 1),
    }
    if "laju_perlu" not in table:
        return say("celah.targets_words_days", lang, **words, hari=number(days_left, lang))
    laju = number(float(table["laju_perlu"].sum()), lang, 1)
    return say("celah.targets_words", lang, **words, laju=laju)


def _form(settings: GapsSettings, year: int, this_year: int, lang: str) -> None:
    with st.form("sasaran"), st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            text("celah.unit", lang),
            UNITS,
            index=UNITS.index(settings.satuan),
            format_func=lambda unit: level_name(unit, lang),
            key="sasaran-satuan",
            width=220,
        )
        st.number_input(
            text("celah.percent", lang),
            1.0,
            100.0,
            settings.persen,
            5.0,
            key="sasaran-persen",
            width=180,
        )
        st.number_input(
            text("celah.year", lang),
            min(this_year, year),
            LATEST_YEAR,
            year,
            key="sasaran-tenggat",
            width=180,
        )
        st.form_submit_button(
            text("celah.count", lang), type="primary", icon=":material/flag:", on_click=_follow
        )


def _follow() -> None:
    chosen = st.session_state
    unit: Level = chosen["sasaran-satuan"]
    aimed = replace(
        state.own(GAPS),
        bagian="sasaran",
        satuan=unit,
        persen=chosen["sasaran-persen"],
        tenggat=chosen["sasaran-tenggat"],
    )
    state.set_own(GAPS, aimed)

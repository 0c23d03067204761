"""The siting planner: with N more KIM, where?"""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import curves, drawing
from dashboard.frame import rows_behind, state, tables, widgets
from dashboard.frame.markdown import literal, part_of, say, show_error
from dashboard.kesenjangan import answers, plan_form
from dashboard.kesenjangan.gaps_settings import GAPS, UNITS, GapsSettings
from dashboard.map import panel
from dashboard.workshop import waiting
from dashboard.workshop.kept import kept
from geodata.analysis.siting.by_kecamatan import plan_by_kecamatan
from geodata.analysis.siting.exact import LIMIT_SECONDS
from geodata.analysis.siting.plans import EXACT_UP_TO, SitingPlan
from geodata.errors import PetaKimError
from geodata.regions import Level
from geodata.text import number, percent, text
from geodata.view.payload import PlannedKim
from geodata.view.plan_weights import WEIGHINGS, named, people
from geodata.view.priorities import PRIORITY
from geodata.view.priority_words import measures_in_words
from geodata.view.siting_words import reasons_in_words
from geodata.view.view import View
from geodata.view.words import level_name

_METRIC = "jarak_rata_km"
_NUMBERED_AT_MOST = 500
_EXPLAINED_AT_MOST = 10


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the form, and the plan as a map, a curve and an ordered table."""
    lang, scope = view.lang, view.scope
    st.markdown(text("celah.siting_lead", lang))
    if settings.bobot == "prioritas":
        state.show_notices(PRIORITY)
    plan_form.draw(view, settings)
    try:
        with st.spinner(text("celah.siting_wait", lang), show_time=True):
            weighed = answers.siting_plan(view, scope, settings)
    except PetaKimError as error:
        show_error(error, lang)
        return
    plan = weighed.plan
    _in_words(weighed, settings, view)
    _weights_in_words(weighed, settings, view)
    if plan.table.empty:
        st.success(text("celah.siting_done", lang), icon=":material/check_circle:")
        return
    level = _choose_order(view, settings)
    shown, table, turns = view.measured_by(_METRIC), plan.table, plan.table["urutan"]
    if level is Level.KECAMATAN:
        shown, table = shown.drawn_at(level), _by_kecamatan(plan, view, settings)
        turns = _kecamatan_of(plan).map(table.set_index("kode")["urutan"])
    drawn = waiting.shown(replace(shown, petak=False))
    panel.draw(drawn, plan=_planned(plan, turns, lang), key="peta-rencana")
    if len(plan.table) > _NUMBERED_AT_MOST:
        st.caption(say("celah.first_numbered", lang, jumlah=number(_NUMBERED_AT_MOST, lang)))
    unplaced = int(plan.table["lat"].isna().sum())
    if unplaced:
        st.caption(say("celah.unplaced", lang, jumlah=number(unplaced, lang)))
    st.header(text("celah.siting_table", lang))
    if level is Level.KECAMATAN:
        _explain(table, lang)
    hidden = ("lat", "lng") if level is Level.DESA else ("tambahan", "alasan")
    rows_behind.opening_table(table, f"rencana-{level}", lang, hidden=hidden)
    with st.container(horizontal=True):
        sheets = {
            text("celah.rencana", lang): table,
            text("celah.newly_served", lang): plan.served,
            text("celah.curve", lang): plan.curve,
        }
        by = "" if weighed.weighing == WEIGHINGS[0] else f"-{weighed.weighing}"
        subject = f"rencana-{level}-{settings.tujuan}{by}-{settings.tambah}"
        tables.downloads(lambda: sheets, subject, view.at(scope))
    st.header(text("celah.curve", lang))
    drawing.draw(curves.served_against_added, plan.curve, lang, alt=text("celah.curve_alt", lang))
    with st.expander(text("celah.newly_served", lang)):
        rows_behind.opening_table(plan.served, "terlayani", lang)
    with st.expander(text("celah.method", lang)):
        limits = {"exact": number(EXACT_UP_TO, lang), "detik": number(LIMIT_SECONDS, lang)}
        st.markdown(say(f"celah.siting_method.{settings.tujuan}", lang, **limits))


def _choose_order(view: View, settings: GapsSettings) -> Level:
    """Draw the choice whether the order is told by desa or by kecamatan, where there are some."""
    if Level.KECAMATAN not in view.levels:
        return Level.DESA
    st.segmented_control(
        text("celah.order", view.lang),
        UNITS,
        format_func=lambda level: text(f"celah.menurut.{level}", view.lang),
        required=True,
        label_visibility="collapsed",
        **widgets.bound_own(
            GAPS, "menurut", settings.menurut, lambda own, level: replace(own, menurut=level)
        ),
    )
    return settings.menurut


def _by_kecamatan(plan: SitingPlan, view: View, settings: GapsSettings) -> pd.DataFrame:
    """Return the plan by kecamatan, with the reason for each."""
    table = kept(
        plan_by_kecamatan,
        plan,
        data.snapshot(view),
        view.kim_filter,
        view.scope,
        same_island=settings.sepulau,
    )
    return table.assign(alasan=reasons_in_words(table, view.lang))


def _kecamatan_of(plan: SitingPlan) -> pd.Series:
    return plan.table["kode"].str[: Level.KECAMATAN.code_length]


def _explain(table: pd.DataFrame, lang: str) -> None:
    """Say why the first of the kecamatan are chosen."""
    st.caption(text("celah.next_lead", lang))
    first = table.head(_EXPLAINED_AT_MOST)
    lines = [
        f"1. **{literal(nama)}**: {literal(alasan)}"
        for nama, alasan in zip(first["nama"], first["alasan"], strict=True)
    ]
    st.markdown("\n".join(lines))


def _in_words(weighed: answers.WeighedPlan, settings: GapsSettings, view: View) -> None:
    plan, lang, unit = weighed.plan, view.lang, ""
    if weighed.weighing != WEIGHINGS[0]:
        name = named(weighed.weighing, view.scope)
        unit = f" ({text(f'celah.weighed_unit.{name}', lang)})"
    with st.container(horizontal=True):
        for key, served in (("before", plan.before), ("after", plan.after)):
            st.metric(
                say(f"celah.{key}", lang, jumlah=number(len(plan.table), lang)) + unit,
                part_of(served, plan.total, lang),
                border=True,
            )
        if np.isfinite(plan.share_of_best):
            st.metric(
                text("celah.share_of_best", lang),
                text("celah.best", lang)
                if plan.share_of_best == 1
                else f"≥ {percent(np.floor(1000 * plan.share_of_best) / 1000, lang)}",
                help=text("celah.share_of_best_help", lang),
                border=True,
            )
    notes = [say("celah.served_means", lang, radius=number(settings.radius, lang, 1))]
    across = number(plan.across_water, lang)
    if settings.sepulau:
        notes.append(text("celah.only_ashore", lang))
    elif len(plan.table):
        notes.append(say("celah.across_water", lang, jumlah=across))
    if 0 < len(plan.table) < settings.tambah:
        notes.append(say("celah.fewer", lang, jumlah=number(len(plan.table), lang)))
    if plan.without_point:
        without = number(plan.without_point, lang)
        notes.append(say("celah.without_point", lang, jumlah=without))
    st.caption(" ".join(notes))


def _weights_in_words(weighed: answers.WeighedPlan, settings: GapsSettings, view: View) -> None:
    """Say what the figures of the plan count, unless it is desa."""
    lang = view.lang
    if weighed.weighing != settings.bobot:
        st.caption(text("celah.people_inside", lang))
    elif weighed.weighing == "penduduk" and (given := people(view.scope)):
        key = f"celah.counted.{named('penduduk', view.scope)}"
        of = {"tahun": given.year, "tingkat": level_name(given.level, lang)}
        st.caption(say(key, lang, **of))
    elif weighed.weighing == "prioritas":
        measures = measures_in_words(view.shown_level, state.own(PRIORITY), lang)
        level = level_name(view.shown_level, lang)
        st.caption(say("celah.counted.prioritas", lang, tingkat=level, ukuran=measures))
    if weighed.weightless:
        st.caption(say("celah.weightless", lang, jumlah=number(weighed.weightless, lang)))


def _planned(plan: SitingPlan, turns: pd.Series, lang: str) -> list[PlannedKim]:
    """Return the first of the plan that have a point, for the map, with their ``turns``."""
    columns = ["lat", "lng", "turn", "nama", "kecamatan", "tambahan"]
    sites = plan.table.assign(turn=turns)
    placed = sites[sites["lat"].notna()].head(_NUMBERED_AT_MOST)[columns]
    return [
        (
            round(lat, 5),
            round(lng, 5),
            turn,
            f"{nama}, {kecamatan}",
            text("celah.adds", lang, jumlah=number(tambahan, lang)),
        )
        for lat, lng, turn, nama, kecamatan, tambahan in placed.to_numpy().tolist()
    ]

"""The siting planner: with N more KIM, where?"""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import curves
from dashboard.frame import rows_behind, state, tables
from dashboard.frame.markdown import part_of, say, show_error
from dashboard.kesenjangan import answers
from dashboard.kesenjangan.gaps_settings import GAPS, LEAST_KM, GapsSettings, read_desa
from dashboard.map import panel
from dashboard.workshop import waiting
from geodata.analysis.siting.exact import LIMIT_SECONDS
from geodata.analysis.siting.plans import EXACT_UP_TO, MOST_KIM, MOST_KM, OBJECTIVES, SitingPlan
from geodata.errors import PetaKimError
from geodata.regions import Level
from geodata.text import number, percent, text
from geodata.view.payload import PlannedKim
from geodata.view.view import View
from geodata.view.words import region_path

_METRIC = "jarak_rata_km"
_OFFERED_AT_MOST = 1_000
_NUMBERED_AT_MOST = 500
_PROBLEM = "rencana-salah"


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the form, and the plan as a map, a curve and an ordered table."""
    lang, scope = view.lang, view.scope
    st.markdown(text("celah.siting_lead", lang))
    _form(view, settings)
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        st.error(say("celah.not_desa", lang, value=problem), icon=":material/error:")
    try:
        with st.spinner(text("celah.siting_wait", lang), show_time=True):
            plan = answers.siting_plan(view.kim_filter, scope, settings)
    except PetaKimError as error:
        show_error(error, lang)
        return
    _in_words(plan, settings, lang)
    if plan.table.empty:
        st.success(text("celah.siting_done", lang), icon=":material/check_circle:")
        return
    shown = waiting.shown(replace(view.measured_by(_METRIC), petak=False))
    panel.draw(shown, plan=_planned(plan, lang), key="peta-rencana")
    if len(plan.table) > _NUMBERED_AT_MOST:
        st.caption(say("celah.first_numbered", lang, jumlah=number(_NUMBERED_AT_MOST, lang)))
    unplaced = int(plan.table["lat"].isna().sum())
    if unplaced:
        st.caption(say("celah.unplaced", lang, jumlah=number(unplaced, lang)))
    st.header(text("celah.siting_table", lang))
    rows_behind.opening_table(_whole_numbers(plan.table), "rencana", lang, hidden=("lat", "lng"))
    with st.container(horizontal=True):
        sheets = {
            text("celah.rencana", lang): plan.table,
            text("celah.newly_served", lang): plan.served,
            text("celah.curve", lang): plan.curve,
        }
        name = f"rencana-{settings.tujuan}-{settings.tambah}-{scope or 'indonesia'}"
        tables.downloads(lambda: sheets, name, lang)
    st.header(text("celah.curve", lang))
    st.altair_chart(
        curves.served_against_added(plan.curve, lang), alt=text("celah.curve_alt", lang)
    )
    with st.expander(text("celah.newly_served", lang)):
        rows_behind.opening_table(_whole_numbers(plan.served), "terlayani", lang)
    with st.expander(text("celah.method", lang)):
        limits = {"exact": number(EXACT_UP_TO, lang), "detik": number(LIMIT_SECONDS, lang)}
        st.markdown(say(f"celah.siting_method.{settings.tujuan}", lang, **limits))


def _form(view: View, settings: GapsSettings) -> None:
    lang = view.lang
    with st.form("rencana"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                text("celah.objective", lang),
                OBJECTIVES,
                index=OBJECTIVES.index(settings.tujuan),
                format_func=lambda name: text(f"celah.tujuan.{name}", lang),
                key="rencana-tujuan",
                width=380,
            )
            st.number_input(
                text("celah.add", lang),
                1,
                MOST_KIM,
                settings.tambah,
                key="rencana-tambah",
                width=160,
            )
            st.number_input(
                text("celah.radius", lang),
                LEAST_KM,
                MOST_KM,
                settings.radius,
                0.5,
                format="%.1f",
                key="rencana-radius",
                width=160,
            )
        st.checkbox(
            text("celah.same_island", lang),
            settings.sepulau,
            help=text("celah.same_island_help", lang),
            key="rencana-sepulau",
        )
        _desa_choice("tetap", settings.tetap, view)
        _desa_choice("kecuali", settings.kecuali, view)
        st.form_submit_button(
            text("celah.plan", lang), type="primary", icon=":material/route:", on_click=_follow
        )


def _desa_choice(name: str, chosen: tuple[str, ...], view: View) -> None:
    """Draw the choice of desa: by name in a region that is small enough, by code everywhere."""
    lang, gazetteer = view.lang, data.gazetteer()
    codes = gazetteer.codes(Level.DESA)[gazetteer.within(Level.DESA, view.scope)].tolist()
    offered = codes if len(codes) <= _OFFERED_AT_MOST else []
    options = [*offered, *(code for code in chosen if code not in offered)]
    st.multiselect(
        text(f"celah.{name}", lang),
        options,
        list(chosen),
        format_func=lambda code: region_path(gazetteer, code, lang) if code in gazetteer else code,
        placeholder=text("celah.pick_desa" if offered else "celah.type_code", lang),
        accept_new_options=True,
        key=f"rencana-{name}",
    )


def _follow() -> None:
    chosen = st.session_state
    try:
        fixed, ruled_out = (
            read_desa(",".join(chosen[f"rencana-{name}"])) for name in ("tetap", "kecuali")
        )
    except (PetaKimError, ValueError):
        chosen[_PROBLEM] = ", ".join([*chosen["rencana-tetap"], *chosen["rencana-kecuali"]])
        return
    planned = replace(
        state.own(GAPS),
        bagian="rencana",
        tujuan=chosen["rencana-tujuan"],
        tambah=chosen["rencana-tambah"],
        radius=chosen["rencana-radius"],
        tetap=fixed,
        kecuali=ruled_out,
        sepulau=chosen["rencana-sepulau"],
    )
    state.set_own(GAPS, planned)


def _in_words(plan: SitingPlan, settings: GapsSettings, lang: str) -> None:
    with st.container(horizontal=True):
        for key, served in (("before", plan.before), ("after", plan.after)):
            st.metric(
                say(f"celah.{key}", lang, jumlah=number(len(plan.table), lang)),
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


def _planned(plan: SitingPlan, lang: str) -> list[PlannedKim]:
    """Return the first of the plan that have a point, for the map."""
    columns = ["lat", "lng", "urutan", "nama", "kecamatan", "tambahan"]
    placed = plan.table[plan.table["lat"].notna()].head(_NUMBERED_AT_MOST)[columns]
    return [
        (
            round(lat, 5),
            round(lng, 5),
            urutan,
            f"{nama}, {kecamatan}",
            text("celah.adds", lang, jumlah=number(tambahan, lang)),
        )
        for lat, lng, urutan, nama, kecamatan, tambahan in placed.to_numpy().tolist()
    ]


def _whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with weights that are whole written so."""
    whole = [
        name
        for name in ("tambahan", "terlayani", "bobot")
        if name in table and (table[name] == table[name].round()).all()
    ]
    return table.astype(dict.fromkeys(whole, "int64"))

"""The form of the siting planner: how many KIM, how near, and which desa in any case or never."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.frame import state
from dashboard.frame.markdown import say
from dashboard.kesenjangan.gaps_settings import GAPS, LEAST_KM, GapsSettings, read_desa
from geodata.analysis.siting.plans import MOST_KIM, MOST_KM, OBJECTIVES
from geodata.errors import PetaKimError
from geodata.regions import Level
from geodata.text import text
from geodata.view.plan_weights import named, weighings
from geodata.view.view import View
from geodata.view.words import region_path

_OFFERED_AT_MOST = 1_000
_PROBLEM = "rencana-salah"


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the form, and what was wrong with its answers."""
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
            offered = weighings(view.scope)
            st.selectbox(
                text("celah.weighing", lang),
                offered,
                index=offered.index(settings.bobot) if settings.bobot in offered else 0,
                format_func=lambda name: text(f"celah.bobot.{named(name, view.scope)}", lang),
                help=text("celah.weighing_help", lang),
                key="rencana-bobot",
                width=280,
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
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        st.error(say("celah.not_desa", lang, value=problem), icon=":material/error:")


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
        bobot=chosen["rencana-bobot"],
        tambah=chosen["rencana-tambah"],
        radius=chosen["rencana-radius"],
        tetap=fixed,
        kecuali=ruled_out,
        sepulau=chosen["rencana-sepulau"],
    )
    state.set_own(GAPS, planned)

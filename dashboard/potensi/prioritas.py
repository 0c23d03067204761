"""Priority: which regions come first by the measures one chooses, why, and how surely."""

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import drawing
from dashboard.charts.contributions import contributions
from dashboard.frame import rows_behind, state, tables
from dashboard.frame.markdown import literal, say, show_error
from dashboard.kesenjangan.gaps_settings import GAPS, GapsSettings
from dashboard.map import panel
from dashboard.potensi import criteria_form
from dashboard.potensi.settings import PotentialSettings
from dashboard.workshop import waiting
from dashboard.workshop.kept import kept, key_of
from geodata.analysis.priority import DRAWS, SPREAD
from geodata.errors import PetaKimError
from geodata.text import number, percent, text
from geodata.view.address import VIEW
from geodata.view.metrics import METRICS
from geodata.view.priorities import PRIORITY, Priorities, PrioritySettings, priorities
from geodata.view.priority_map import priority_choropleth
from geodata.view.priority_words import names_in_words, priority_in_words, reasons_in_words
from geodata.view.view import View
from geodata.view.words import region_path

_DRAWN_AT_MOST = 40
_EXPLAINED_AT_MOST = 10


def draw(view: View, _: PotentialSettings) -> None:
    """Draw the choice of measures, who comes first by them, and why."""
    lang, chosen = view.lang, state.own(PRIORITY)
    st.markdown(text("prioritas.lead", lang))
    state.show_notices(PRIORITY)
    view = criteria_form.draw(view, chosen)
    asked = (
        data.snapshot(view),
        view.kim_filter,
        view.shown_level,
        view.scope,
        chosen,
        view.conditions,
    )
    try:
        ranked = waiting.made(key_of(priorities, *asked), lambda: priorities(*asked))
        drawn = kept(priority_choropleth, view, data.snapshot(view), data.boundaries(), chosen)
    except PetaKimError as error:
        show_error(error, lang)
        return
    region = region_path(data.gazetteer(), view.scope, lang)
    st.markdown(literal(priority_in_words(ranked, region, lang)))
    with st.container(key="prioritas-peta", horizontal=True):
        with st.container(key="prioritas-andil"):
            if len(ranked.scored):
                _bars(ranked, lang)
        with st.container(key="prioritas-di-peta"):
            panel.draw(drawn, key="peta-prioritas")
    _to_plan(view, chosen)
    _list(ranked, view)
    with st.expander(text("celah.method", lang)):
        spread = percent(SPREAD, lang, 0)
        st.markdown(say("prioritas.method", lang, kali=number(DRAWS, lang), simpangan=spread))


def _bars(ranked: Priorities, lang: str) -> None:
    """Draw what the scores of the first are made of, and say it of the very first."""
    shown = ranked.scored["kode"].head(min(ranked.first, _DRAWN_AT_MOST))
    parts = _named(ranked.parts[ranked.parts["kode"].isin(shown)], lang)
    drawing.draw(contributions, parts, lang, alt=text("prioritas.bars_alt", lang))


def _named(parts: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return ``parts`` with what each measure is called."""
    names = {name: METRICS[name].title(lang) for name in parts["metrik"].unique()}
    return parts.assign(ukuran=parts["metrik"].map(names)).drop(columns="metrik")


def _to_plan(view: View, chosen: PrioritySettings) -> None:
    plan = GapsSettings(bagian="rencana", bobot="prioritas")
    st.page_link(
        "../pages/kesenjangan.py",
        label=text("prioritas.plan", view.lang),
        query_params=VIEW.write(view) | GAPS.write(plan) | PRIORITY.write(chosen),
        icon=":material/route:",
    )


def _list(ranked: Priorities, view: View) -> None:
    """Draw the reasons of the first, then all regions as a table."""
    lang = view.lang
    st.header(text("prioritas.list", lang))
    explained = min(len(ranked.scored), ranked.first, _EXPLAINED_AT_MOST)
    rows = zip(
        names_in_words(ranked, explained),
        reasons_in_words(ranked, lang, explained),
        ranked.table["bertahan"].head(explained),
        strict=True,
    )
    st.markdown(
        "\n".join(
            f"1. **{literal(name)}**: {literal(reason)} "
            + say("prioritas.stays", lang, bagian=percent(stays, lang, 1))
            for name, reason, stays in rows
        )
    )
    rows_behind.opening_table(ranked.table, f"prioritas-{ranked.level}", lang)
    with st.container(horizontal=True):
        subject = f"prioritas-{ranked.level}"
        tables.downloads(lambda: _sheets(ranked, lang), subject, view.at(view.scope))


def _sheets(ranked: Priorities, lang: str) -> dict[str, pd.DataFrame]:
    return {
        text("potensi.prioritas", lang): ranked.table.assign(alasan=reasons_in_words(ranked, lang)),
        text("column.andil", lang): _named(ranked.parts, lang),
    }

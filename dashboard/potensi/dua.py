"""Two measures at once: map, scatterplot, and the regions by quadrant; a region picked in one."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import drawing
from dashboard.charts.scatter import POINT, can_be_chosen, scatter
from dashboard.frame import tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.potensi import choosing, square
from dashboard.potensi.settings import POTENTIAL, PotentialSettings
from dashboard.workshop.kept import kept
from geodata.analysis.bivariate import QUADRANTS
from geodata.text import number, text
from geodata.view.metrics import ANYWHERE, MEASURES, METRICS
from geodata.view.two_measures import TwoMeasures, left_out_in_words, two_measures
from geodata.view.view import View
from geodata.view.words import level_name

_CHART = "titik-potensi"
_LIST = "kuadran"
_PICKED_HERE, _PICKED_ELSEWHERE = "potensi-di-daftar", "potensi-di-luar"


def draw(view: View, settings: PotentialSettings) -> None:
    """Draw the choice of the two measures, and the regions by both."""
    lang = view.lang
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        first = choosing.potential(settings, lang, besides=_second(view))
        view = replace(view, metric=_choose_second(view, lang))
        view = choosing.level(view, first, view.metric)
    asked = view, first, data.snapshot(view), data.boundaries()
    shown = kept(two_measures, *asked)
    far = kept(two_measures, *asked, view.far_level) if view.far_level else None
    if not any(shown.regions.counts):
        st.info(text("potensi.nothing", lang), icon=":material/info:")
        return
    st.markdown(_in_words(shown, lang))
    st.caption(literal(f"{text('potensi.two_lead', lang)} {shown.sources_in_words(lang)}"))
    with st.container(key="dua-ukuran", horizontal=True):
        with st.container(key="dua-ukuran-peta"):
            square.draw(shown, far, settings.chosen, key="peta-potensi")
        with st.container(key="dua-ukuran-titik"):
            _scatter(shown, settings.chosen)
    _quadrants(shown, settings)


def _second(view: View) -> str:
    return view.metric if view.metric in MEASURES else ANYWHERE


def _choose_second(view: View, lang: str) -> str:
    second = _second(view)
    st.selectbox(
        text("potensi.second", lang),
        list(MEASURES),
        format_func=lambda name: METRICS[name].title(lang),
        width=320,
        **widgets.bound("metrik", second, lambda now, name: replace(now, metric=name)),
    )
    return second


def _in_words(shown: TwoMeasures, lang: str) -> str:
    """Say how many regions are where a planner looks first, and how many are left out."""
    regions = shown.regions
    counted = {
        "jumlah": number(int((regions.quadrant == 0).sum()), lang),
        "semua": number(sum(regions.counts), lang),
        "tingkat": level_name(shown.level, lang),
        "kuadran": shown.quadrant_in_words(QUADRANTS[0], lang),
    }
    left_out = literal(left_out_in_words(shown, lang))
    return f"{say('potensi.two_words', lang, **counted)} {left_out}"


def _scatter(shown: TwoMeasures, chosen: str) -> None:
    lang = shown.view.lang
    alt = say(
        "potensi.scatter_alt",
        lang,
        pertama=shown.first.title(lang),
        kedua=shown.second.title(lang),
    )
    if not can_be_chosen(shown):
        drawing.draw(scatter, shown, chosen, lang, alt=alt)
        st.caption(text("potensi.density", lang))
        return
    drawing.draw_choosable(scatter, shown, chosen, lang, key=_CHART, choose=_follow_chart, alt=alt)
    st.caption(text("potensi.scatter_note", lang))


def _follow_chart() -> None:
    choosing.point_at(drawing.chosen(_CHART, POINT, "kode"))


def _quadrants(shown: TwoMeasures, settings: PotentialSettings) -> None:
    """Draw the quadrants with their counts, and the regions of the chosen one, or all."""
    view, lang = shown.view, shown.view.lang
    names = {name: shown.quadrant_in_words(name, lang) for name in QUADRANTS}
    whole = shown.listed(data.snapshot(view), names)
    counts = whole["kuadran"].value_counts()
    st.header(say("potensi.quadrants", lang, tingkat=level_name(shown.level, lang)))
    st.pills(
        text("potensi.quadrant_choice", lang),
        QUADRANTS,
        format_func=lambda name: literal(
            f"{names[name]} ({number(int(counts.get(names[name], 0)), lang)})"
        ),
        label_visibility="collapsed",
        **widgets.bound_own(
            POTENTIAL,
            "pilih-kuadran",
            settings.quadrant or None,
            lambda own, name: replace(own, quadrant=name or ""),
        ),
    )
    meaning = text(f"potensi.meaning.{settings.quadrant}", lang) if settings.quadrant else ""
    st.caption(literal(f"{meaning} {shown.thresholds_in_words(lang)}".strip()))
    listed = whole
    if settings.quadrant:
        is_in = whole["kuadran"] == names[settings.quadrant]
        listed = whole[is_in].drop(columns="kuadran").reset_index(drop=True)
    if listed.empty:
        st.info(text("potensi.no_region", lang), icon=":material/info:")
        return
    _choosable(listed, settings.chosen, lang)
    with st.container(horizontal=True):
        tables.downloads(
            lambda: {text("potensi.dua", lang): whole},
            f"potensi-{shown.first.name}-{shown.second.name}-{shown.level}",
            view.at(view.scope),
        )


def _choosable(listed: pd.DataFrame, chosen: str, lang: str) -> None:
    """Draw a list of regions, of which one can be chosen.

    One that was picked elsewhere stands first and is ticked, in a table of its own; where one is
    picked in the list, that stays as it is.
    """
    if chosen != st.session_state.get(_PICKED_HERE, ""):
        st.session_state[_PICKED_ELSEWHERE] = chosen
    first = st.session_state.get(_PICKED_ELSEWHERE, "")
    is_first = listed["kode"] == first
    if is_first.any():
        listed = pd.concat([listed[is_first], listed[~is_first]], ignore_index=True)
    with st.container(key=f"layar-saja-{_LIST}"):
        st.caption(text("potensi.choose", lang))
    key = f"{_LIST}-{first.replace('.', '-')}"
    part = tables.page_of(listed, key, lang)
    ticked = [0] if is_first.any() and part.shown["kode"].iloc[0] == first else []
    tables.draw(
        part.shown,
        f"{key}-sel",
        lang,
        part.on_paper,
        on_select=lambda: _follow_list(f"{key}-sel", part.shown["kode"].tolist()),
        selection_mode="single-row",
        selection_default={"selection": {"rows": ticked}},
    )


def _follow_list(key: str, codes: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    st.session_state[_PICKED_HERE] = codes[rows[0]] if rows else ""
    choosing.point_at(st.session_state[_PICKED_HERE])

"""What stands beside the map: the sentence, four figures, and the regions as a ranking."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import state
from dashboard.frame.markdown import literal, say
from dashboard.frame.widgets import bound_own
from dashboard.peta.figures import figures_of
from geodata.exports.extracts import kim_extract
from geodata.regions import Level, level_of
from geodata.registry.fields import SEPARATOR
from geodata.text import number, text
from geodata.view.address import VIEW, Part, choice_parameter
from geodata.view.choropleth import Choropleth
from geodata.view.words import level_name, nothing_in_words, region_title

_RANKED_AT_MOST = 12
_LISTED_AT_MOST = 50
_ORDERS = ("tertinggi", "terendah")


@dataclass(frozen=True)
class Ranking:
    """Whether the ranking begins with the highest, or with the lowest."""

    order: str = _ORDERS[0]


RANKING: Part[Ranking] = Part(Ranking(), choice_parameter("urutan", _ORDERS, "order"))


def draw(shown: Choropleth) -> None:
    """Draw what the map of ``shown`` says, for who would rather read."""
    view = shown.view
    st.markdown(literal(shown.sentence))
    _figures(shown)
    st.page_link(
        "../pages/banding.py",
        label=text("banding.go", view.lang),
        query_params=VIEW.write(view),
        icon=":material/compare_arrows:",
    )
    if view.region and level_of(view.region) is Level.DESA:
        _kim_of_desa(shown)
    elif not shown.layer.metric.categories:
        _ranking(shown)
    if data.boundaries().approximate and not view.petak:
        st.caption(text("app.approximate", view.lang))


def _figures(shown: Choropleth) -> None:
    """Draw the four figures; where nothing is asked of status, also those of active KIM."""
    with st.container(key="angka", horizontal=True, gap="small"):
        for figure in figures_of(shown):
            with st.container(border=True, gap=None):
                st.markdown(f"**{figure.value}**")
                for caption in figure.captions:
                    st.caption(literal(caption))


def _ranking(shown: Choropleth) -> None:
    """Draw the regions with the most, or the least, of what the map shows; a click goes there."""
    lang, metric, table = shown.view.lang, shown.layer.metric, shown.layer.table
    tingkat = level_name(shown.layer.level, lang)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f"**{say('peta.ranking', lang, tingkat=tingkat)}**", width="stretch")
        order = st.segmented_control(
            text("peta.order", lang),
            _ORDERS,
            required=True,
            format_func=lambda name: text(f"peta.{name}", lang),
            label_visibility="collapsed",
            **bound_own(RANKING, "urutan", state.own(RANKING).order, lambda _, name: Ranking(name)),
        )
    measured = table[["kode", "nama", metric.name]].dropna()
    ranked = measured.sort_values(metric.name, ascending=order == "terendah", kind="stable")
    listed = ranked.head(_RANKED_AT_MOST)
    if listed.empty:
        nothing = say("condition.nothing", lang, tingkat=tingkat)
        st.caption(nothing if table.empty else text("legend.no_data", lang))
        return
    st.html(_bars(listed, metric.name, float(table[metric.name].max())))
    with st.container(key="peringkat", gap=None):
        for kode, nama, value in zip(
            listed["kode"], listed["nama"], listed[metric.name], strict=True
        ):
            st.button(
                f"{literal(nama)} **{metric.written(value, lang)}**",
                key=f"peringkat-{kode.replace('.', '-')}",
                type="tertiary",
                width="stretch",
                on_click=state.change,
                args=(lambda now, kode=kode: now.at(kode),),
            )
    if len(ranked) > len(listed):
        more = number(len(ranked) - len(listed), lang)
        st.caption(say("peta.more_in_table", lang, jumlah=more, tingkat=tingkat))


def _bars(listed: pd.DataFrame, column: str, most: float) -> str:
    """Return the style that draws each row's value as a bar below its name."""
    widths = np.clip(listed[column].to_numpy(dtype=float) / (most or 1.0), 0, 1)
    rules = (
        f".st-key-peringkat-{kode.replace('.', '-')} button{{--panjang:{width:.2%}}}"
        for kode, width in zip(listed["kode"], widths, strict=True)
    )
    return f"<style>{''.join(rules)}</style>"


def _kim_of_desa(shown: Choropleth) -> None:
    """List the KIM of the chosen desa."""
    view, lang = shown.view, shown.view.lang
    name = region_title(data.gazetteer(), view.region, lang)
    st.header(say("peta.kim_here", lang, wilayah=name))
    if not shown.totals.kabupaten_melapor:
        st.info(text("map.not_reported", lang), icon=":material/hourglass_empty:")
        return
    here = kim_extract(data.snapshot(view), view.kim_filter, view.region)
    if here.empty:
        st.info(nothing_in_words("peta.no_kim_here", view.kim_filter, lang), icon=":material/info:")
        return
    for kim in here.head(_LISTED_AT_MOST).itertuples():
        fields = (text(f"bidang.{name}", lang) for name in str(kim.bidang).split(SEPARATOR) if name)
        parts = [str(kim.nomor_induk), ", ".join(fields), text(f"status.{kim.status}", lang)]
        about = literal(" · ".join(filter(None, parts)))
        st.markdown(f"**{literal(str(kim.nama_kim))}**  \n{about}")
    if len(here) > _LISTED_AT_MOST:
        more = number(len(here) - _LISTED_AT_MOST, lang)
        st.caption(say("peta.more_to_download", lang, jumlah=more))

"""Widgets the pages share. Each shows a part of the selection and, when used, changes the address.

The value of a widget is set from the selection before it is drawn, so the address always wins.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import data, state
from dashboard.markdown import literal, say
from dashboard.selection import Selection
from geodata.regions import Level, level_of, lineage, parent
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES
from geodata.registry.snapshot import MODES, KimFilter
from geodata.text import LANGUAGES, number, text
from geodata.wording import level_name, region_path, region_title

_MATCHES_SHOWN = 8


def bound(key: str, value: Any, change: Callable[[Selection, Any], Selection]) -> dict[str, Any]:
    """Return the arguments that tie a widget to the selection.

    Parameters
    ----------
    key
        Name of the widget.
    value
        What it shows now.
    change
        Makes the new selection from the present one and the value the reader has chosen.
    """
    st.session_state[key] = value

    def follow() -> None:
        state.change(lambda selection: change(selection, st.session_state[key]))

    return {"key": key, "on_change": follow}


def section_choice(page: str, sections: Sequence[str], chosen: str, lang: str) -> None:
    """Draw the choice of a page's section, kept in the address as ``bagian``.

    Only the chosen one is then computed, which tabs would not do.
    """
    key = f"bagian-{page}"
    st.session_state[key] = chosen

    def follow() -> None:
        section = st.session_state[key] or chosen
        state.set_own({"bagian": "" if section == sections[0] else section})

    st.pills(
        text("widget.section", lang),
        sections,
        format_func=lambda name: text(f"{page}.{name}", lang),
        label_visibility="collapsed",
        key=key,
        on_change=follow,
    )


def language_switch(selection: Selection) -> None:
    """Draw the switch between the languages."""
    st.segmented_control(
        text("app.language", selection.bahasa),
        LANGUAGES,
        format_func=lambda lang: text(f"language.{lang}", selection.bahasa),
        label_visibility="collapsed",
        **bound(
            "bahasa",
            selection.bahasa,
            lambda now, lang: replace(now, bahasa=lang or now.bahasa),
        ),
    )


def region_search(selection: Selection) -> None:
    """Draw the search box and, below it, what it found; each hit leads to its region."""
    lang, gazetteer = selection.bahasa, data.gazetteer()
    query = st.text_input(
        text("widget.search", lang),
        key="cari",
        placeholder=text("widget.search_hint", lang),
        icon=":material/search:",
    )
    if not query:
        return
    codes, found = gazetteer.search(query, _MATCHES_SHOWN)
    if not codes:
        st.caption(say("widget.search_none", lang, query=query))
    for code in codes:
        st.button(
            literal(region_path(gazetteer, code, lang)),
            key=f"hit-{code}",
            type="tertiary",
            on_click=_leave_search,
            args=(code,),
        )
    if found > len(codes):
        st.caption(say("widget.search_more", lang, jumlah=number(found - len(codes), lang)))


def _leave_search(code: str) -> None:
    st.session_state["cari"] = ""
    _go_to(code)


def _go_to(code: str | None) -> None:
    state.change(lambda selection: selection.at(code))


def kim_filters(selection: Selection) -> None:
    """Draw the filters: fields, any or all of them, status, and years of registration."""
    lang, kim_filter = selection.bahasa, selection.kim_filter
    first, last = data.snapshot().years
    st.multiselect(
        text("widget.bidang", lang),
        BIDANG,
        format_func=lambda name: text(f"bidang.{name}", lang),
        placeholder=text("widget.all", lang),
        **bound(
            "bidang",
            list(kim_filter.bidang),
            lambda now, names: now.filtered(bidang=tuple(names)),
        ),
    )
    if len(kim_filter.bidang) > 1:
        st.radio(
            text("widget.mode", lang),
            MODES,
            format_func=lambda mode: text(f"mode.{mode}", lang),
            **bound("mode", kim_filter.mode, lambda now, mode: now.filtered(mode=mode)),
        )
    st.multiselect(
        text("widget.status", lang),
        STATUSES,
        format_func=lambda name: text(f"status.{name}", lang),
        placeholder=text("widget.all", lang),
        **bound(
            "status",
            list(kim_filter.status),
            lambda now, names: now.filtered(status=tuple(names)),
        ),
    )
    years = kim_filter.tahun or (first, last)
    if first < last:
        st.slider(
            text("widget.tahun", lang),
            first,
            last,
            **bound(
                "tahun",
                (max(first, min(years[0], last)), min(last, max(years[1], first))),
                lambda now, span: now.filtered(tahun=None if span == (first, last) else span),
            ),
        )
    if kim_filter != KimFilter():
        st.button(
            text("filter.clear", lang),
            icon=":material/filter_alt_off:",
            on_click=state.change,
            args=(lambda now: replace(now, kim_filter=KimFilter()),),
        )


def level_choice(selection: Selection, levels: Sequence[Level] = ()) -> None:
    """Draw the choice of the level whose regions are shown, of ``levels`` if not of all."""
    st.segmented_control(
        text("widget.level", selection.bahasa),
        levels or selection.levels,
        format_func=lambda level: text(f"level_title.{level}", selection.bahasa),
        **bound(
            "level",
            selection.shown_level,
            lambda now, level: now.drawn_at(level or now.shown_level),
        ),
    )


def breadcrumb(selection: Selection) -> None:
    """Draw the way from Indonesia to the chosen region, one step up, and the regions below."""
    lang, gazetteer, here = selection.bahasa, data.gazetteer(), selection.wilayah
    steps = [None, *(lineage(here) if here else [])]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if here is not None:
            st.button(
                text("widget.up", lang),
                key="naik",
                icon=":material/arrow_upward:",
                on_click=_go_to,
                args=(parent(here),),
            )
        for code in steps[:-1]:
            st.button(
                literal(region_title(gazetteer, code, lang)) + "  ›",
                key=f"remah-{code}",
                type="tertiary",
                on_click=_go_to,
                args=(code,),
            )
        st.markdown(f"**{literal(region_title(gazetteer, here, lang))}**", width="content")
        _child_picker(selection)


def _child_picker(selection: Selection) -> None:
    lang, gazetteer = selection.bahasa, data.gazetteer()
    children = gazetteer.children(selection.wilayah)
    if children.empty:
        return
    level = Level.PROVINSI if selection.wilayah is None else level_of(selection.wilayah).child
    assert level is not None
    tingkat = level_name(level, lang)
    st.selectbox(
        say("widget.into", lang, tingkat=tingkat),
        children["kode"].tolist(),
        format_func=gazetteer.name,
        placeholder=text("widget.into", lang, tingkat=tingkat),
        label_visibility="collapsed",
        width=260,
        **bound("anak", None, lambda now, code: now.at(code)),
    )

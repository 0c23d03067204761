"""Widgets the pages share. Each shows a part of the view and, when used, changes the address.

The value of a widget is set from the view before it is drawn, so the address always wins.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any, TypeVar

import streamlit as st

from dashboard import data
from dashboard.frame import state
from dashboard.frame.markdown import literal, say
from geodata.analysis.region_metrics import kim_without_year
from geodata.days import today
from geodata.regions import Level, level_of, lineage, parent
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES, TAHAP
from geodata.registry.snapshot import ACTIVE, MODES, KimFilter
from geodata.text import number, text
from geodata.view.address import Part
from geodata.view.view import View
from geodata.view.words import level_name, region_title

T = TypeVar("T")


def bound(key: str, value: Any, change: Callable[[View, Any], View]) -> dict[str, Any]:
    """Return the arguments that tie a widget to the view.

    Parameters
    ----------
    key
        Name of the widget.
    value
        What it shows now.
    change
        Makes the new view from the present one and the value the reader has chosen.
    """
    st.session_state[key] = value

    def follow() -> None:
        state.change(lambda view: change(view, st.session_state[key]))

    return {"key": key, "on_change": follow}


def bound_own(part: Part[T], key: str, value: Any, change: Callable[[T, Any], T]) -> dict[str, Any]:
    """Return the same for a widget that belongs to what a page keeps of its own."""
    st.session_state[key] = value

    def follow() -> None:
        state.set_own(part, change(state.own(part), st.session_state[key]))

    return {"key": key, "on_change": follow}


def section_choice(
    page: str, sections: Sequence[str], chosen: str, choose: Callable[[str], None], lang: str
) -> None:
    """Draw the choice of a page's section; ``choose`` writes it into the address.

    Only the chosen one is then computed, which tabs would not do.
    """
    key = f"bagian-{page}"
    st.session_state[key] = chosen
    st.pills(
        text("widget.section", lang),
        sections,
        format_func=lambda name: text(f"{page}.{name}", lang),
        label_visibility="collapsed",
        key=key,
        on_change=lambda: choose(st.session_state[key] or chosen),
    )


def _go_to(code: str | None) -> None:
    state.change(lambda view: view.at(code))


def _several(name: str, allowed: Sequence[str], chosen: Sequence[str], lang: str) -> None:
    """Draw the choice of any values that the filter ``name`` lets through."""
    st.multiselect(
        text(f"widget.{name}", lang),
        allowed,
        format_func=lambda value: text(f"{name}.{value}", lang),
        placeholder=text("widget.all", lang),
        **bound(name, list(chosen), lambda now, values: now.filtered(**{name: tuple(values)})),
    )


def kim_filters(view: View, of_regions: Callable[[View], None] | None = None) -> None:
    """Draw the filters, folded up but for what they let through: fields, and all others.

    Among these what a page has to choose ``of_regions``.
    """
    lang, kim_filter = view.lang, view.kim_filter
    only = kim_filter.status == (ACTIVE,)
    st.toggle(
        text("filter.only_active", lang),
        **bound("hanya-aktif", only, lambda now, on: now.filtered(status=(ACTIVE,) if on else ())),
    )
    with st.popover(_bidang_in_short(kim_filter, lang), key="saring-bidang"):
        _several("bidang", BIDANG, kim_filter.bidang, lang)
        if len(kim_filter.bidang) > 1:
            st.radio(
                text("widget.mode", lang),
                MODES,
                format_func=lambda mode: text(f"mode.{mode}", lang),
                **bound("mode", kim_filter.mode, lambda now, mode: now.filtered(mode=mode)),
            )
    status = kim_filter.status and not only
    others = sum(map(bool, (status, kim_filter.tahap, kim_filter.tahun, view.day)))
    others += len(view.conditions) if of_regions else 0
    label = say("filter.others_on", lang, jumlah=others) if others else text("filter.others", lang)
    with st.popover(label, key="saring-lain"):
        _several("status", STATUSES, kim_filter.status, lang)
        if data.snapshot(view).tahap or kim_filter.tahap:
            _several("tahap", TAHAP, kim_filter.tahap, lang)
        _years(view)
        _day(view)
        if of_regions:
            of_regions(view)
    if kim_filter != KimFilter() or (of_regions and view.conditions):
        st.button(
            text("filter.clear", lang),
            key="hapus-saringan",
            icon=":material/filter_alt_off:",
            on_click=state.change,
            args=(lambda now: replace(now, kim_filter=KimFilter(), conditions=()),),
        )


def _bidang_in_short(kim_filter: KimFilter, lang: str) -> str:
    """Return the fields let through, of several the first one and how many more."""
    first, *more = kim_filter.bidang or ("",)
    if not first:
        return text("filter.any_bidang", lang)
    return " ".join([text(f"bidang.{first}", lang), *([f"+{len(more)}"] if more else [])])


def _years(view: View) -> None:
    """Draw the choice of the years of registration, unless all are of one."""
    first, last = data.snapshot(view).years
    if first == last:
        return
    years = view.kim_filter.tahun or (first, last)
    st.slider(
        text("widget.tahun", view.lang),
        first,
        last,
        **bound(
            "tahun",
            (max(first, min(years[0], last)), min(last, max(years[1], first))),
            lambda now, span: now.filtered(tahun=None if span == (first, last) else span),
        ),
    )


def _day(view: View) -> None:
    """Draw the choice of the day as of which the registry is shown."""
    st.date_input(
        text("as_of.widget", view.lang),
        min_value=date(1990, 1, 1),
        max_value=today(),
        format="DD/MM/YYYY",
        help=text("as_of.help", view.lang),
        **bound("per", view.day or today(), _as_of),
    )


def _as_of(view: View, day: date | None) -> View:
    return replace(view, day=None if day == today() else day)


def controls(
    view: View,
    own: Callable[[View], None] | None = None,
    of_regions: Callable[[View], None] | None = None,
) -> None:
    """Draw the row above a page: the region, what the page has of its ``own``, and the filters.

    Where a page shows regions that meet conditions, it has these chosen ``of_regions``.
    """
    with st.container(key="kendali", horizontal=True, vertical_alignment="center", gap="small"):
        breadcrumb(view)
        with st.container(key="pilihan", horizontal=True, vertical_alignment="center", gap="small"):
            _fold(text("filter.fold_level" if own else "filter.fold", view.lang))
            if own:
                own(view)
            kim_filters(view, of_regions)
    if view.kim_filter.tahun:
        unknown = kim_without_year(data.snapshot(view), view.kim_filter, view.region)
        if unknown:
            st.caption(say("widget.without_year", view.lang, jumlah=number(unknown, view.lang)))


def _fold(label: str) -> None:
    """Draw the button that unfolds what stands beside it; phone.css shows it, on phones alone."""
    st.html(
        f'<details class="lembar"><summary>{escape(label)}</summary></details>', width="content"
    )


def level_choice(view: View, levels: Sequence[Level] = ()) -> None:
    """Draw the choice of the level whose regions are shown, of ``levels`` if not of all."""
    st.segmented_control(
        text("widget.level", view.lang),
        levels or view.levels,
        format_func=lambda level: text(f"level_title.{level}", view.lang),
        label_visibility="collapsed",
        **bound(
            "level",
            view.shown_level,
            lambda now, level: now.drawn_at(level or now.shown_level),
        ),
    )


def breadcrumb(view: View) -> None:
    """Draw the way from Indonesia to the chosen region, one step up, and the regions below."""
    lang, gazetteer, here = view.lang, data.gazetteer(), view.region
    steps = [None, *(lineage(here) if here else [])]
    with st.container(
        key="remah", horizontal=True, vertical_alignment="center", gap="small", width="content"
    ):
        if here is not None:
            st.button(
                text("widget.up", lang),
                key="naik",
                icon=":material/arrow_upward:",
                on_click=_go_to,
                args=(parent(here),),
            )
        for code in steps[:-1]:
            name = gazetteer.name(code) if code else region_title(gazetteer, None, lang)
            st.button(
                f"{literal(name)}  ›",
                key=f"remah-{code}",
                type="tertiary",
                on_click=_go_to,
                args=(code,),
            )
        st.markdown(f"**{literal(region_title(gazetteer, here, lang))}**", width="content")
        _child_picker(view)


def _child_picker(view: View) -> None:
    lang, gazetteer = view.lang, data.gazetteer()
    children = gazetteer.children(view.region)
    if children.empty:
        return
    level = Level.PROVINSI if view.region is None else level_of(view.region).child
    assert level is not None
    tingkat = level_name(level, lang)
    st.selectbox(
        say("widget.into", lang, tingkat=tingkat),
        children["kode"].tolist(),
        format_func=gazetteer.name,
        placeholder=text(f"level_title.{level}", lang),  # what fits, unlike the label
        label_visibility="collapsed",
        width=150,
        **bound("anak", None, lambda now, code: now.at(code)),
    )

"""The bar above every page: name, search, pages, language, and the link to what is on screen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from dashboard.addresses import light_address
from dashboard.frame import account, state
from dashboard.frame.search import search_box
from dashboard.frame.widgets import bound
from geodata.people.rights import Person
from geodata.settings import settings
from geodata.text import LANGUAGES, number, text
from geodata.view.address import VIEW
from geodata.view.view import View


def draw(
    view: View,
    pages: Mapping[str, Page],
    managing: Sequence[str],
    helping: Sequence[str],
    person: Person,
    waiting: int,
) -> DeltaGenerator:
    """Draw the bar, and return where there is room beside the name.

    Its links carry the view: a page change would else empty the address.

    Parameters
    ----------
    pages
        Those that are offered, by name.
    managing, helping
        Names of those on the data themselves, and on the app: each have a menu of their own.
    person
        Who asks for the page.
    waiting
        How many KIM wait for them.
    """
    lang, kept = view.lang, VIEW.write(view)
    with st.container(
        key="kepala", horizontal=True, vertical_alignment="center", gap="small", wrap=False
    ):
        # On a phone all pages are in one menu; phone.css shows this, page.css the links.
        besides = account.choices(person, lang)
        _menu("menu", text("nav.pages", lang), list(pages), pages, view, ":material/menu:", besides)
        with st.container(key="nama", width="content"):
            st.markdown(f"**{text('app.title', lang)}**", width="content")
        beside_name = st.container(key="contoh", width="content")
        search_box.draw(lang)
        with st.container(key="halaman", horizontal=True, gap="small", wrap=False, width="content"):
            for name in pages:
                if name not in (*managing, *helping):
                    st.page_link(pages[name], query_params=kept)
        manage = text("nav.manage", lang)
        if waiting:
            manage = text("nav.manage_waiting", lang, jumlah=number(waiting, lang))
        _menu("kelola", manage, managing, pages, view)
        st.space("stretch")
        _menu("tolong", text("nav.help", lang), helping, pages, view, ":material/help:")
        st.segmented_control(
            text("app.language", lang),
            LANGUAGES,
            format_func=str.upper,
            label_visibility="collapsed",
            **bound("bahasa", lang, lambda now, chosen: replace(now, lang=chosen or now.lang)),
        )
        with st.popover(text("app.copy_link", lang), key="salin", icon=":material/link:"):
            st.caption(text("app.link_help", lang))
            st.code(state.link(), language=None, wrap_lines=True)
            light = state.server() + light_address(view)
            st.caption(text("lihat.share", lang))
            st.code(light, language=None, wrap_lines=True)
            if settings().framed_by:
                st.caption(text("lihat.frame", lang))
                frame = f'<iframe src="{escape(light)}" width="100%" height="560"></iframe>'
                st.code(frame, language=None, wrap_lines=True)
        if settings().signs_in:
            account.draw(person, lang)
    return beside_name


def _menu(
    key: str,
    label: str,
    names: Sequence[str],
    pages: Mapping[str, Page],
    view: View,
    icon: str | None = None,
    besides: Mapping[str, str] | None = None,
) -> None:
    """Draw a menu of pages, which closes once one is chosen; of one with an icon that is seen.

    ``besides`` the pages it offers what :func:`account.choices` returns.
    """
    others = besides or {}
    chosen = st.menu_button(
        label,
        [*names, *others],
        format_func=lambda name: others.get(name) or text(f"page.{name}", view.lang),
        key=key,
        icon=icon,
        help=label if icon else None,
    )
    if chosen and chosen in others:
        account.choose(chosen)
    elif chosen:
        st.switch_page(pages[chosen], query_params=VIEW.write(view))

"""One KIM: what is known of it, where it is, what may be done about it, and its history."""

from html import escape

import streamlit as st

from dashboard import data, permission
from dashboard.catatan.log_search import LOG, LogSearch
from dashboard.data_kim import contacts, form, history, registration
from dashboard.data_kim.whereabouts import turn_to
from dashboard.data_kim.words import field_in_words, told
from dashboard.frame import state
from dashboard.frame.markdown import literal, say
from dashboard.map import desa_map
from geodata.people.rights import Right
from geodata.registry.by_hand.form import FIELDS, POINT
from geodata.registry.by_hand.kim import Kim
from geodata.registry.database.history import kim_history
from geodata.registry.staging import PERSONAL_FIELDS
from geodata.text import number, percent, text
from geodata.view.address import VIEW
from geodata.view.words import region_title

_ICONS = {
    "ubah": ":material/edit:",
    "pindah": ":material/move_location:",
    "tutup": ":material/block:",
    "buka": ":material/restart_alt:",
}
_NOTHING = "–"


def draw(kim: Kim, lang: str) -> None:
    """Draw the KIM."""
    st.header(literal(kim.values["nama_kim"]), anchor=False)
    if permission.may(Right.UBAH, kim.kode):
        _actions(kim, lang)
    events = kim_history(data.registry(), kim.kim_id)
    registration.draw(kim, events, lang)
    left, right = st.columns([3, 2], gap="large")
    with left:
        shown = [name for name in (*FIELDS, "tahap") if name not in ("nama_kim", POINT)]
        _fields({name: told(name, kim.values[name], lang) for name in shown}, lang)
        st.caption(f"{text('data_kim.placed', lang)}: {literal(_placed(kim, lang))}")
        st.caption(say("data_kim.number", lang, kim=kim.kim_id))
        if permission.may(Right.PRIBADI, kim.kode):
            _contacts(kim, lang)
    with right:
        _place(kim, lang)
    history.draw(kim, events, lang)
    if permission.may(Right.LOG, kim.kode):
        st.page_link(
            "../pages/catatan.py",
            label=text("data_kim.log", lang),
            query_params=VIEW.write(state.current()) | LOG.write(LogSearch(kim=kim.kim_id)),
            icon=":material/history:",
        )


def _actions(kim: Kim, lang: str) -> None:
    other = "buka" if form.is_closed(kim) else "tutup"
    with st.container(horizontal=True):
        for action in ("ubah", "pindah", other):
            st.button(
                text(f"data_kim.action.{action}", lang),
                key=f"tindakan-{action}",
                type="primary" if action == "ubah" else "secondary",
                icon=_ICONS[action],
                on_click=turn_to,
                args=(kim.kim_id, action),
            )


def _fields(shown: dict[str, str], lang: str) -> None:
    """Draw fields with what they hold, as text whatever it is."""
    rows = (
        f"<div><dt>{escape(field_in_words(name, lang))}</dt>"
        f"<dd>{escape(value or _NOTHING)}</dd></div>"
        for name, value in shown.items()
    )
    st.html(f'<dl class="isian">{"".join(rows)}</dl>')


def _placed(kim: Kim, lang: str) -> str:
    way = text(f"column.cara_{kim.metode}", lang) if kim.metode else _NOTHING
    if kim.skor is None:
        return way
    return text("data_kim.placed_sure", lang, cara=way, skor=percent(kim.skor, lang, 0))


def _contacts(kim: Kim, lang: str) -> None:
    st.subheader(text("data_kim.contacts.heading", lang), anchor=False)
    known = contacts.of(kim)
    if known is None:
        contacts.show_button(kim, lang)
        return
    st.caption(text("data_kim.contacts.logged", lang))
    if not known:
        st.markdown(text("data_kim.contacts.empty", lang))
    ours = {name: known[name] for name in PERSONAL_FIELDS if name in known}
    _fields(ours, lang)
    for header in known.keys() - ours.keys():
        st.markdown(f":small[{literal(header)}]  \n{literal(known[header])}")


def _place(kim: Kim, lang: str) -> None:
    values = kim.values
    point = (float(values["lat"]), float(values["lng"])) if values["lat"] else None
    if not desa_map.draw([kim.kode], point, text("data_kim.place", lang), "peta-kim", lang):
        st.info(text("data_kim.no_place", lang), icon=":material/map:")
    if point is None:
        st.caption(text("data_kim.no_point", lang))
    else:
        lat, lng = (number(value, lang, 5) for value in point)
        st.caption(say("data_kim.own_point", lang, lat=lat, lng=lng))
    where = VIEW.write(state.current().at(kim.kode))
    for page, key, icon in (
        ("peta", "on_map", ":material/map:"),
        ("profil", "profile", ":material/badge:"),
    ):
        st.page_link(
            f"../pages/{page}.py",
            label=f"{text(f'data_kim.{key}', lang)} ({literal(_desa(kim, lang))})",
            query_params=where,
            icon=icon,
        )


def _desa(kim: Kim, lang: str) -> str:
    return region_title(data.gazetteer(), kim.kode, lang)

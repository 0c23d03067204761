"""Contacts of the KIM in an area: for who may see them, once they have asked, and logged."""

import streamlit as st

from dashboard import data, permission
from dashboard.darurat.found import Found
from dashboard.frame import doing, tables
from geodata.area.contacts import contacts, look, of_whom_may_see
from geodata.people.rights import Right
from geodata.registry.snapshot import Snapshot
from geodata.text import text
from geodata.view.view import View

_LOOKED = "darurat-kontak"


def show(found: Found, written: str, view: View) -> None:
    """Draw the button that shows them, or them, if whoever asks may see those of some KIM."""
    lang, snapshot, person = view.lang, data.snapshot(view), permission.person()
    own = of_whom_may_see(snapshot, found.answer.rows.tolist(), person)
    if not own:
        return
    st.caption(text("darurat.contacts.note", lang))
    asked = written, snapshot.version, view.kim_filter
    if st.session_state.get(_LOOKED) != asked:
        st.button(
            text("darurat.contacts.show", lang),
            key="darurat-lihat-kontak",
            icon=":material/visibility:",
            on_click=doing.guarded,
            args=(_look, snapshot, own, asked),
        )
        return
    table = contacts(data.registry(), snapshot, own, person)
    if table.empty:
        st.info(text("darurat.contacts.none", lang), icon=":material/info:")
    else:
        tables.show_table(table, "darurat-kontak", lang)


def _look(snapshot: Snapshot, rows: list[int], asked: tuple) -> None:
    with permission.acting(Right.PRIBADI, permission.person().region) as who:
        look(data.registry(), snapshot, rows, who)
    st.session_state[_LOOKED] = asked

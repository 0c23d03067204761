"""Finding KIM by a person: for those who may, and logged; what was asked is kept nowhere."""

import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing
from dashboard.frame.markdown import say
from geodata.people.rights import Right
from geodata.registry.by_hand.persons import find_kim_by_person
from geodata.text import number, text

_HITS, _ASKED = "data-kim-orang", "cari-orang"


def draw(lang: str) -> list[int]:
    """Draw the search; return the KIM that it found, by their numbers."""
    if not permission.may_somewhere(Right.PRIBADI):
        return []
    with st.expander(text("data_kim.person.heading", lang), icon=":material/person_search:"):
        with st.form("cari-orang-form", border=False):
            st.text_input(
                text("data_kim.person.asked", lang),
                help=text("data_kim.person.logged", lang),
                key=_ASKED,
                max_chars=100,
            )
            st.form_submit_button(
                text("data_kim.person.search", lang),
                icon=":material/search:",
                on_click=doing.guarded,
                args=(_search,),
            )
        hits: list[int] | None = st.session_state.get(_HITS)
        if hits is not None:
            count = number(len(hits), lang)
            st.markdown(say("data_kim.person.hits", lang, jumlah=count))
    return hits or []


def forget() -> None:
    """Forget what was found."""
    st.session_state.pop(_HITS, None)


def _search() -> None:
    forget()
    who = permission.person()
    with permission.acting(Right.PRIBADI, who.region):
        asked = st.session_state[_ASKED]
        st.session_state[_HITS] = find_kim_by_person(data.registry(), asked, person=who)

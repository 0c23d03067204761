"""What waits for whoever asks: how many, and which KIM, each a link to its page."""

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim.whereabouts import address_of
from dashboard.frame.markdown import literal, say
from dashboard.workshop.kept import kept
from geodata.people.rights import Person
from geodata.registry.snapshot import Snapshot
from geodata.registry.waiting import waiting_for
from geodata.text import number, text
from geodata.view.kim_words import desa_in_words

_SHOWN_AT_MOST = 20


def count(person: Person, snapshot: Snapshot) -> int:
    """Return how many KIM wait for somebody; of the sample none."""
    if snapshot.illustrative:
        return 0
    return sum(map(len, kept(waiting_for, person, snapshot).values()))


def draw(snapshot: Snapshot, lang: str) -> None:
    """Draw a list for each step that waits, unless none does."""
    waiting = kept(waiting_for, permission.person(), snapshot)
    if not waiting:
        return
    st.header(text("registration.waiting.heading", lang), anchor=False)
    for step, rows in waiting.items():
        how_many = number(len(rows), lang)
        with st.expander(say(f"registration.waiting.{step.name}", lang, jumlah=how_many)):
            for row in rows[:_SHOWN_AT_MOST]:
                kim = snapshot.kim.iloc[row]
                where = desa_in_words(data.gazetteer(), kim["kode_wilayah"])
                st.page_link(
                    "../pages/data_kim.py",
                    label=f"**{literal(kim['nama_kim'])}** · {literal(where)}",
                    query_params=address_of(snapshot.kim_ids[row]),
                )
            if len(rows) > _SHOWN_AT_MOST:
                st.caption(
                    say("registration.waiting.more", lang, jumlah=number(_SHOWN_AT_MOST, lang))
                )

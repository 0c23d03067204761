"""What waits for whoever asks: how many, and which KIM, each a link to its page."""

from collections.abc import Mapping

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import bulk
from dashboard.data_kim.whereabouts import address_of, proposal_address, turn_to
from dashboard.frame import doing
from dashboard.frame.markdown import literal, say
from dashboard.workshop.kept import kept
from geodata.people.rights import Person, Right
from geodata.registry.database.undoing import undo
from geodata.registry.proposals import Proposal, waiting_proposals
from geodata.registry.snapshot import Snapshot
from geodata.registry.steps import STEPS, Step
from geodata.registry.waiting import waiting_for
from geodata.settings import settings
from geodata.text import number, text
from geodata.view.kim_words import desa_in_words

_SHOWN_AT_MOST = 20


def proposals(person: Person) -> list[Proposal]:
    """Return the proposals that wait for somebody."""
    if not person.may_somewhere(Right.UBAH):
        return []
    return waiting_proposals(data.registry(), person.region)


def count(person: Person) -> int:
    """Return how many KIM and proposals wait for somebody; of the sample none."""
    # Of readers the registry of today is not asked: they may be looking at another day.
    if not any(person.may_somewhere(step.right) for step in STEPS):
        return 0
    snapshot = data.snapshot()
    if snapshot.illustrative:
        return 0
    kim = sum(map(len, kept(waiting_for, person, snapshot).values()))
    return kim + (len(proposals(person)) if settings().proposals else 0)


def draw(snapshot: Snapshot, lang: str) -> None:
    """Draw the proposals that wait, and a list for each step, unless none does."""
    person = permission.person()
    waiting, proposed = kept(waiting_for, person, snapshot), proposals(person)
    if not (waiting or proposed):
        return
    st.header(text("registration.waiting.heading", lang), anchor=False)
    if proposed:
        with st.expander(
            say("registration.waiting.usul", lang, jumlah=number(len(proposed), lang))
        ):
            for it in proposed[:_SHOWN_AT_MOST]:
                _link(it.values, proposal_address(it.batch_id))
            _tell_of_more(len(proposed), lang)
    for step, rows in waiting.items():
        how_many = number(len(rows), lang)
        with st.expander(say(f"registration.waiting.{step.name}", lang, jumlah=how_many)):
            for row in rows[:_SHOWN_AT_MOST]:
                _link(snapshot.kim.iloc[row], address_of(snapshot.kim_ids[row]))
            _tell_of_more(len(rows), lang)
            _all_at_once(step, [snapshot.kim_ids[row] for row in rows], lang)


def _all_at_once(step: Step, kim_ids: list[int], lang: str) -> None:
    """Draw the step for all KIM that wait for it, once somebody asks for that."""
    key = f"semua-{step.name}"
    if len(kim_ids) > 1 and st.toggle(text("registration.waiting.all", lang), key=key):
        bulk.draw(kim_ids, key, lang, step)


def draw_refusal(proposal: Proposal, lang: str) -> None:
    """Draw the button that gives a proposal up."""
    doing.confirmed(
        text("registration.proposal.refuse", lang),
        text("registration.proposal.refuse_sure", lang),
        _refuse,
        proposal,
        lang,
        key="tolak-usulan",
        icon=":material/block:",
    )


def _refuse(proposal: Proposal, lang: str) -> str:
    with permission.acting(Right.UBAH, proposal.values["kode_wilayah"]) as who:
        undo(data.registry(), proposal.batch_id, who=who)
    turn_to()
    return say("registration.proposal.refused", lang, nama=proposal.values["nama_kim"])


def _link(kim: Mapping[str, str], where: dict[str, str]) -> None:
    desa = desa_in_words(data.gazetteer(), kim["kode_wilayah"])
    st.page_link(
        "../pages/data_kim.py",
        label=f"**{literal(kim['nama_kim'])}** · {literal(desa)}",
        query_params=where,
    )


def _tell_of_more(how_many: int, lang: str) -> None:
    if how_many > _SHOWN_AT_MOST:
        first = number(_SHOWN_AT_MOST, lang)
        st.caption(say("registration.waiting.more", lang, jumlah=first))

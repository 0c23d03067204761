"""Data KIM: finding a KIM, what is known of it, and changing it by hand."""

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import bulk, card, contacts, finding, form, persons, saving, waiting
from dashboard.data_kim.whereabouts import ACTIONS, ADD, PROPOSE, WHEREABOUTS, here, turn_to
from dashboard.frame import doing, state
from dashboard.frame.markdown import say
from geodata.people.rights import Right
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.database.registry_error import RegistryEmpty, RegistryError
from geodata.registry.snapshot import Snapshot
from geodata.settings import settings
from geodata.text import text

view = state.current()
lang, where = view.lang, here()
snapshot: Snapshot | None
try:
    snapshot = data.snapshot()
except RegistryEmpty:
    snapshot = None

st.title(text("data_kim.title", lang))
state.show_notices(WHEREABOUTS)
if where.kim or where.action:
    st.button(
        text("data_kim.back", lang),
        key="semua-kim",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=turn_to,
    )
else:
    st.markdown(text("data_kim.lead", lang))
doing.show_news()
if where.kim or where.action:
    bulk.forget()
    persons.forget()
bulk.draw_undo(lang)

kim = None
if where.kim and snapshot is not None and not snapshot.illustrative:
    try:
        kim = saving.seen(where.kim) if where.action else read_kim(data.registry(), where.kim)
    except RegistryError as error:
        if error.key != "registry_no_kim":
            raise
if not where.kim:
    contacts.hide()
if not where.action:
    saving.see_anew()
if kim is not None and form.is_done(kim, where.action):
    form.say_done(kim, where.action, lang)
    card.draw(kim, lang)
elif kim is not None and where.action in ACTIONS and permission.may(Right.UBAH, kim.kode):
    form.draw_change(kim, where.action, lang)
elif kim is not None:
    card.draw(kim, lang)
elif where.action == ADD and permission.may_somewhere(Right.UBAH):
    proposed = {it.batch_id: it for it in waiting.proposals(permission.person())}
    proposal = proposed.get(where.proposal)
    if proposal is not None:
        waiting.draw_refusal(proposal, lang)
    form.draw_new(proposal, lang)
elif where.action == PROPOSE and settings().proposals:
    form.draw_proposal(lang)
else:
    if where.kim:
        st.warning(say("data_kim.gone", lang, kim=where.kim), icon=":material/link_off:")
    elif snapshot is not None and not snapshot.illustrative:
        waiting.draw(snapshot, lang)
    finding.draw(snapshot, view)

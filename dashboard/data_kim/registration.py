"""A KIM along the chain of registration: what may be done about it next, and its certificate."""

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import saving
from dashboard.data_kim.whereabouts import address_of
from dashboard.frame import doing, state
from dashboard.frame.markdown import say
from dashboard.workshop.kept import kept
from geodata.exports.certificate import to_pdf
from geodata.people.rights import Right
from geodata.registry.by_hand.form import WHY, problem_of_reason
from geodata.registry.by_hand.four_eyes import own_work
from geodata.registry.by_hand.kim import Kim
from geodata.registry.by_hand.registration import address_of_kim, holder_of, take_step
from geodata.registry.by_hand.saving import Saved
from geodata.registry.database.history import Event
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.schema import REGISTERED, SENT_BACK, VERIFIED
from geodata.registry.steps import REGISTER, STEPS, VERIFY, Step
from geodata.text import text
from geodata.view.address import link

_ICONS = {
    "daftarkan": ":material/how_to_reg:",
    "verifikasi": ":material/verified:",
    "kembalikan": ":material/reply:",
    "ajukan": ":material/send:",
}


def draw(kim: Kim, events: list[Event], lang: str) -> None:
    """Draw the steps that whoever asks may take with a KIM, and what they have to know for it."""
    tahap = kim.values["tahap"]
    if tahap == SENT_BACK and permission.may(Right.LOG, kim.kode):
        remark = next(it.reason for it in reversed(events) if "tahap" in it.changes)
        if remark:
            said = say("registration.remark_said", lang, catatan=remark)
            st.warning(said, icon=":material/reply:")
    steps = [it for it in STEPS if tahap in it.before and permission.may(it.right, kim.kode)]
    if VERIFY in steps and own_work(data.registry(), [kim], permission.person()):
        steps.remove(VERIFY)
        st.caption(text("registration.own", lang))
    with st.container(horizontal=True):
        for step in steps:
            _step(step, kim, lang)
        if tahap in (REGISTERED, VERIFIED):
            _certificate(kim, lang)


def _step(step: Step, kim: Kim, lang: str) -> None:
    """Draw the button of a step, which says what it means before it is taken."""
    key = f"{step.name}-{kim.version}"
    label = text(f"registration.{step.name}", lang)
    # By its key it is closed once the KIM is another version, and its place another step's.
    with st.popover(label, icon=_ICONS[step.name], key=f"langkah-{key}"):
        st.markdown(text(f"registration.{step.name}_sure", lang))
        if step is REGISTER:
            _tell_of_address(kim, lang)
        if step.remarked:
            st.text_area(
                text("registration.remark", lang),
                help=text("data_kim.form.reason_help", lang),
                max_chars=500,
                key=f"catatan-{key}",
            )
        st.button(
            label,
            key=key,
            type="primary",
            on_click=doing.guarded,
            args=(_take, step, kim, f"catatan-{key}", lang),
        )


def _tell_of_address(kim: Kim, lang: str) -> None:
    address = address_of_kim(kim)
    if not address:
        return
    holder = holder_of(data.registry(), address, kim)
    if holder:
        st.markdown(say("registration.address_taken", lang, alamat=address, kim=holder))
    else:
        own = "own" if kim.values["domain"] else "free"
        st.markdown(say(f"registration.address_{own}", lang, alamat=address))


def _take(step: Step, kim: Kim, remark_key: str, lang: str) -> str:
    remark = " ".join(st.session_state.get(remark_key, "").split())
    if problem := problem_of_reason(remark).get(WHY):
        raise RegistryError(f"step_{problem}")
    name = kim.values["nama_kim"]
    with permission.acting(step.right, kim.kode):
        outcome = take_step(data.registry(), [kim], step, person=permission.person(), remark=remark)
    saving.see_anew()
    if not isinstance(outcome, Saved):
        return say("registration.changed", lang, nama=name)
    return say(f"registration.{step.name}_done", lang, nama=name)


def _certificate(kim: Kim, lang: str) -> None:
    own = link(f"{state.server()}/data_kim", address_of(kim.kim_id))
    st.download_button(
        text("registration.certificate", lang),
        lambda: kept(to_pdf, kim, data.gazetteer(), own, lang),
        file_name=f"piagam-kim-{kim.kim_id}.pdf",
        mime="application/pdf",
        icon=":material/workspace_premium:",
        on_click="ignore",
    )

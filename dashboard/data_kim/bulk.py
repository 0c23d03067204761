"""Many KIM at once: their status, their fields or their next step, with the difference before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import history
from dashboard.data_kim.words import field_in_words, told_or_empty
from dashboard.frame import doing
from dashboard.frame.markdown import say
from geodata.people.rights import Right
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.form import WHY, problem_of_reason
from geodata.registry.by_hand.four_eyes import own_work
from geodata.registry.by_hand.kim import Kim, read_several
from geodata.registry.by_hand.registration import take_step, values_after
from geodata.registry.by_hand.saving import Outcome, Saved, save
from geodata.registry.database.batches import find_batch
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.fields import BIDANG, SEPARATOR
from geodata.registry.schema import STATUSES
from geodata.registry.staging import VALUES
from geodata.registry.steps import HAND_IN, REGISTER, VERIFY, Step
from geodata.text import number, text

NEXT: Mapping[str, Step] = {step.name: step for step in (REGISTER, VERIFY, HAND_IN)}
"""The steps that can be taken by many: a remark is of one KIM."""
MOST = 1_000
_FIELDS = ("status", "bidang")
_DONE = "kim-banyak"


@dataclass(frozen=True)
class _Done:
    batch_id: int
    right: Right
    said: str


def may_somewhere() -> bool:
    """Tell whether there is anything that whoever asks may do to many KIM."""
    return any(map(permission.may_somewhere, (Right.UBAH, Right.VERIFIKASI)))


def draw(kim_ids: Sequence[int], key: str, lang: str, step: Step | None = None) -> None:
    """Draw what can be done to KIM, or the ``step`` alone, and what would become of each.

    ``key`` tells this choice from others of the page.
    """
    several = read_several(data.registry(), kim_ids[:MOST])
    with st.container(border=True):
        count = number(len(several), lang)
        st.subheader(say("data_kim.bulk.heading", lang, jumlah=count), anchor=False)
        if len(kim_ids) > MOST:
            st.caption(say("data_kim.bulk.most", lang, jumlah=number(MOST, lang)))
        what = step.name if step else _what(key, lang)
        if what in NEXT:
            _step(NEXT[what], several, key, lang)
        else:
            _field(what, several, key, lang)


def forget() -> None:
    """Offer no longer to undo what was done here last."""
    st.session_state.pop(_DONE, None)


def draw_undo(lang: str) -> None:
    """Draw the button that undoes what was done last, or puts it back."""
    done: _Done | None = st.session_state.get(_DONE)
    if done is not None:
        history.draw_turn(find_batch(data.registry(), done.batch_id), done.right, lang)


def _what(key: str, lang: str) -> str:
    """Draw the choice of what is done."""
    fields = _FIELDS if permission.may_somewhere(Right.UBAH) else ()
    steps = [name for name, step in NEXT.items() if permission.may_somewhere(step.right)]
    return st.selectbox(
        text("data_kim.bulk.what", lang),
        [*fields, *steps],
        format_func=lambda name: (
            text(f"registration.{name}", lang) if name in NEXT else field_in_words(name, lang)
        ),
        key=f"{key}-apa",
        width=320,
    )


def _field(name: str, several: list[Kim], key: str, lang: str) -> None:
    """Draw what a field is to become, and the difference."""
    own = _own(several, Right.UBAH, lang)
    value = _into(name, key, lang)
    if not value:
        return
    reason = st.text_input(
        text("data_kim.form.reason", lang),
        help=text("data_kim.form.reason_help", lang),
        key=f"{key}-sebab",
    )
    if problems := problem_of_reason(reason):
        st.error(text(f"data_kim.problem.{problems[WHY]}", lang), icon=":material/error:")
        return
    changes = [
        Change({**kim.values, name: value}, kim, reason=reason.strip())
        for kim in own
        if kim.values[name] != value
    ]
    sure = "data_kim.bulk.sure"
    _difference([(kim, {**kim.values, name: value}) for kim in own], key, lang)
    _button(len(changes), text("data_kim.bulk.save", lang), sure, (_save, changes, lang), key, lang)


def _into(name: str, key: str, lang: str) -> str:
    label = text("data_kim.bulk.into", lang)
    if name == "status":
        status = st.selectbox(
            label,
            STATUSES,
            index=None,
            placeholder="",
            format_func=lambda value: text(f"status.{value}", lang),
            key=f"{key}-status",
            width=320,
        )
        return status or ""
    fields = st.multiselect(
        label,
        BIDANG,
        placeholder="",
        format_func=lambda value: text(f"bidang.{value}", lang),
        key=f"{key}-bidang",
        width=480,
    )
    return SEPARATOR.join(field for field in BIDANG if field in fields)


def _step(step: Step, several: list[Kim], key: str, lang: str) -> None:
    """Draw which KIM a step can be taken with, and what becomes of them."""
    own = _own(several, step.right, lang)
    there = [kim for kim in own if kim.values["tahap"] in step.before]
    _say_left("elsewhere", len(own) - len(there), lang)
    if step is VERIFY:
        registered = own_work(data.registry(), there, permission.person())
        there = [kim for kim in there if kim not in registered]
        _say_left("own", len(registered), lang)
    _difference([(kim, values_after(kim, step)) for kim in there], key, lang)
    label, sure = text(f"registration.{step.name}", lang), f"registration.many.{step.name}"
    _button(len(there), label, sure, (_take, step, there, lang), key, lang)


def _own(several: list[Kim], right: Right, lang: str) -> list[Kim]:
    """Return those of the own region, and say how many are not."""
    own = [kim for kim in several if permission.may(right, kim.kode)]
    _say_left("outside", len(several) - len(own), lang)
    return own


def _say_left(why: str, how_many: int, lang: str) -> None:
    if how_many:
        st.caption(say(f"data_kim.bulk.{why}", lang, jumlah=number(how_many, lang)))


def _difference(becoming: list[tuple[Kim, Mapping[str, str]]], key: str, lang: str) -> None:
    """Draw of each KIM that would change what it is, and what it would be."""
    changing = [(kim, after) for kim, after in becoming if dict(kim.values) != dict(after)]
    done: _Done | None = st.session_state.get(_DONE)
    if not changing and done is not None:  # the news above may be out of sight
        st.success(done.said, icon=":material/check_circle:")
    elif not changing:
        st.info(text("data_kim.bulk.none", lang), icon=":material/info:")
    if not changing:
        return
    names = [
        name for name in VALUES if any(kim.values[name] != after[name] for kim, after in changing)
    ]
    columns = [field_in_words(name, lang) for name in ("nama_kim", "kode_wilayah", *names)]
    rows = [
        [
            kim.values["nama_kim"],
            data.gazetteer().name(kim.kode),
            *(_turn(name, kim.values[name], after[name], lang) for name in names),
        ]
        for kim, after in changing
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=columns), hide_index=True, width="stretch", key=f"{key}-beda"
    )


def _turn(name: str, before: str, after: str, lang: str) -> str:
    told = [told_or_empty(name, value, lang) for value in (before, after)]
    return told[0] if before == after else " → ".join(told)


def _button(how_many: int, label: str, sure: str, act: tuple, key: str, lang: str) -> None:
    if not how_many:
        return
    count = number(how_many, lang)
    doing.confirmed(
        say("data_kim.bulk.do", lang, apa=label, jumlah=count),
        say(sure, lang, jumlah=count),
        *act,
        key=f"{key}-simpan",
        icon=":material/done_all:",
    )


def _save(changes: Sequence[Change], lang: str) -> str:
    who = permission.person()
    with permission.acting(Right.UBAH, who.region):
        outcome = save(data.registry(), changes, person=who)
    return _said(outcome, Right.UBAH, lang)


def _take(step: Step, several: Sequence[Kim], lang: str) -> str:
    who = permission.person()
    with permission.acting(step.right, who.region):
        outcome = take_step(data.registry(), several, step, person=who)
    return _said(outcome, step.right, lang)


def _said(outcome: Outcome, right: Right, lang: str) -> str:
    """Say what was done.

    Raises
    ------
    RegistryError
        If nothing was, since somebody else has changed one of the KIM.
    """
    if isinstance(outcome, Conflict):
        raise RegistryError("by_hand_changed", nama=outcome.now.values["nama_kim"])
    assert isinstance(outcome, Saved)  # neither name, desa nor point is another
    said = say(
        "data_kim.saved.banyak",
        lang,
        jumlah=number(len(outcome.kim_ids), lang),
        kiriman=outcome.batch_id,
        versi=number(outcome.version, lang),
    )
    st.session_state[_DONE] = _Done(outcome.batch_id, right, said)
    return said

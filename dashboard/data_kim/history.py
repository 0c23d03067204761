"""The history of a KIM: who did what, when, by which file or form; and taking the last change back.

Readers see whose office it was. Names of people and the reasons they wrote are for those who may
read the log.
"""

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import saving
from dashboard.data_kim.words import field_in_words, told_or_empty
from dashboard.frame import doing
from dashboard.frame.markdown import say
from geodata.days import office_day
from geodata.people.rights import Right
from geodata.registry.by_hand.kim import Kim
from geodata.registry.database.batches import Batch, find_batch
from geodata.registry.database.history import Event
from geodata.registry.database.states import Action, State
from geodata.registry.database.undoing import redo, undo
from geodata.registry.personal import without_personal
from geodata.registry.steps import turned_by
from geodata.text import day, number, text

_TURNS = {"undo": undo, "redo": redo}
_ICONS = {"undo": ":material/undo:", "redo": ":material/redo:"}


def draw(kim: Kim, events: list[Event], lang: str) -> None:
    """Draw what has happened to a KIM (its ``kim_history``), the last first."""
    st.header(text("data_kim.history.heading", lang), anchor=False)
    _turn_last(events, lang)
    for event in reversed(events):
        show_heading(event, kim.kode, lang)
        lines = [_change(name, *values, lang) for name, values in event.changes.items()]
        if not lines and event.action is Action.MASUK:
            lines = [text("data_kim.history.contacts", lang)]
        st.markdown("\n".join(f"- {line}" for line in lines))


def show_heading(event: Event, kode: str, lang: str) -> None:
    """Draw what was done to a KIM in the desa ``kode``, when, how and by whom."""
    logged = permission.may(Right.LOG, kode)
    sender = without_personal(event.sender) or text("impor.history.no_sender", lang)
    heading = say(
        "data_kim.history.made",
        lang,
        hari=day(office_day(event.at), lang),
        apa=text(f"data_kim.history.{event.action}", lang),
        kiriman=event.batch_id,
        asal=_origin(event, lang),
        siapa=event.who if logged else sender,
    )
    st.markdown(f"**{heading}**")
    if logged and event.reason:
        st.caption(say("data_kim.history.why", lang, sebab=event.reason))


def _origin(event: Event, lang: str) -> str:
    if not event.file_name:
        return text("data_kim.history.of_form", lang)
    file = without_personal(event.file_name) or "–"
    line, sheet = number(event.line, lang), without_personal(event.sheet)
    if not event.line:
        return file
    if not sheet:
        return text("data_kim.history.of_file", lang, file=file, line=line)
    return text("data_kim.history.of_sheet", lang, file=file, sheet=sheet, line=line)


def _change(name: str, before: object, after: object, lang: str) -> str:
    said = {"kolom": field_in_words(name, lang), "sesudah": told_or_empty(name, after, lang)}
    if before == "":
        return say("data_kim.history.first", lang, **said)
    return say("data_kim.history.change", lang, sebelum=told_or_empty(name, before, lang), **said)


def _turn_last(events: list[Event], lang: str) -> None:
    """Draw the button that undoes the last change by hand, or puts it back."""
    event = events[-1]
    if event.file_name:  # files are undone where they were brought in
        return
    batch = find_batch(data.registry(), event.batch_id)
    made = [it for it in events if it.batch_id == batch.id and it.action is Action.MASUK]
    draw_turn(batch, turned_by(made[-1].changes), lang)


def draw_turn(batch: Batch, right: Right, lang: str) -> None:
    """Draw the button that undoes a batch by hand, or puts it back, for those who may."""
    if not permission.may(right, batch.region):
        return
    name = "redo" if batch.state is State.DIBATALKAN else "undo"
    told_of = {"kiriman": batch.id, "jumlah": number(batch.rows, lang)}
    doing.confirmed(
        text(f"data_kim.undo.{name}", lang),
        say(f"data_kim.undo.{name}_sure", lang, **told_of),
        _turn,
        name,
        right,
        batch.id,
        lang,
        key=f"{name}-{batch.id}",
        icon=_ICONS[name],
    )


def _turn(name: str, right: Right, batch_id: int, lang: str) -> str:
    region = find_batch(data.registry(), batch_id).region
    with permission.acting(right, region) as who:
        version = _TURNS[name](data.registry(), batch_id, who=who)
    saving.see_anew()
    assert version is not None  # what was done by hand is committed at once
    return say(f"data_kim.undo.{name}_done", lang, versi=number(version, lang))

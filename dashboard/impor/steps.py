"""The way of a file into the registry: its steps, which stand in the address."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard import data, permission
from dashboard.frame import state
from dashboard.frame.markdown import say
from geodata.errors import PetaKimError
from geodata.operator import operating
from geodata.people.audit import record_look
from geodata.people.rights import Right
from geodata.registry import forgetting
from geodata.registry.database.batches import Batch, find_batch
from geodata.registry.database.connection import Registry
from geodata.registry.database.states import State
from geodata.registry.uploads import Upload
from geodata.text import day, number, text
from geodata.view.address import Part, choice_parameter, number_parameter, simple_parameter

STEPS = ("berkas", "kolom", "desa", "kembar", "simpan")
DONE = "selesai"
_OF_A_BATCH = (*STEPS[2:], DONE)
_LARGEST = 2**31 - 1  # number of a batch or row, as databases count them
_SEEN = "kiriman-dilihat"


def registry() -> Registry:
    """Return the registry, made if there is none yet."""
    return data.registry()


@contextmanager
def acting_on(batch_id: int) -> Iterator[str]:
    """Give the name under which a batch is changed, once it is clear that it may be.

    Raises
    ------
    NotAllowed
        If whoever asks may not, at this moment.
    """
    with permission.acting(Right.IMPOR, find_batch(registry(), batch_id).region) as who:
        yield who


def note_look(batch_id: int) -> None:
    """Note that whoever asks sees cells of a batch: once as long as they look at no other.

    Raises
    ------
    NotAllowed
        If they may not.
    """
    region = find_batch(registry(), batch_id).region
    with permission.acting(Right.PRIBADI, region) as who:
        if st.session_state.get(_SEEN) != batch_id:
            record_look(registry(), who=who, region=region, batch_id=batch_id)
            st.session_state[_SEEN] = batch_id


def forget_look() -> None:
    """Begin a visit anew: the list is looked at, and no batch."""
    st.session_state.pop(_SEEN, None)


def expire_hourly() -> None:
    """Take out what has been kept long enough, once an hour at most."""
    try:
        _expire(registry().url)
    except PetaKimError as error:  # somebody writes: the page goes on, and the next hour comes
        logging.getLogger("peta_kim").warning("%s", error)


@st.cache_resource(ttl=3600, show_spinner=False)
def _expire(url: str) -> None:  # noqa: ARG001 - done once an hour for each registry
    forgetting.expire(registry(), who=operating(Right.HAPUS_PRIBADI))


def say_kept_until(what: Upload | Batch, lang: str) -> str:
    """Say until when a waiting file, a draft or the cells of a batch are kept; "" if for good."""
    last = forgetting.kept_until(what)
    return say("impor.kept_until", lang, date=day(last, lang)) if last else ""


@dataclass(frozen=True)
class Whereabouts:
    """Where in the import one is: a waiting file, or a batch with step and row, if any."""

    upload: str = ""
    batch: int = 0
    step: str = ""
    row: int = 0


WHEREABOUTS: Part[Whereabouts] = Part(
    Whereabouts(),
    simple_parameter("unggahan", str, str, "upload"),
    number_parameter("kiriman", int, 1, _LARGEST, "batch"),
    choice_parameter("langkah", _OF_A_BATCH, "step"),
    number_parameter("baris", int, 1, _LARGEST, "row"),
)


def here() -> Whereabouts:
    """Return where the address says one is."""
    return state.own(WHEREABOUTS)


def turn_to(where: Whereabouts = Whereabouts()) -> None:
    """Write another place into the address; by default the start."""
    state.set_own(WHEREABOUTS, where)


def batch_of_address() -> Batch | None:
    """Return the batch that the address names; ``None`` if it names none, or one that is gone."""
    number_of_batch = here().batch
    if not number_of_batch:
        return None
    try:
        return find_batch(registry(), number_of_batch)
    except PetaKimError:
        return None


def step_of(batch: Batch) -> str:
    """Return the step that the address names for a batch; at first that of its matches."""
    if batch.state is State.DIBATALKAN:
        return DONE
    return here().step or ("desa" if batch.state is State.DRAF else DONE)


def go(batch_id: int, step: str = "") -> None:
    """Turn to a step of a batch; for callbacks."""
    turn_to(Whereabouts(batch=batch_id, step=step))


def show_steps(current: str, lang: str) -> None:
    """Draw which steps are done, under way and to come."""
    now = STEPS.index(current)
    items = []
    for position, step in enumerate(STEPS):
        which = "done" if position < now else "now" if position == now else "later"
        mark = "✓" if position < now else str(position + 1)
        label = escape(text(f"impor.step.{step}", lang))
        here = ' aria-current="step"' if which == "now" else ""
        items.append(f'<li class="{which}"{here}><span>{mark}</span>{label}</li>')
    title = escape(text("impor.steps", lang))
    st.html(f'<nav aria-label="{title}"><ol class="langkah">{"".join(items)}</ol></nav>')


def show_counts(batch: Batch, lang: str) -> None:
    """Draw that the rows of the file are all accepted, in review or rejected."""
    with st.container(horizontal=True):
        for name in ("rows", "diterima", "ditinjau", "ditolak"):
            figure = number(getattr(batch, name), lang)
            st.metric(text(f"impor.count.{name}", lang), figure, border=True)
    counted = {
        name: number(getattr(batch, name), lang)
        for name in ("rows", "diterima", "ditinjau", "ditolak")
    }
    st.caption(say("impor.count.sum", lang, **counted))


def show_way(batch: Batch, current: str, lang: str) -> None:
    """Draw the buttons to the step before and the step after."""
    position = STEPS.index(current)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if position > STEPS.index("desa"):
            before = STEPS[position - 1]
            st.button(
                say("impor.previous", lang, step=text(f"impor.step.{before}", lang)),
                icon=":material/arrow_back:",
                on_click=go,
                args=(batch.id, before),
            )
        if position < len(STEPS) - 1:
            after = STEPS[position + 1]
            st.button(
                say("impor.next", lang, step=text(f"impor.step.{after}", lang)),
                icon=":material/arrow_forward:",
                type="primary",
                on_click=go,
                args=(batch.id, after),
            )

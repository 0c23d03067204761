"""Saving what somebody wrote: done, or held until they have looked at what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim.whereabouts import Whereabouts, here, turn_to
from dashboard.frame.markdown import say
from geodata.people.rights import Right
from geodata.registry.by_hand import saving
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.form import Problems
from geodata.registry.by_hand.kim import Kim, read_kim
from geodata.registry.by_hand.saving import Doubtful, Saved
from geodata.registry.database.batches import find_batch
from geodata.registry.database.undoing import undo
from geodata.registry.proposals import waiting_proposals
from geodata.text import number

_SEEN, _HELD = "data-kim-dilihat", "data-kim-tertahan"


@dataclass(frozen=True)
class Held:
    """A change that is not saved yet, since something stands against it."""

    where: Whereabouts
    against: Problems | Doubtful | Conflict
    changes: tuple[Change, ...] = ()


def seen(kim_id: int) -> Kim:
    """Return the KIM as it was when this session came to where it is: what a change rests on.

    Raises
    ------
    RegistryError
        If there is no such KIM.
    """
    where, kim = st.session_state.get(_SEEN, (None, None))
    if where != here():
        kim = read_kim(data.registry(), kim_id)
        st.session_state[_SEEN] = here(), kim
    return kim


def see_anew() -> None:
    """Begin with the KIM as it is now, for callbacks."""
    forget()
    st.session_state.pop(_SEEN, None)


def held() -> Held | None:
    """Return what is held where one is; what was left elsewhere is forgotten."""
    kept: Held | None = st.session_state.get(_HELD)
    if kept is not None and kept.where != here():
        forget()
        return None
    return kept


def hold(against: Problems | Doubtful | Conflict, changes: Sequence[Change] = ()) -> None:
    """Hold changes until somebody has decided about what stands against them."""
    st.session_state[_HELD] = Held(here(), against, tuple(changes))


def forget() -> None:
    """Give up what is held."""
    st.session_state.pop(_HELD, None)


def save(changes: Sequence[Change], lang: str) -> str | None:
    """Save changes and say what was done; or hold them.

    Raises
    ------
    PetaKimError
        If somebody may not, or the changes break a rule of the registry.
    """
    forget()
    who = permission.person()
    with permission.acting(Right.UBAH, who.region):
        outcome = saving.save(data.registry(), changes, person=who)
    if not isinstance(outcome, Saved):
        hold(outcome, changes)
        return None
    _settle(here().proposal)
    told = {"kiriman": outcome.batch_id, "versi": number(outcome.version, lang)}
    turn_to(outcome.kim_ids[0])
    kind = "ubah" if changes[0].seen else "baru"
    return say(f"data_kim.saved.{kind}", lang, nama=changes[0].values["nama_kim"], **told)


def _settle(proposal: int) -> None:
    """Give up a proposal that has become a KIM; an address may name any other batch."""
    if proposal not in {it.batch_id for it in waiting_proposals(data.registry(), None)}:
        return
    with permission.acting(Right.UBAH, find_batch(data.registry(), proposal).region) as who:
        undo(data.registry(), proposal, who=who)

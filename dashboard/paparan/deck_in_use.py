"""The deck in use, which slides go into: named in the address, remembered on other pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.frame import state
from dashboard.frame.markdown import show_error
from geodata.errors import SelectionError
from geodata.exports.decks import Deck, slug
from geodata.view.address import Part, simple_parameter

_REMEMBERED = "dek-dipakai"


@dataclass(frozen=True)
class InUse:
    """Which deck is in use, by its slug; none: ""."""

    deck: str = ""


IN_USE: Part[InUse] = Part(InUse(), simple_parameter("dek", slug, str, "deck"))


def deck_in_use(decks: Sequence[Deck]) -> Deck | None:
    """Return the one of ``decks`` that slides go into; of one that is gone say so.

    It is that of the address, else the one that this reader used last, else the only one there is:
    among several, nobody's slides go into a deck that was not chosen.
    """
    state.show_notices(IN_USE)
    wanted = state.own(IN_USE).deck or st.session_state.get(_REMEMBERED, "")
    if not wanted:
        return decks[0] if len(decks) == 1 else None
    st.session_state[_REMEMBERED] = wanted
    for deck in decks:
        if slug(deck.name) == wanted:
            return deck
    show_error(SelectionError("deck_unknown", name=wanted), state.language())
    return None


def use(name: str) -> None:
    """Take the deck ``name`` into use; for callbacks. An empty name: none."""
    wanted = slug(name) if name else ""
    st.session_state[_REMEMBERED] = wanted
    state.set_own(IN_USE, InUse(wanted))

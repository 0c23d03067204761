"""Changes of decks, made in callbacks: the page that follows says what was done, and undoes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from dashboard import permission
from dashboard.addresses import deck_address
from dashboard.frame.markdown import explain, say
from dashboard.paparan.deck_in_use import use
from geodata.errors import PetaKimError
from geodata.exports.decks import (
    Deck,
    Scene,
    add_scene,
    change_deck,
    remove_deck,
    restore_deck,
    save_deck,
)
from geodata.people.audit import Deed, recording
from geodata.people.rights import Right
from geodata.text import number, text

_ADDED, _REMOVED, _PROBLEM, _UNSAVED = "dek-baru", "dek-terhapus", "dek-salah", "dek-catatan-belum"


@dataclass(frozen=True)
class Removal:
    """What was removed, as it was: a deck, or only its scene at ``position``."""

    deck: Deck
    position: int | None = None

    def said(self, lang: str) -> str:
        """Say so, as Markdown."""
        if self.position is None:
            return say("paparan.deck_removed", lang, name=self.deck.name)
        nomor = number(self.position + 1, lang)
        return say("paparan.scene_removed", lang, name=self.deck.name, nomor=nomor)

    def undo(self) -> None:
        """Bring it back, among whatever others have changed since."""
        if self.position is None:
            restore_deck(self.deck)
        else:
            add_scene(self.deck.name, self.deck.scenes[self.position], self.position)


def guarded(change: Callable[[], None], lang: str) -> None:
    """Do ``change`` in a callback; what a user did wrong is said on the page that follows."""
    try:
        change()
    except PetaKimError as error:
        st.session_state[_PROBLEM] = explain(error, lang)


@contextmanager
def _changing(name: str, *, is_there: bool = True, stays: bool = True) -> Iterator[None]:
    """Change the deck ``name`` within this, once it is clear that whoever asks may.

    Raises
    ------
    NotAllowed
        If they may not, at this moment.
    """
    # Decks are of no region: whoever may make any, may in their own.
    region, deck = permission.person().region, {"deck": name}
    with permission.acting(Right.PAPARAN, region) as who:
        old, new = deck if is_there else None, deck if stays else None
        with recording(Deed.PAPARAN, who=who, region=region, old=old, new=new):
            yield


def create(name: str, scene: Scene) -> None:
    """Make a deck of one scene, and take it into use."""
    with _changing(name, is_there=False):
        made = save_deck(Deck(name).with_scene(scene))
    _tell_added(made)


def add(deck: Deck, scene: Scene) -> None:
    """Put a scene at the end of ``deck``."""
    with _changing(deck.name):
        added = add_scene(deck.name, scene)
    _tell_added(added)


def _tell_added(deck: Deck) -> None:
    use(deck.name)
    st.session_state[_ADDED] = deck


def change(deck: Deck, made: Callable[[Deck], Deck]) -> None:
    """Keep of ``deck`` what is ``made`` of it."""
    with _changing(deck.name):
        change_deck(deck, made)


def note(deck: Deck, position: int, notes: str) -> None:
    """Write the notes of a scene; those that cannot be kept are shown to be copied."""
    try:
        change(deck, lambda now: now.noted(position, notes))
    except PetaKimError:
        st.session_state[_UNSAVED] = notes
        raise


def remove(deck: Deck, position: int) -> None:
    """Take a scene out of ``deck``."""
    change(deck, lambda now: now.without(position))
    _removals().append(Removal(deck, position))


def remove_all(deck: Deck) -> None:
    """Remove ``deck``."""
    with _changing(deck.name, stays=False):
        removed = remove_deck(deck)
    _removals().append(Removal(removed))
    use("")


def _removals() -> list[Removal]:
    """Return what this reader removed and did not bring back, the last one at the end."""
    return st.session_state.setdefault(_REMOVED, [])


def _undo() -> None:
    removal = _removals()[-1]
    with _changing(removal.deck.name, is_there=removal.position is not None):
        removal.undo()
    _removals().pop()  # not before it is back
    use(removal.deck.name)


def place_of_removal(deck: Deck | None) -> int | None:
    """Return where in ``deck`` the scene stood that was removed last; ``None`` if in no such place.

    Whoever removed it looks there.
    """
    removal = _removals()[-1] if _removals() else None
    if removal is None or removal.position is None or deck is None:
        return None
    return min(removal.position, len(deck.scenes)) if removal.deck.name == deck.name else None


def offer_undo(lang: str) -> None:
    """Say what was removed last, and bring it back if the reader wants it."""
    if not _removals():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(_removals()[-1].said(lang), icon=":material/delete:")
        st.button(
            text("paparan.undo", lang),
            icon=":material/undo:",
            on_click=guarded,
            args=(_undo, lang),
        )


def tell(lang: str) -> None:
    """Say what the last change came to."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        st.error(problem, icon=":material/error:")
    unsaved = st.session_state.pop(_UNSAVED, None)
    if unsaved:
        st.caption(text("paparan.unsaved_notes", lang))
        st.code(unsaved, language=None, wrap_lines=True)
    added = st.session_state.pop(_ADDED, None)
    if added is not None:
        _say_added(added, lang)


def _say_added(deck: Deck, lang: str) -> None:
    nomor = number(len(deck.scenes), lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        said = say("paparan.added", lang, name=deck.name, nomor=nomor)
        st.success(said, icon=":material/check:")
        st.link_button(
            text("paparan.look", lang),
            f"{deck_address(deck.name, lang, notes=True)}#{len(deck.scenes)}",
            icon=":material/slideshow:",
        )

"""Named decks of scenes for presentations: a scene is a saved view with speaker notes.

A deck is one JSON file in the folder of decks, replaced in one step when it is saved. The view of a
scene is kept as the query of its link, which is all that the application needs to show it again.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from geodata.errors import DataFileError, SelectionError
from geodata.settings import settings

MOST_SCENES = 60
LONGEST_NOTES = 4_000
_LONGEST_NAME = 80
_SUFFIX = ".json"


@dataclass(frozen=True)
class Scene:
    """One view (``query`` of its link, without the question mark), and what the speaker says."""

    query: str
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """Scenes in the order in which they are shown, under a name."""

    name: str
    scenes: tuple[Scene, ...] = ()

    def with_scene(self, scene: Scene) -> "Deck":
        """Return this deck with one more scene at its end.

        Raises
        ------
        SelectionError
            If the deck is full.
        """
        if len(self.scenes) >= MOST_SCENES:
            raise SelectionError("deck_full", name=self.name, most=MOST_SCENES)
        return replace(self, scenes=(*self.scenes, scene))

    def without(self, place: int) -> "Deck":
        """Return this deck without the scene at ``place``."""
        return replace(self, scenes=self.scenes[:place] + self.scenes[place + 1 :])

    def moved(self, place: int, steps: int) -> "Deck":
        """Return this deck with the scene at ``place`` moved; it stops at the ends."""
        scenes = list(self.scenes)
        scene = scenes.pop(place)
        scenes.insert(max(0, place + steps), scene)
        return replace(self, scenes=tuple(scenes))

    def noted(self, place: int, notes: str) -> "Deck":
        """Return this deck with other notes for the scene at ``place``."""
        scenes = list(self.scenes)
        scenes[place] = replace(scenes[place], notes=notes[:LONGEST_NOTES])
        return replace(self, scenes=tuple(scenes))


def deck_folder() -> Path:
    """Return the folder of decks."""
    return settings().decks


def slug(name: str) -> str:
    """Return the name of a deck's file and address: ``Rakor Jatim 2026`` is ``rakor-jatim-2026``.

    Raises
    ------
    SelectionError
        If the name has no letter or digit, or is too long.
    """
    short = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not short or len(name) > _LONGEST_NAME:
        raise SelectionError("deck_name", name=name[:_LONGEST_NAME], most=_LONGEST_NAME)
    return short


def list_decks() -> list[Deck]:
    """Return all decks by name; a file that is no deck is passed over."""
    decks = []
    for path in sorted(deck_folder().glob(f"*{_SUFFIX}")):
        try:
            decks.append(_read(path))
        except DataFileError:
            continue
    return sorted(decks, key=lambda deck: deck.name.casefold())


def load_deck(name: str) -> Deck:
    """Return the deck whose name or slug is ``name``.

    Raises
    ------
    SelectionError
        If there is none.
    DataFileError
        If its file is damaged.
    """
    path = _path(name)
    if not path.is_file():
        raise SelectionError("deck_unknown", name=name)
    return _read(path)


def save_deck(deck: Deck) -> None:
    """Write ``deck`` in place of the one of the same slug, if there is one.

    Raises
    ------
    SelectionError
        If its name cannot be used.
    DataFileError
        If it cannot be written.
    """
    path = _path(deck.name)
    partial = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(asdict(deck), ensure_ascii=False, indent=1), encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise DataFileError("cannot_write", file=str(path), reason=error.strerror) from error


def remove_deck(name: str) -> None:
    """Remove the deck ``name``, if there is one.

    Raises
    ------
    DataFileError
        If its file cannot be removed.
    """
    path = _path(name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise DataFileError("cannot_write", file=str(path), reason=error.strerror) from error


def change_deck(shown: Deck, change: Callable[[Deck], Deck]) -> None:
    """Save what ``change`` makes of a deck as it is now, notes written meanwhile and all.

    Raises
    ------
    SelectionError
        If somebody else has changed its scenes since it was ``shown``: a place among them would be
        that of another one.
    """
    now = load_deck(shown.name)
    if [scene.query for scene in now.scenes] != [scene.query for scene in shown.scenes]:
        raise SelectionError("deck_changed", name=shown.name)
    save_deck(change(now))


def _path(name: str) -> Path:
    return deck_folder() / f"{slug(name)}{_SUFFIX}"


def _read(path: Path) -> Deck:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        deck = Deck(kept["name"], tuple(Scene(**scene) for scene in kept["scenes"]))
        written = [text for scene in deck.scenes for text in (scene.query, scene.notes)]
        if not all(isinstance(text, str) for text in (deck.name, *written)):
            raise TypeError
        if slug(deck.name) != path.stem:
            raise ValueError
    except (OSError, ValueError, TypeError, KeyError, SelectionError) as error:
        raise DataFileError("deck_damaged", file=str(path)) from error
    return deck

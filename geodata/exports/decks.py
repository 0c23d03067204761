"""Named decks of scenes for presentations: a scene is a saved view with speaker notes.

A deck is one JSON file in the folder of decks, replaced in one step when it is saved. The view of a
scene is kept as the query of its link, which is all that the application needs to show it again.

Several people, in several processes, may change a deck at once: a file in the folder is locked from
reading a deck to writing it, and what somebody has not seen is never overwritten.
"""

import fcntl
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from geodata.errors import DataFileError, SelectionError
from geodata.settings import settings
from geodata.whole_files import write_whole, writing

MOST_SCENES = 60
LONGEST_NOTES = 4_000
_LONGEST_NAME = 80
_SUFFIX = ".json"
_LOCK_FILE = ".lock"
_STEP = 0.02
_LONGEST_WAIT = 10.0  # seconds; writing a deck takes some milliseconds
_LARGEST_FILE = MOST_SCENES * 4 * (LONGEST_NOTES + 4_000)  # bytes: notes and a long view each


@dataclass(frozen=True)
class Scene:
    """One view (``query`` of its link, without the question mark), and what the speaker says."""

    query: str
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """Scenes in the order in which they are shown, under a name.

    Attributes
    ----------
    version
        How often it has been saved: 0 is a new one, that there is no file of yet.
    """

    name: str
    scenes: tuple[Scene, ...] = ()
    version: int = field(default=0, compare=False)

    def with_scene(self, scene: Scene, position: int = MOST_SCENES) -> "Deck":
        """Return this deck with one more scene at ``position``, or at its end.

        Raises
        ------
        SelectionError
            If the deck is full.
        """
        if len(self.scenes) >= MOST_SCENES:
            raise SelectionError("deck_full", name=self.name, most=MOST_SCENES)
        return replace(self, scenes=(*self.scenes[:position], scene, *self.scenes[position:]))

    def without(self, position: int) -> "Deck":
        """Return this deck without the scene at ``position``."""
        return replace(self, scenes=self.scenes[:position] + self.scenes[position + 1 :])

    def moved(self, position: int, steps: int) -> "Deck":
        """Return this deck with the scene at ``position`` moved; it stops at the ends."""
        scenes = list(self.scenes)
        scene = scenes.pop(position)
        scenes.insert(max(0, position + steps), scene)
        return replace(self, scenes=tuple(scenes))

    def noted(self, position: int, notes: str) -> "Deck":
        """Return this deck with other notes for the scene at ``position``."""
        scenes = list(self.scenes)
        scenes[position] = replace(scenes[position], notes=notes[:LONGEST_NOTES])
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


def save_deck(deck: Deck) -> Deck:
    """Write ``deck`` in place of the version that it was made from, and return it as saved.

    Raises
    ------
    SelectionError
        If its name cannot be used, there is a deck of that name where this is a new one, or
        somebody else has saved it since it was read.
    DataFileError
        If it cannot be written, or others write for too long.
    """
    with _locked(deck.name) as kept:
        if kept and not deck.version:
            raise SelectionError("deck_exists", name=deck.name)
        if (kept.version if kept else 0) != deck.version:
            raise SelectionError("deck_changed", name=deck.name)
        return _written(deck)


def remove_deck(shown: Deck) -> Deck:
    """Remove a deck, if it is still there, and return it as it last was.

    Raises
    ------
    SelectionError
        If somebody else has put something into it since it was ``shown``.
    DataFileError
        If its file cannot be removed, or others write for too long.
    """
    with _locked(shown.name) as kept:
        if kept and Counter(kept.scenes) - Counter(shown.scenes):
            raise SelectionError("deck_changed", name=shown.name)
        path = _path(shown.name)
        with writing(path):
            path.unlink(missing_ok=True)
    return kept or shown


def restore_deck(removed: Deck) -> Deck:
    """Write a deck again that :func:`remove_deck` returned, and return it as saved.

    Raises
    ------
    SelectionError
        If there is a deck of that name again.
    DataFileError
        If it cannot be written, or others write for too long.
    """
    with _locked(removed.name) as kept:
        if kept:
            raise SelectionError("deck_exists", name=removed.name)
        return _written(removed)


def add_scene(name: str, scene: Scene, position: int = MOST_SCENES) -> Deck:
    """Put ``scene`` into the deck ``name`` at ``position``, or at its end.

    Whatever others have put there meanwhile stays.

    Raises
    ------
    SelectionError
        If there is no such deck, or it is full.
    DataFileError
        If it is damaged or cannot be written, or others write for too long.
    """
    with _locked(name) as kept:
        return _written(_there(kept, name).with_scene(scene, position))


def change_deck(shown: Deck, change: Callable[[Deck], Deck]) -> Deck:
    """Save what ``change`` makes of a deck as it is now, notes written meanwhile and all.

    Raises
    ------
    SelectionError
        If somebody else has changed it since it was ``shown`` so that a place among its scenes may
        be that of another one, or something would go that was not shown; or if it is gone.
    DataFileError
        If it is damaged or cannot be written, or others write for too long.
    """
    with _locked(shown.name) as kept:
        now = _there(kept, shown.name)
        changed = change(now)
        lost = Counter(now.scenes) - Counter(changed.scenes)
        if not _same_places(now, shown) or lost - Counter(shown.scenes):
            raise SelectionError("deck_changed", name=shown.name)
        return _written(changed)


def _same_places(now: Deck, shown: Deck) -> bool:
    """Tell whether each scene stands where it stood; notes may differ where views tell them."""
    if now.scenes == shown.scenes:
        return True
    queries = [scene.query for scene in now.scenes]
    return queries == [scene.query for scene in shown.scenes] and len(set(queries)) == len(queries)


def _there(kept: Deck | None, name: str) -> Deck:
    if kept is None:
        raise SelectionError("deck_unknown", name=name)
    return kept


@contextmanager
def _locked(name: str) -> Iterator[Deck | None]:
    """Keep all others from writing decks, and give the deck ``name`` as it is now."""
    path = _path(name)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = (path.parent / _LOCK_FILE).open("a")
    with lock:  # closing it lets go, as does the end of the process
        deadline = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise DataFileError("deck_locked", seconds=f"{_LONGEST_WAIT:g}") from None
                time.sleep(_STEP)
        yield _read(path) if path.is_file() else None


def _written(deck: Deck) -> Deck:
    """Write the next version of ``deck``; the caller holds the lock."""
    path, following = _path(deck.name), replace(deck, version=deck.version + 1)
    with writing(path):
        write_whole(path, json.dumps(asdict(following), ensure_ascii=False, indent=1).encode())
    return following


def _path(name: str) -> Path:
    return deck_folder() / f"{slug(name)}{_SUFFIX}"


def _read(path: Path) -> Deck:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError
        kept = json.loads(path.read_text(encoding="utf-8"))
        # Decks of earlier versions of Peta KIM did not count how often they were saved.
        version = int(kept.get("version", 1))
        deck = Deck(kept["name"], tuple(Scene(**scene) for scene in kept["scenes"]), version)
        written = [text for scene in deck.scenes for text in (scene.query, scene.notes)]
        if not all(isinstance(text, str) for text in (deck.name, *written)):
            raise TypeError
        if slug(deck.name) != path.stem or len(deck.scenes) > MOST_SCENES:
            raise ValueError
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SelectionError) as error:
        raise DataFileError("deck_damaged", file=str(path)) from error
    return deck

import fcntl
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataFileError, SelectionError
from geodata.exports import decks
from geodata.exports.decks import (
    MOST_SCENES,
    Deck,
    Scene,
    add_scene,
    change_deck,
    deck_folder,
    list_decks,
    load_deck,
    remove_deck,
    restore_deck,
    save_deck,
    slug,
)

JATIM, ACEH = Scene("wilayah=35"), Scene("wilayah=11&metrik=cakupan", "Bandingkan dengan 2022.")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KIM_DECKS", str(tmp_path / "decks"))


def test_a_deck_is_found_again_by_its_name_and_by_its_address():
    deck = Deck("Rakor Jatim 2026", (JATIM, ACEH))
    save_deck(deck)
    assert load_deck("Rakor Jatim 2026") == load_deck("rakor-jatim-2026") == deck
    assert list_decks() == [deck]


def test_saving_replaces_and_removing_removes():
    kept = save_deck(Deck("A", (JATIM,)))
    save_deck(replace(kept, scenes=(ACEH,)))
    assert load_deck("A").scenes == (ACEH,)
    remove_deck(load_deck("A"))
    assert list_decks() == []
    with pytest.raises(SelectionError, match="no deck named"):
        load_deck("A")


def test_decks_are_listed_by_name_and_a_file_that_is_none_is_passed_over():
    save_deck(Deck("b"))
    save_deck(Deck("A"))
    for number, damaged in enumerate(
        (
            '{"name": 1',
            '{"name": 1, "scenes": []}',
            '{"name": "rusak-2", "scenes": [{"query": 5}]}',
            '{"name": "nama lain", "scenes": []}',
            "[]",
        )
    ):
        (deck_folder() / f"rusak-{number}.json").write_text(damaged)
    assert [deck.name for deck in list_decks()] == ["A", "b"]
    with pytest.raises(DataFileError, match="rusak"):
        load_deck("rusak-0")


def test_a_change_keeps_notes_written_meanwhile_but_not_other_scenes():
    shown = save_deck(Deck("A", (JATIM, ACEH)))
    save_deck(shown.noted(0, "Baru."))
    change_deck(shown, lambda now: now.moved(0, 1))
    assert load_deck("A").scenes == (ACEH, Scene("wilayah=35", "Baru."))
    with pytest.raises(SelectionError, match="changed elsewhere"):
        change_deck(shown, lambda now: now.without(0))
    assert len(load_deck("A").scenes) == 2


@pytest.mark.parametrize("name", ["", "  ", "../..", "…", "x" * 81])
def test_a_name_that_makes_no_file_name_is_refused(name):
    with pytest.raises(SelectionError, match=f"“{name[:80]}” cannot be a deck's name"):
        save_deck(Deck(name))


@given(st.text(max_size=80))
def test_no_name_leads_out_of_the_folder(name):
    with suppress(SelectionError):
        assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_scenes_are_added_ordered_noted_and_removed():
    deck = Deck("A").with_scene(JATIM).with_scene(ACEH)
    assert deck.moved(1, -1).scenes == (ACEH, JATIM)
    assert deck.moved(0, -1) == deck.moved(1, 1) == deck
    assert deck.noted(0, "Mulai di sini").scenes[0] == Scene("wilayah=35", "Mulai di sini")
    assert deck.without(0).scenes == (ACEH,)


def test_a_deck_has_an_end():
    full = Deck("A", (JATIM,) * MOST_SCENES)
    with pytest.raises(SelectionError, match=str(MOST_SCENES)):
        full.with_scene(ACEH)


def test_three_processes_and_three_threads_add_scenes_and_none_is_lost():
    save_deck(Deck("A"))
    script = (
        "import sys; from geodata.exports.decks import Scene, add_scene\n"
        "for place in range(10): add_scene('A', Scene(f'wilayah={sys.argv[1]}', str(place)))"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(number)]) for number in (11, 12, 13)
    ]
    with ThreadPoolExecutor(3) as pool:
        for number in (14, 15, 16):
            for note in range(10):
                pool.submit(add_scene, "A", Scene(f"wilayah={number}", str(note)))
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    kept = load_deck("A")
    assert len(kept.scenes) == len(set(kept.scenes)) == 60
    for number in range(11, 17):
        own = [scene.notes for scene in kept.scenes if scene.query == f"wilayah={number}"]
        assert sorted(own) == [str(note) for note in range(10)]


def test_of_two_who_save_what_they_have_read_the_second_is_told():
    save_deck(Deck("A"))
    first, other = load_deck("A"), load_deck("A")
    save_deck(first.with_scene(JATIM))
    with pytest.raises(SelectionError, match="changed elsewhere"):
        save_deck(other.with_scene(ACEH))
    assert load_deck("A").scenes == (JATIM,)


def test_of_two_who_make_a_deck_of_one_name_the_second_is_told():
    save_deck(Deck("Rakor", (JATIM,)))
    with pytest.raises(SelectionError, match="already"):
        save_deck(Deck("rakor!", (ACEH,)))
    assert load_deck("Rakor").scenes == (JATIM,)


def test_notes_of_one_scene_by_two_people_are_not_overwritten():
    shown = save_deck(Deck("A", (JATIM, ACEH)))
    change_deck(shown, lambda now: now.noted(0, "Kata yang satu."))
    with pytest.raises(SelectionError, match="changed elsewhere"):
        change_deck(shown, lambda now: now.noted(0, "Kata yang lain."))
    assert load_deck("A").scenes[0].notes == "Kata yang satu."


@pytest.mark.parametrize("away", [lambda shown: change_deck(shown, lambda now: now.without(0)),
                                  remove_deck])  # fmt: skip
def test_nothing_goes_that_was_not_shown(away):
    shown = save_deck(Deck("A", (JATIM, ACEH)))
    change_deck(shown, lambda now: now.noted(0, "Baru."))
    with pytest.raises(SelectionError, match="changed elsewhere"):
        away(shown)
    away(load_deck("A"))


def test_of_two_scenes_with_one_view_the_wrong_one_is_not_removed():
    shown = save_deck(Deck("A", (Scene("x=1", "a"), Scene("x=1", "b"))))
    change_deck(shown, lambda now: now.moved(0, 1))
    with pytest.raises(SelectionError, match="changed elsewhere"):
        change_deck(shown, lambda now: now.without(0))


def test_a_scene_comes_back_where_it_was_among_what_others_have_added():
    shown = save_deck(Deck("A", (JATIM, ACEH)))
    change_deck(shown, lambda now: now.without(0))
    add_scene("A", Scene("wilayah=12"))
    add_scene("A", JATIM, 0)
    assert load_deck("A").scenes == (JATIM, ACEH, Scene("wilayah=12"))
    add_scene("A", Scene("wilayah=13"), 30)  # others may have removed what stood before it
    assert load_deck("A").scenes[-1] == Scene("wilayah=13")


def test_a_deck_comes_back_as_it_last_was_and_not_over_another_one():
    shown = save_deck(Deck("A", (JATIM, ACEH)))
    change_deck(shown, lambda now: now.moved(0, 1))
    removed = remove_deck(shown)
    assert restore_deck(removed).scenes == load_deck("A").scenes == (ACEH, JATIM)
    removed = remove_deck(load_deck("A"))
    save_deck(Deck("A", (Scene("wilayah=12"),)))
    with pytest.raises(SelectionError, match="already"):
        restore_deck(removed)
    assert load_deck("A").scenes == (Scene("wilayah=12"),)


def test_a_deck_that_is_gone_is_not_made_again_by_a_change():
    shown = save_deck(Deck("A", (JATIM,)))
    remove_deck(shown)
    for change in (
        lambda: change_deck(shown, lambda now: now.noted(0, "x")),
        lambda: add_scene("A", ACEH),
    ):
        with pytest.raises(SelectionError, match="no deck named"):
            change()
    with pytest.raises(SelectionError, match="changed elsewhere"):
        save_deck(shown)
    assert list_decks() == []


def test_a_wait_for_others_ends(monkeypatch):
    monkeypatch.setattr(decks, "_LONGEST_WAIT", 0.1)
    save_deck(Deck("A", (JATIM,)))
    with (deck_folder() / ".lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DataFileError, match=r"not finished after 0\.1 seconds"):
            add_scene("A", ACEH)
    assert load_deck("A").scenes == (JATIM,)


def test_a_deck_of_an_earlier_version_can_be_changed_and_one_of_too_many_scenes_is_refused():
    deck_folder().mkdir()
    file = deck_folder() / "a.json"
    scenes = [{"query": "wilayah=35", "notes": ""}]
    file.write_text(json.dumps({"name": "A", "scenes": scenes}))
    add_scene("A", ACEH)
    assert len(load_deck("A").scenes) == 2
    file.write_text(json.dumps({"name": "A", "scenes": scenes * 10_000}))
    with pytest.raises(DataFileError, match="damaged"):
        load_deck("A")

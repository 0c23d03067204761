from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataFileError, SelectionError
from geodata.exports.decks import (
    MOST_SCENES,
    Deck,
    Scene,
    change_deck,
    deck_folder,
    list_decks,
    load_deck,
    remove_deck,
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
    save_deck(Deck("A", (JATIM,)))
    save_deck(Deck("A", (ACEH,)))
    assert load_deck("A").scenes == (ACEH,)
    remove_deck("A")
    assert list_decks() == []
    with pytest.raises(SelectionError, match="no deck named"):
        load_deck("A")


def test_decks_are_listed_by_name_and_a_file_that_is_none_is_passed_over():
    save_deck(Deck("b"))
    save_deck(Deck("A"))
    for place, damaged in enumerate(
        (
            '{"name": 1',
            '{"name": 1, "scenes": []}',
            '{"name": "rusak-2", "scenes": [{"query": 5}]}',
            '{"name": "nama lain", "scenes": []}',
            "[]",
        )
    ):
        (deck_folder() / f"rusak-{place}.json").write_text(damaged)
    assert [deck.name for deck in list_decks()] == ["A", "b"]
    with pytest.raises(DataFileError, match="rusak"):
        load_deck("rusak-0")


def test_a_change_keeps_notes_written_meanwhile_but_not_other_scenes():
    shown = Deck("A", (JATIM, ACEH))
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

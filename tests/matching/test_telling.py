import pandas as pd
import pytest

from benchmarks.siblings import mistaken, siblings
from geodata.gazetteer import load_gazetteer
from geodata.matching.candidate import Verdict
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.matching.telling import TellingWords
from geodata.regions import LEVELS, Level


@pytest.fixture(scope="module")
def telling_words() -> TellingWords:
    return TellingWords(load_gazetteer().tables[Level.DESA]["nama"])


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("Durian Raya", "Durian Jaya"),
        ("Durianraya", "Durian Jaya"),
        ("Durian Raya", "Durianjaya"),
        ("Sukaraya", "Sukajaya"),
        ("Sindang Asri", "Sindang Sari"),
        ("Karang Gadung", "Karang Agung"),
        ("Tunas Jawa", "Tunas Jaya"),
        ("Kampung Udik", "Kampung Mudik"),
        ("Setia Sakti", "Setia Bakti"),
        ("Pajar Lebar", "Datar Lebar"),
        ("Sibuluan I A", "Sibuluan I"),
        ("Sidodadi A", "Sidodadi B"),
        ("Sidodadi A", "Sidodadi"),
        ("Sukamaju II", "Sukamaju I"),
        ("Sukamaju XIII", "Sukamaju XV"),
        ("Blok 101", "Blok 102"),
        ("Sukamaju", "Sukamaju Mas"),
        ("UPT Sukamaju", "Sukamaju"),
        ("Wani Tua", "Wani Dua"),
        ("Seberang Hulu", "Seberang Hilir"),
    ],
)
def test_names_that_differ_in_a_word_are_two_places(telling_words, asked, own):
    assert telling_words.differ(keys(asked, Level.DESA), keys(own, Level.DESA))


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("Sindang Sri", "Sindang Sari"),
        ("Kuto Mulyo", "Kutomulyo"),
        ("Suka Waringin", "Sukowaringin"),
        ("Lubuk Tarok", "Lubuak Tarok"),
        ("Seberang Ilr", "Seberang Hilir"),
        ("Bendungan Ilir", "Bendungan Hilir"),
    ],
)
def test_a_slip_or_another_spelling_is_no_other_word(telling_words, asked, own):
    assert not telling_words.differ(keys(asked, Level.DESA), keys(own, Level.DESA))


@pytest.mark.parametrize(
    ("names", "near"),
    [
        (("Kalimantan Barat", "Melawi", "Tanah Pinoh Barat", "Durian Raya"), "Durian Jaya"),
        (("Lampung", "Lampung Utara", "Kotabumi", "Sindang Asri"), "Sindang Sari"),
        (("Sumatera Utara", "Tapanuli Tengah", "Pandan", "Sibuluan I A"), "Sibuluan Raya"),
    ],
)
def test_a_desa_that_is_not_there_is_for_a_person_with_its_neighbour_as_candidate(names, near):
    gazetteer = load_gazetteer()
    (match,) = match_names(pd.DataFrame([names], columns=list(LEVELS)), gazetteer)
    assert match.verdict is not Verdict.COCOK
    assert near in [gazetteer.name(candidate.code) for candidate in match.candidates]


def test_no_made_up_sibling_is_taken_for_a_desa_of_another_name():
    gazetteer = load_gazetteer()
    rows = siblings(gazetteer, 150, seed=29)
    codes = [
        match.accepted.code if match.accepted else "" for match in match_names(rows, gazetteer)
    ]
    assert mistaken(rows, codes, gazetteer) == []

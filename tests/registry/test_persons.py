"""KIM are found by a person: by those who may see persons, and what was asked is kept nowhere."""

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import READER, NotAllowed, Person, Role
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.by_hand.persons import find_kim_by_person
from geodata.registry.by_hand.saving import save
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from tests.registry.rows import SUMBER, staged

MALANG = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07")
JATIM = Person("rina@jatimprov.go.id", Role.VERIFIKATOR, "35")
MINISTRY = Person("budi@komdigi.go.id", Role.KEMENTERIAN)
PHONE = "+6281234567890"


@pytest.fixture
def three(registry: Registry) -> Registry:
    rows = (
        {"nama_kim": "KIM Arjuna", "personal": {"ketua": "H. Darmo Wibowo", "telepon": PHONE}},
        {"nama_kim": "KIM Bima", "personal": {"ketua": "Sri Darmowati"}},
        {"nama_kim": "KIM Sri", "kode_wilayah": SUMBER, "personal": {"ketua": "Darmo Wibowo"}},
        {"nama_kim": "KIM Darmo"},
    )
    batch = stage(registry, staged(*rows), load_gazetteer(), who="operator")
    commit(registry, batch.id, who="operator")
    return registry


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("darmo", [1, 2]),
        ("Wibowo, Darmo", [1]),
        ("darmowati sri", [2]),
        ("0812-3456-7890", [1]),
        ("+62 812 3456 7890", [1]),
        ("081234567", []),
        ("pak%", []),
    ],
)
def test_a_kim_is_found_by_a_person_of_the_own_region(three, asked, hits):
    assert find_kim_by_person(three, asked, person=MALANG) == hits


def test_each_search_is_logged_without_what_was_asked(three):
    find_kim_by_person(three, "Wibowo", person=MINISTRY)
    find_kim_by_person(three, PHONE, person=JATIM)
    province, ministry = read_audit(three)[:2]
    assert {province.action, ministry.action} == {Deed.CARI_PRIBADI}
    assert (ministry.who, ministry.region, ministry.new) == (MINISTRY.name, None, {"kim": 2})
    assert (province.who, province.region, province.new) == (JATIM.name, "35", {"kim": 1})
    assert not read_audit(three, words="wibowo")
    assert not read_audit(three, words="81234")


def test_who_may_see_no_persons_finds_none_and_few_letters_find_nobody(three):
    with pytest.raises(NotAllowed, match="personal"):
        find_kim_by_person(three, "Darmo", person=READER)
    for asked in ("", "  ", "da", "--"):
        with pytest.raises(RegistryError, match="at least 3"):
            find_kim_by_person(three, asked, person=MALANG)
    assert Deed.CARI_PRIBADI not in {entry.action for entry in read_audit(three)}


def test_who_left_a_kim_is_found_there_no_more(three):
    kim = read_kim(three, 1)
    save(three, [Change(kim.values, kim, {"ketua": "Bu Ratna", "telepon": ""})], person=MALANG)
    assert find_kim_by_person(three, "wibowo", person=MALANG) == []
    assert find_kim_by_person(three, "ratna", person=MALANG) == [1]

"""Contacts in an area: of one's own KIM alone, and each look stands in the log."""

import pytest

from geodata.area.contacts import contacts, look, of_whom_may_see
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import READER, Person, Role
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.snapshot import load_sample
from tests.registry.rows import SUMBER, WAJAK, staged

OFFICER = Person("petugas", Role.PETUGAS, "35.07")


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    opened = open_registry(f"sqlite:///{tmp_path_factory.mktemp('kontak')}/registry.db")
    rows = staged(
        {"nomor_induk": "1", "kode_wilayah": SUMBER, "personal": {"ketua": "Orang Lain"}},
        {"nomor_induk": "2", "kode_wilayah": WAJAK, "personal": {"ketua": "Siti", "telepon": "08"}},
        {"nomor_induk": "3", "kode_wilayah": WAJAK},
    )
    commit(opened, stage(opened, rows, load_gazetteer(), who="siti").id, who="siti")
    return opened


def test_one_sees_those_of_ones_own_region_of_whom_something_is_known(registry):
    snapshot = latest_snapshot(registry)
    own = of_whom_may_see(snapshot, range(len(snapshot.kim)), OFFICER)
    table = contacts(registry, snapshot, own, OFFICER)
    assert table[["ketua", "telepon", "alamat"]].to_numpy().tolist() == [["Siti", "08", ""]]
    ministry = Person("kementerian", Role.KEMENTERIAN)
    assert len(contacts(registry, snapshot, range(3), ministry)) == 2
    assert contacts(registry, snapshot, range(3), READER).empty, "whoever hands rows in"


def test_readers_and_made_up_kim_have_none(registry):
    assert of_whom_may_see(latest_snapshot(registry), range(3), READER) == []
    assert of_whom_may_see(load_sample(), range(3), OFFICER) == []


def test_a_look_is_logged_for_each_kabupaten(registry):
    snapshot = latest_snapshot(registry)
    look(registry, snapshot, range(3), "kementerian")
    lines = [it for it in read_audit(registry) if it.action is Deed.LIHAT_PRIBADI]
    assert {(line.who, line.region) for line in lines} == {
        ("kementerian", WAJAK[:5]), ("kementerian", SUMBER[:5]),
    }  # fmt: skip

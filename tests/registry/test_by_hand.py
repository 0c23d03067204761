"""The registry kept by hand: a form is a file of one row, with all that a file has."""

import dataclasses
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.days import today
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import READER, NotAllowed, Person, Role
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.doubts import Doubt
from geodata.registry.by_hand.form import FIELDS, POINT, as_written, read_form
from geodata.registry.by_hand.kim import Kim, find_kim_by_words, read_kim
from geodata.registry.by_hand.saving import Doubtful, Saved, save
from geodata.registry.database.batches import find_batch, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.erasure.erasing import erase_rows
from geodata.registry.database.erasure.erasing_scope import ErasingTarget
from geodata.registry.database.history import kim_history, standing
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import latest_snapshot, read_snapshot_at
from geodata.registry.database.states import State
from geodata.registry.database.undoing import redo, undo
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES
from geodata.registry.staging import VALUES
from tests.registry.conftest import KINDS
from tests.registry.rows import SUMBER, WAJAK, staged

MALANG = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07")
MINISTRY = Person("budi@komdigi.go.id", Role.KEMENTERIAN)
OTHER_DESA = "35.07.08.2002"
CONTACTS = {"ketua": "Pak Darmo", "telepon": "+628123456789"}


def bring(registry: Registry, *rows: dict) -> int:
    batch = stage(registry, staged(*rows), load_gazetteer(), who="operator", update=True)
    commit(registry, batch.id, who="operator")
    return batch.id


def written(**other: str) -> dict[str, str]:
    """What a form says of an ordinary KIM, but for what is named."""
    ordinary = {"nama_kim": "KIM Baru", "kode_wilayah": WAJAK, "status": "aktif"}
    return dict.fromkeys(FIELDS, "") | ordinary | other


def values(**other: str) -> dict[str, str]:
    said, problems = read_form(written(**other), load_gazetteer())
    assert not problems
    return said


def changed(kim: Kim, **other: str) -> Change:
    return Change({**kim.values, **other}, kim)


def done(outcome) -> Saved:
    assert isinstance(outcome, Saved), outcome
    return outcome


def as_bytes(registry: Registry) -> bytes:
    at = standing(registry).version
    return read_snapshot_at(registry, at, load_gazetteer()).kim.to_csv(index=False).encode()


def test_a_kim_is_added_changed_and_undone_like_a_batch_of_one_row(registry):
    bring(registry, {"nomor_induk": "A"})
    before = as_bytes(registry)
    added = done(save(registry, [Change(values(nomor_induk="B-2"), reason="baru")], person=MALANG))
    batch = find_batch(registry, added.batch_id)
    assert (batch.state, batch.rows, batch.baru) == (State.MASUK, 1, 1)
    assert (batch.file_name, batch.sender, batch.region) == ("", "Kabupaten Malang", "35.07")
    kim = read_kim(registry, added.kim_ids[0])
    assert (kim.values["nama_kim"], kim.metode) == ("KIM Baru", "pilihan")
    undo(registry, added.batch_id, who="siti")
    assert as_bytes(registry) == before
    with pytest.raises(RegistryError, match="no KIM"):
        read_kim(registry, kim.kim_id)


def test_what_a_form_leaves_empty_is_emptied_which_a_file_never_does(registry):
    bring(registry, {"nomor_induk": "A", "domain": "wajak.kim.id", "jumlah_anggota": "12"})
    kim = read_kim(registry, 1)
    done(save(registry, [changed(kim, domain="", jumlah_anggota="")], person=MALANG))
    now = read_kim(registry, 1)
    assert (now.values["domain"], now.values["jumlah_anggota"]) == ("", "")
    assert {**now.values, "domain": "wajak.kim.id", "jumlah_anggota": "12"} == kim.values
    assert (now.metode, now.skor) == (kim.metode, kim.skor), "its desa is the same"


def test_what_is_known_of_persons_is_kept_apart_changed_and_taken_out(registry):
    bring(registry, {"nomor_induk": "A", "personal": CONTACTS | {"Sekretaris": "Bu Tini"}})
    kim = read_kim(registry, 1, with_personal=True)
    contacts = {"ketua": "Bu Ratna", "telepon": ""}
    done(save(registry, [Change(kim.values, kim, personal=contacts)], person=MALANG))
    assert read_kim(registry, 1).personal == {}
    assert read_kim(registry, 1, with_personal=True).personal == {"ketua": "Bu Ratna"}, (
        "no longer a phone; a column of the file that nobody knows was never kept"
    )
    (entry,) = read_audit(registry, kim_id=1)
    assert (entry.new, entry.old) == ({"pribadi": ["ketua", "telepon"]}, {})
    erase_rows(registry, ErasingTarget("kim", 1), who="operator", why="diminta")
    assert read_kim(registry, 1, with_personal=True).personal == {}


def test_why_a_kim_was_changed_stands_in_its_history(registry):
    bring(registry, {"nomor_induk": "A"})
    shut = changed(read_kim(registry, 1), status="tidak_aktif", tanggal_diperbarui="2024-03-01")
    done(save(registry, [dataclasses.replace(shut, reason="pengurus pindah")], person=MALANG))
    _, event = kim_history(registry, 1)
    assert (event.reason, event.who) == ("pengurus pindah", MALANG.name)
    assert (event.file_name, event.sender) == ("", "Kabupaten Malang")
    assert event.changes["status"] == ("aktif", "tidak_aktif")


def test_the_desa_of_a_kim_that_was_moved_is_a_choice_of_somebody(registry):
    bring(registry, {"nomor_induk": "A", "lat": "-8.1", "lng": "112.7"})
    kim = read_kim(registry, 1)
    elsewhere = changed(kim, kode_wilayah=OTHER_DESA, lat="", lng="")
    done(save(registry, [elsewhere], person=MALANG))
    now = read_kim(registry, 1)
    assert (now.kode, now.metode, now.skor) == (OTHER_DESA, "pilihan", None)
    assert kim_history(registry, 1)[1].changes["lat"] == (-8.1, None)


@pytest.mark.parametrize(
    ("person", "kode"),
    [(READER, WAJAK), (Person("v", Role.VERIFIKATOR, "35"), WAJAK), (MALANG, SUMBER)],
    ids=["reader", "who verifies", "out of the region"],
)
def test_who_may_not_changes_nothing(registry, person, kode):
    bring(registry, {"nomor_induk": "A"})
    before, kim = as_bytes(registry), read_kim(registry, 1)
    for change in (changed(kim, kode_wilayah=kode), Change(values(kode_wilayah=kode))):
        with pytest.raises(NotAllowed, match=kode):
            save(registry, [change], person=person)
    assert as_bytes(registry) == before
    assert not read_audit(registry, words=str(Deed.UBAH))


def test_a_kim_is_not_taken_out_of_another_region_into_ones_own(registry):
    bring(registry, {"nomor_induk": "A", "kode_wilayah": SUMBER})
    kim = read_kim(registry, 1)
    with pytest.raises(NotAllowed, match=r"34\.01"):
        save(registry, [changed(kim, kode_wilayah=WAJAK)], person=MALANG)
    done(save(registry, [changed(kim, kode_wilayah=WAJAK)], person=MINISTRY))


def test_a_change_that_says_nothing_new_makes_no_version(registry):
    bring(registry, {"nomor_induk": "A"})
    with pytest.raises(RegistryError, match="Nothing is changed"):
        save(registry, [changed(read_kim(registry, 1))], person=MALANG)
    assert standing(registry).version == 1


def test_of_several_without_a_number_none_is_taken_for_another(registry):
    bring(registry, *({"nama_kim": f"KIM {name}"} for name in ("Arjuna", "Bima", "Nakula")))
    several = [changed(read_kim(registry, it), status="tidak_aktif") for it in (1, 2, 3)]
    assert done(save(registry, several, person=MALANG)).kim_ids == (1, 2, 3)
    statuses = [read_kim(registry, kim_id).values["status"] for kim_id in (1, 2, 3)]
    assert statuses == 3 * ["tidak_aktif"]


# Duplicates.


def test_a_duplicate_is_shown_and_saved_only_once_it_is_confirmed(registry):
    bring(registry, {"nama_kim": "KIM Soeka Maju"})
    new = Change(values(nama_kim="Kelompok Informasi Masyarakat Sukamaju"))
    doubt = Doubt("nama_desa", 1, "KIM Soeka Maju")
    assert save(registry, [new], person=MALANG) == Doubtful(frozenset({doubt}))
    assert standing(registry).kim == 1
    confirmed = dataclasses.replace(new, confirmed=frozenset({doubt}))
    added = done(save(registry, [confirmed], person=MALANG))
    kim = read_kim(registry, added.kim_ids[0])
    done(save(registry, [changed(kim, status="tidak_aktif")], person=MALANG))
    undo(registry, 3, who="siti")
    undo(registry, added.batch_id, who="siti")
    redo(registry, added.batch_id, who="siti")
    assert standing(registry).kim == 2


def test_a_registration_number_is_never_that_of_two(registry):
    bring(registry, {"nomor_induk": "A1"}, {"nomor_induk": "B1"})
    kim = read_kim(registry, 2)
    for change in (changed(kim, nomor_induk="A1"), Change(values(nomor_induk="A1"))):
        with pytest.raises(RegistryError, match="number A1 is that of KIM Suara Warga A1"):
            save(registry, [change], person=MALANG)
    alike = save(registry, [changed(kim, nomor_induk="a.1")], person=MALANG)
    assert alike == Doubtful(frozenset({Doubt("nomor_induk", 1, "KIM Suara Warga A1")}))


# Two people at once.


def test_the_second_of_two_sees_what_the_first_did_and_decides(registry):
    bring(registry, {"nomor_induk": "A", "domain": "wajak.kim.id"})
    seen = read_kim(registry, 1)
    first = changed(seen, nama_kim="KIM Wajak", domain="")
    done(save(registry, [first], person=MALANG))
    mine = changed(seen, nama_kim="KIM Wajak Jaya", bidang="kesehatan")
    conflict = save(registry, [mine], person=MINISTRY)
    assert isinstance(conflict, Conflict)
    assert [event.who for event in conflict.events] == [MALANG.name]
    assert conflict.by_others == ("nama_kim", "domain")
    assert conflict.by_both == ("nama_kim",)
    theirs, own = conflict.merged([]), conflict.merged(["nama_kim"])
    assert (theirs["nama_kim"], own["nama_kim"]) == ("KIM Wajak", "KIM Wajak Jaya")
    assert (own["domain"], own["bidang"]) == ("", "kesehatan"), "what one alone changed stays"
    done(save(registry, [Change(own, conflict.now)], person=MINISTRY))
    assert read_kim(registry, 1).values == own


def test_undo_of_what_one_has_seen_is_a_change_like_any_other(registry):
    bring(registry, {"nomor_induk": "A"})
    change = changed(read_kim(registry, 1), nama_kim="KIM Wajak")
    batch = done(save(registry, [change], person=MALANG)).batch_id
    seen = read_kim(registry, 1)
    undo(registry, batch, who="siti")
    conflict = save(registry, [changed(seen, status="tidak_aktif")], person=MALANG)
    assert isinstance(conflict, Conflict)
    assert [event.action for event in conflict.events] == ["batal"]
    undo(registry, 1, who="siti")
    with pytest.raises(RegistryError, match="no KIM"):
        save(registry, [changed(seen, status="tidak_aktif")], person=MALANG)


# Many at once.


def test_many_are_changed_as_one_batch_or_none(registry):
    bring(registry, *({"nomor_induk": number} for number in "ABC"))
    before, seen = as_bytes(registry), [read_kim(registry, kim_id) for kim_id in (1, 2, 3)]
    several = [changed(kim, bidang="kesehatan") for kim in seen]
    saved = done(save(registry, several, person=MALANG))
    assert saved.kim_ids == (1, 2, 3)
    assert set(latest_snapshot(registry).kim["bidang"]) == {"kesehatan"}
    assert [entry.kim_id for entry in read_audit(registry, words=str(Deed.UBAH))] == [3, 2, 1]
    assert isinstance(save(registry, several, person=MALANG), Conflict)
    undo(registry, saved.batch_id, who="siti")
    assert as_bytes(registry) == before


# What a form says.


@pytest.mark.parametrize(
    ("field", "cell", "problem"),
    [
        ("nama_kim", " ", "nama_kosong"),
        ("nama_kim", "KIM Wajak 0812-3456-7890", "data_pribadi"),
        ("kode_wilayah", "35.07", "desa_kosong"),
        ("kode_wilayah", "bukan kode", "desa_kosong"),
        ("status", "", "status_tidak_dikenal"),
        ("bidang", "umkm;sulap", "bidang_tidak_dikenal"),
        ("bidang_lain", "tanya siti@contoh.id", "data_pribadi"),
        ("nomor_induk", "3507081204800007", "data_pribadi"),
        ("tanggal_terdaftar", (today() + timedelta(1)).isoformat(), "tanggal_belum_tiba"),
        ("tanggal_terdaftar", "2015", "tanggal_hanya_tahun"),
        ("tanggal_diperbarui", "kemarin", "tanggal_diperbarui_tidak_terbaca"),
        ("jumlah_anggota", "banyak", "jumlah_tidak_terbaca"),
        ("domain", "facebook.com/kim", "situs_bersama"),
        ("nomor_induk", "ada", "nomor_tanpa_angka"),
        (POINT, "112.6, -7.9", "koordinat_tidak_terbaca"),
        (POINT, "di balai desa", "koordinat_tidak_terbaca"),
    ],
)
def test_what_cannot_be_read_is_never_left_out_silently(field, cell, problem):
    assert read_form(written(**{field: cell}), load_gazetteer())[1] == {field: problem}


def test_a_form_that_is_saved_untouched_says_what_the_kim_is():
    said = values(
        nomor_induk="KIM-07/2019",
        bidang="umkm;kesehatan",
        tanggal_terdaftar="17 Mei 2020",
        jumlah_anggota="25 orang",
        domain="https://Wajak.kim.id/",
        koordinat="-8.1234567, 112.7000001",
    )
    assert (said["tanggal_terdaftar"], said["domain"]) == ("2020-05-17", "wajak.kim.id")
    assert read_form(as_written(said), load_gazetteer()) == (said, {})


def test_what_was_left_alone_stays_though_nobody_could_write_it_today():
    old = dict.fromkeys(VALUES, "") | {"nama_kim": "KIM", "kode_wilayah": "11.01.01.9999"}
    old |= {"lat": "51.5", "lng": "0.1", "domain": "kim wajak", "status": "aktif"}
    shown = as_written(old) | {"bidang": "umkm"}
    assert read_form(shown, load_gazetteer(), old) == (old | {"bidang": "umkm"}, {})


def test_kim_are_found_by_name_number_and_desa(registry):
    bring(
        registry,
        {"nama_kim": "KIM Arjuna", "nomor_induk": "77/2020"},
        {"nama_kim": "KIM Bima", "kode_wilayah": SUMBER},
    )
    snapshot = latest_snapshot(registry)
    assert find_kim_by_words(snapshot, "arjuna", 5) == [1]
    assert find_kim_by_words(snapshot, "77/2020", 5) == [1]
    assert find_kim_by_words(snapshot, load_gazetteer().name(SUMBER[:5]), 5) == [2]
    assert find_kim_by_words(snapshot, "srikandi", 5) == []


# Whatever is done, in whatever order.

_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "nama_kim": st.sampled_from(["KIM Satu", "KIM Dua"]),
        "status": st.sampled_from(STATUSES),
        "bidang": st.sampled_from(["", *BIDANG[:2]]),
        "kode_wilayah": st.sampled_from([WAJAK, OTHER_DESA]),
        "domain": st.sampled_from(["", "wajak.kim.id"]),
        "tanggal_diperbarui": st.sampled_from(["", "2024-02-29"]),
        "lat": st.just(""),
        "lng": st.just(""),
    },
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(1, 2), _CHANGES), min_size=1, max_size=5))
def test_each_change_is_what_was_said_and_undo_restores_what_was_there(kind, new_url, steps):
    registry = open_registry(new_url(kind))
    bring(registry, {"nomor_induk": "A", "lat": "-8.1", "lng": "112.7"}, {"nomor_induk": "B"})
    states = []
    for kim_id, other in steps:
        kim = read_kim(registry, kim_id)
        change, before = changed(kim, **other), as_bytes(registry)
        try:
            outcome = save(registry, [change], person=MALANG)
            if isinstance(outcome, Doubtful):
                change = dataclasses.replace(change, confirmed=outcome.doubts)
                outcome = save(registry, [change], person=MALANG)
        except RegistryError:
            assert change.values == kim.values
            continue
        assert read_kim(registry, kim_id).values == {**kim.values, **other}
        states.append((done(outcome).batch_id, before, as_bytes(registry)))
    for batch_id, before, _ in reversed(states):
        undo(registry, batch_id, who="siti")
        assert as_bytes(registry) == before
    for batch_id, _, after in states:
        redo(registry, batch_id, who="siti")
        assert as_bytes(registry) == after
    assert len(read_audit(registry, words=str(Deed.UBAH))) == len(states)
    assert set(read_kim(registry, 1).values) == set(VALUES)
    registry.engine.dispose()

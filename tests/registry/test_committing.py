"""From staged rows to KIM: what goes in, what waits, what an update does."""

import pandas as pd
import pytest

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import (
    committed_before,
    find_batch,
    list_batches,
    read_staged_rows,
    stage,
)
from geodata.registry.database.committing import commit
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.database.states import Choice, State
from tests.registry.rows import SUMBER, WAJAK, in_review, rejected, staged

WHO = "operator"


def bring(registry, *rows, **more):
    return stage(registry, staged(*rows), load_gazetteer(), who=WHO, **more)


def settle(registry, decisions):
    decide(registry, decisions, load_gazetteer(), who=WHO)


def kim_of(registry) -> pd.DataFrame:
    return latest_snapshot(registry).kim


def test_a_batch_is_a_draft_until_it_is_committed(registry):
    batch = bring(registry, {}, in_review(), rejected())
    assert (batch.state, batch.rows) == (State.DRAF, 3)
    assert (batch.diterima, batch.ditinjau, batch.ditolak) == (1, 1, 1)
    assert latest_snapshot(registry) is None
    assert find_batch(registry, batch.id) == batch


def test_what_was_staged_is_read_back_as_it_was(registry):
    row = {
        "sheet": "Lembar 1", "line": 7, "raw": {"NAMA KIM": "KIM Súara", "No.": "1"},
        "provinsi": "Jawa Timur", "desa": "Wajak", "nomor_induk": "KIM-1", "lat": "-8.1033",
        "lng": "112.73", "jumlah_anggota": "12", "bidang": "umkm;pariwisata", "skor": 0.93,
        "bidang_lain": "kopi", "tanggal_diperbarui": "2024-02-29", "metode": "nama_mirip",
        "kandidat": [{"kode": WAJAK, "nama": "Wajak", "skor": 0.9, "metode": "nama"}],
    }  # fmt: skip
    batch = bring(registry, row, keep_unrecognised=True)
    read = read_staged_rows(registry, batch.id).iloc[0]
    for name in ("sheet", "line", "raw", "provinsi", "desa", "bidang", "bidang_lain", "kandidat"):
        assert read[name] == row[name]
    assert (read["lat"], read["lng"], read["skor"]) == (-8.1033, 112.73, 0.93)
    assert str(read["tanggal_diperbarui"]) == "2024-02-29"
    assert read["jumlah_anggota"] == 12


def test_accepted_rows_go_in_and_doubtful_ones_stay_in_review(registry):
    batch = bring(registry, {"nomor_induk": "A"}, in_review(), rejected(), {"nomor_induk": "B"})
    done = commit(registry, batch.id, who=WHO)
    assert (done.version, done.baru, done.diperbarui, done.sama, done.kembali) == (1, 2, 0, 0, 0)
    assert kim_of(registry)["nomor_induk"].tolist() == ["A", "B"]
    after = find_batch(registry, batch.id)
    assert (after.state, after.ditinjau, after.ditolak, after.waiting) == (State.MASUK, 1, 1, 0)


def test_the_snapshot_is_typed_as_the_sample_is(registry, sample):
    everything = {
        "tanggal_diperbarui": "2024-01-01",
        "jumlah_anggota": "3",
        "lat": "-8",
        "lng": "1",
    }
    commit(registry, bring(registry, everything, {}).id, who=WHO)
    kim = kim_of(registry)
    wanted = {name: kind.kind for name, kind in sample.kim.dtypes.items()}
    assert {name: kind.kind for name, kind in kim.dtypes.items()} == wanted
    assert kim["jumlah_anggota"].isna().tolist() == [False, True]


def test_rows_of_a_batch_may_be_decided_and_committed_later(registry):
    batch = bring(registry, {}, in_review(nama_kim="KIM Ragu"))
    commit(registry, batch.id, who=WHO)
    (doubtful,) = read_staged_rows(registry, batch.id, "ditinjau").index
    settle(registry, {doubtful: Decision(Choice.TERIMA, kode=SUMBER)})
    assert find_batch(registry, batch.id).waiting == 1
    assert commit(registry, batch.id, who=WHO).version == 2
    assert kim_of(registry)["kode_wilayah"].tolist() == [WAJAK, SUMBER]


def test_with_nothing_accepted_there_is_nothing_to_commit(registry):
    batch = bring(registry, in_review())
    with pytest.raises(RegistryError, match="no accepted row"):
        commit(registry, batch.id, who=WHO)
    assert find_batch(registry, batch.id).state is State.DRAF


def test_a_row_that_says_the_same_as_a_kim_changes_nothing_and_is_counted(registry):
    row = {"nomor_induk": "A", "lat": "-8.1033", "personal": {"ketua": "Siti"}}
    commit(registry, bring(registry, row).id, who=WHO)
    before = kim_of(registry)
    again = bring(registry, row, {"nomor_induk": "A", "status": ""})
    done = commit(registry, again.id, who=WHO)
    assert (done.baru, done.diperbarui, done.sama) == (0, 0, 2)
    pd.testing.assert_frame_equal(kim_of(registry), before)


def test_a_known_number_that_says_something_else_waits_for_a_person(registry):
    commit(registry, bring(registry, {"nomor_induk": "A"}).id, who=WHO)
    batch = bring(registry, {"nomor_induk": "A", "status": "tidak_aktif"})
    assert (batch.diterima, batch.ditinjau) == (0, 1)
    row = read_staged_rows(registry, batch.id).iloc[0]
    assert row["kembar"] == [{"with": 1, "why": "nomor_induk"}]


@pytest.mark.parametrize("how", ["by hand", "by option"])
def test_an_update_changes_what_the_row_says_and_keeps_the_rest(registry, how):
    first = {"nomor_induk": "A", "domain": "a.kim.id", "jumlah_anggota": "9"}
    commit(registry, bring(registry, first).id, who=WHO)
    row = {"nomor_induk": "A", "status": "tidak_aktif", "nama_kim": "KIM Baru"}
    batch = bring(registry, row, update=how == "by option")
    if how == "by hand":
        (row_id,) = read_staged_rows(registry, batch.id).index
        settle(registry, {row_id: Decision(Choice.GABUNG, kim_id=1)})
    assert commit(registry, batch.id, who=WHO).diperbarui == 1
    kim = kim_of(registry)
    assert len(kim) == 1
    wanted = ["KIM Baru", "tidak_aktif", "a.kim.id", 9]
    assert kim[["nama_kim", "status", "domain", "jumlah_anggota"]].iloc[0].tolist() == wanted


def test_a_number_is_given_to_one_kim_only(registry):
    batch = bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "A", "nama_kim": "KIM Lain"})
    done = commit(registry, batch.id, who=WHO)
    assert (done.baru, done.kembali) == (1, 1)
    (late,) = read_staged_rows(registry, batch.id, "ditinjau").index
    settle(registry, {late: Decision(Choice.TERPISAH)})
    assert commit(registry, batch.id, who=WHO).baru == 1
    kim = kim_of(registry)
    assert kim["nomor_induk"].tolist() == ["A", ""], "kept apart, it comes in without the number"


def test_a_number_taken_since_the_row_was_staged_sends_it_back_to_review(registry):
    slow = bring(
        registry,
        {"nomor_induk": "A", "nama_kim": "KIM Lambat"},
        {"nomor_induk": "B", "nama_kim": "B"},
    )
    commit(registry, bring(registry, {"nomor_induk": "A"}).id, who=WHO)
    done = commit(registry, slow.id, who=WHO)
    assert (done.baru, done.kembali) == (1, 1)
    assert sorted(kim_of(registry)["nomor_induk"]) == ["A", "B"]


def test_two_rows_of_a_file_can_be_one_kim(registry):
    numbered, other = (
        {"nomor_induk": "A"},
        in_review(domain="a.kim.id", nama_kim="", kode_wilayah=""),
    )
    batch = bring(registry, other, numbered)
    rows = read_staged_rows(registry, batch.id)
    first, second = rows.index
    settle(registry, {first: Decision(Choice.GABUNG, row_id=second)})
    done = commit(registry, batch.id, who=WHO)
    assert (done.baru, done.diperbarui) == (1, 1)
    assert kim_of(registry)[["nomor_induk", "domain"]].to_numpy().tolist() == [["A", "a.kim.id"]]


def test_a_row_merged_with_one_that_is_not_in_goes_back_to_review(registry):
    batch = bring(registry, {}, in_review(), in_review())
    _, second, third = read_staged_rows(registry, batch.id).index
    settle(registry, {second: Decision(Choice.GABUNG, row_id=third)})
    done = commit(registry, batch.id, who=WHO)
    assert (done.baru, done.kembali) == (1, 1)


def test_kim_without_number_field_or_date_are_kept_as_they_are(registry):
    row = {"nomor_induk": "", "bidang": "", "tanggal_terdaftar": "", "status": ""}
    commit(registry, bring(registry, row, row | {"nama_kim": "KIM Dua"}).id, who=WHO)
    snapshot = latest_snapshot(registry)
    assert snapshot.kim["nomor_induk"].tolist() == ["", ""]
    assert snapshot.kim["status"].tolist() == ["belum_terverifikasi"] * 2
    assert snapshot.tahun.tolist() == [0, 0]
    assert snapshot.bidang_bits.tolist() == [0, 0]
    assert snapshot.years == (int(snapshot.date[:4]),) * 2


# Deciding.


def test_decisions_are_all_taken_or_none(registry):
    batch = bring(registry, in_review(), in_review(nama_kim=""))
    named, nameless = read_staged_rows(registry, batch.id).index
    accept = Decision(Choice.TERIMA, kode=WAJAK)
    with pytest.raises(RegistryError, match=r"Sheet KIM, line 3 has no name"):
        settle(registry, {named: accept, nameless: accept})
    assert find_batch(registry, batch.id).ditinjau == 2
    settle(registry, {named: accept, nameless: Decision(Choice.TOLAK, reason="tidak ada namanya")})
    row = read_staged_rows(registry, batch.id, "ditolak").iloc[0]
    assert (row["reason"], row["decided_by"]) == ("tidak ada namanya", WHO)
    settle(registry, {named: Decision(Choice.TINJAU)})
    assert find_batch(registry, batch.id).ditinjau == 1


@pytest.mark.parametrize("kode", ["", "35.07.08", "99.99.99.9999", "Wajak"])
def test_a_row_is_accepted_into_a_desa_of_the_gazetteer_only(registry, kode):
    (row,) = read_staged_rows(registry, bring(registry, in_review()).id).index
    with pytest.raises(RegistryError, match="no code of a village"):
        settle(registry, {row: Decision(Choice.TERIMA, kode=kode)})


@pytest.mark.parametrize("target", [{}, {"kim_id": 77}, {"row_id": 77}, {"kim_id": 1, "row_id": 2}])
def test_a_row_is_merged_with_something_that_is_there(registry, target):
    commit(registry, bring(registry, {}).id, who=WHO)
    batch = bring(registry, in_review(), in_review())
    row = read_staged_rows(registry, batch.id).index[0]
    with pytest.raises(RegistryError, match="to merge it with"):
        settle(registry, {row: Decision(Choice.GABUNG, **target)})


def test_a_row_that_is_in_the_registry_is_not_decided_again(registry):
    batch = bring(registry, {})
    commit(registry, batch.id, who=WHO)
    (row,) = read_staged_rows(registry, batch.id).index
    with pytest.raises(RegistryError, match="in the registry already"):
        settle(registry, {row: Decision(Choice.TOLAK)})


def test_what_is_not_there_is_named(registry):
    with pytest.raises(RegistryError, match="no batch 5"):
        find_batch(registry, 5)
    with pytest.raises(RegistryError, match="not in the registry"):
        settle(registry, {5: Decision(Choice.TOLAK)})


# Batches.


def test_a_file_that_is_in_the_registry_is_known_again(registry):
    file = staged({"nomor_induk": "A"})
    batch = stage(registry, file, load_gazetteer(), who=WHO)
    assert committed_before(registry, file.sha256) == []
    commit(registry, batch.id, who=WHO)
    assert [batch.id for batch in committed_before(registry, file.sha256)] == [batch.id]


def test_batches_are_listed_the_latest_first(registry):
    draft, done = bring(registry, {}), bring(registry, {"nama_kim": "KIM Dua"})
    commit(registry, done.id, who=WHO)
    assert [listed.id for listed in list_batches(registry)] == [done.id, draft.id]
    assert [listed.id for listed in list_batches(registry, State.DRAF)] == [draft.id]


@pytest.mark.parametrize(
    "row", [{"kode_wilayah": ""}, {"nama_kim": ""}, {"status": "hidup"}, {"kode_wilayah": "35"}]
)
def test_rows_that_would_make_the_registry_unreadable_are_a_mistake_in_the_code(registry, row):
    with pytest.raises(ValueError, match="staged row 2"):
        bring(registry, row)
    assert list_batches(registry) == []


# Names.


@pytest.mark.parametrize(
    ("known", "written", "name"),
    [
        ("KIM Suara Wajak", "KIM SUARA WAJAK", "KIM Suara Wajak"),
        ("KIM SUARA WAJAK", "KIM Suara Wajak", "KIM Suara Wajak"),
        ("KIM Suara Wajak", "KIM SUARAWAJAK", "KIM Suara Wajak"),
        ("KIM Suara Wajak", "kim suara wajak", "KIM Suara Wajak"),
        ("KIM Suara Wajak", "KIM SUARA WARGA", "KIM SUARA WARGA"),
        ("KIM Suarawajak", "KIM Suara Wajak", "KIM Suara Wajak"),
    ],
    ids=["capitals", "better", "spaces", "small", "another", "another spelling"],
)
def test_a_list_typed_without_care_renames_no_kim(registry, known, written, name):
    commit(registry, bring(registry, {"nomor_induk": "A", "nama_kim": known}).id, who=WHO)
    row = {"nomor_induk": "A", "nama_kim": written, "bidang": "kesehatan"}
    commit(registry, bring(registry, row, update=True).id, who=WHO)
    assert kim_of(registry)["nama_kim"].tolist() == [name]
    assert kim_of(registry)["bidang"].tolist() == ["kesehatan"]

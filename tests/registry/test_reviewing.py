"""What waits for a person: queues, rows alike, duplicates, on both databases."""

import pytest

from geodata.registry.database.batches import find_batch, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import Choice, Decision, decide
from geodata.registry.database.duplicates.twins import merged_with_first, twins_of, values_of
from geodata.registry.database.reviewing import (
    Queue,
    Result,
    best_candidates,
    count_reasons,
    placed_in,
    queue_ids,
    region_of,
    result_of,
    same_place,
)
from geodata.registry.placing_by_hand import choose_desa
from tests.registry.rows import SUMBER, WAJAK, in_review, rejected, staged

DOUBT = {"alasan": ["desa_ragu"], "desa": "Wajak", "kecamatan": "Wajak"}
CANDIDATE = {"kode": WAJAK, "nama": "Wajak", "wilayah": "", "skor": 0.9, "metode": "nama_mirip"}


@pytest.fixture
def keep(registry: Registry, gazetteer):
    """Stage rows and return the number of their batch."""
    return lambda *rows, update=False, **more: (
        stage(registry, staged(*rows, **more), gazetteer, who="p", update=update).id
    )


def lines(registry: Registry, ids: list[int], batch: int) -> list[int]:
    return read_staged_rows(registry, batch, ids=ids)["line"].tolist()


def test_a_row_is_asked_about_its_desa_first_and_then_whether_it_is_a_duplicate(
    registry: Registry, keep
) -> None:
    twin = {"kembar": [{"with": "KIM!2", "why": "nama_desa"}]}
    batch = keep(
        {},
        in_review(**DOUBT),
        in_review(alasan=["desa_ragu", "kembar"], **twin),
        {"outcome": "ditinjau", "alasan": ["kembar"], **twin},
        rejected(),
    )
    assert count_reasons(registry, batch) == {
        "desa": {"": 2, "desa_ragu": 2, "kembar": 1},
        "kembar": {"": 1, "kembar": 1},
    }
    assert lines(registry, queue_ids(registry, Queue(batch, "desa")), batch) == [3, 4]
    assert lines(registry, queue_ids(registry, Queue(batch, "kembar")), batch) == [5]


def test_a_queue_can_be_narrowed_to_a_reason_and_a_score(registry: Registry, keep) -> None:
    batch = keep(
        in_review(alasan=["desa_ragu"], skor=0.95, kandidat=[CANDIDATE]),
        in_review(alasan=["desa_ragu"], skor=0.6, kandidat=[]),
        in_review(alasan=["desa_tidak_ditemukan"]),
    )
    doubt = Queue(batch, "desa", "desa_ragu")
    assert lines(registry, queue_ids(registry, doubt), batch) == [2, 3]
    sure = Queue(batch, "desa", "desa_ragu", 0.9)
    assert lines(registry, queue_ids(registry, sure), batch) == [2]
    assert list(best_candidates(registry, doubt).values()) == [WAJAK]


def test_rows_that_write_the_same_place_are_found_unless_the_place_may_be_any(
    registry: Registry, keep
) -> None:
    alone = {**DOUBT, "kecamatan": ""}
    batch = keep(
        in_review(**DOUBT),
        in_review(**DOUBT),
        in_review(**alone),
        in_review(**alone),
        {"desa": "Wajak", "kecamatan": "Wajak"},
    )
    first, second, third, _ = queue_ids(registry, Queue(batch, "desa"))
    assert same_place(registry, first) == [second]
    assert same_place(registry, third) == []


def test_a_row_put_into_a_desa_by_hand_is_accepted_unless_it_may_be_a_duplicate(
    registry: Registry, keep, gazetteer
) -> None:
    batch = keep(in_review(**DOUBT), in_review(alasan=["desa_ragu", "kembar"]))
    chosen = dict.fromkeys(queue_ids(registry, Queue(batch, "desa")), WAJAK)
    decide(registry, placed_in(registry, batch, chosen), gazetteer, who="p")
    assert read_staged_rows(registry, batch)["outcome"].tolist() == ["diterima", "ditinjau"]
    assert read_staged_rows(registry, batch)["kode_wilayah"].tolist() == [WAJAK, WAJAK]


def test_a_kim_of_the_desa_chosen_by_hand_is_noticed(registry: Registry, keep, gazetteer) -> None:
    """Whether a row is a duplicate by name and desa cannot be told before its desa is known."""
    commit(registry, keep({"nama_kim": "KIM Suara Warga"}), who="p")
    batch = keep(
        in_review(nama_kim="Suara Warga", **DOUBT),
        in_review(nama_kim="Lain", **DOUBT),
        in_review(nama_kim="KIM Lain", **DOUBT),
        file_name="kedua.xlsx",
    )
    chosen = dict.fromkeys(queue_ids(registry, Queue(batch, "desa")), WAJAK)
    choose_desa(registry, batch, chosen, gazetteer, who="p")
    rows = read_staged_rows(registry, batch)
    assert rows["outcome"].tolist() == ["ditinjau", "diterima", "ditinjau"]
    assert rows["kembar"].tolist() == [
        [{"with": 1, "why": "nama_desa"}],
        [],
        [{"with": "KIM!3", "why": "nama_desa"}],
    ]
    # In another desa than the KIM of its name it would have gone in.
    other = keep(in_review(nama_kim="Suara Warga", **DOUBT), file_name="ketiga.xlsx")
    [row_id] = queue_ids(registry, Queue(other, "desa"))
    choose_desa(registry, other, {row_id: SUMBER}, gazetteer, who="p")
    assert find_batch(registry, other).diterima == 1


def test_a_duplicate_stands_beside_the_kim_and_the_row_it_may_be(registry: Registry, keep) -> None:
    commit(registry, keep({"nama_kim": "Lama", "personal": {"ketua": "Ani"}}), who="p")
    kembar = [
        {"with": 1, "why": "nama_desa"},
        {"with": "A!B!2", "why": "domain"},
        {"with": 99, "why": "domain"},
    ]
    batch = keep(
        {"sheet": "A!B", "nama_kim": "Atas"},
        {"sheet": "A!B", "outcome": "ditinjau", "alasan": ["kembar"], "kembar": kembar},
        file_name="kedua.xlsx",
    )
    row = read_staged_rows(registry, batch, "ditinjau", with_personal=True).iloc[0]
    kim, above = twins_of(registry, batch, row)  # 99 is not in the registry
    assert (kim.kim_id, kim.values["nama_kim"], kim.values["ketua"]) == (1, "Lama", "Ani")
    assert (above.row_id, above.where) == (read_staged_rows(registry, batch).index[0], "A!B!2")
    assert above.values["nama_kim"] == "Atas"
    assert values_of(row)["nama_kim"] == "KIM Suara Warga"


def test_all_duplicates_can_be_merged_with_the_first_they_may_be(
    registry: Registry, keep, gazetteer
) -> None:
    commit(registry, keep({"nomor_induk": "1"}), who="p")
    batch = keep(
        {"outcome": "ditinjau", "alasan": ["kembar"], "domain": "satu.kim.id",
         "kembar": [{"with": 1, "why": "nama_desa"}]},
        {"nama_kim": "Baru"},
        {"outcome": "ditinjau", "alasan": ["kembar"], "jumlah_anggota": "7",
         "kembar": [{"with": "KIM!3", "why": "domain"}]},
        file_name="kedua.xlsx",
    )  # fmt: skip
    decisions = merged_with_first(registry, Queue(batch, "kembar"))
    decide(registry, decisions, gazetteer, who="p")
    done = commit(registry, batch, who="p")
    assert (done.baru, done.diperbarui, done.kembali) == (1, 2, 0)


def test_the_region_of_a_batch_holds_all_that_it_brought(registry: Registry, keep) -> None:
    batch = keep({}, {"kode_wilayah": "35.07.08.2002", "nama_kim": "Dua"})
    assert region_of(registry, batch) is None, "nothing of it is in the registry"
    commit(registry, batch, who="p")
    assert region_of(registry, batch) == "35.07.08"
    far = keep({"nama_kim": "Tiga"}, {"kode_wilayah": SUMBER, "nama_kim": "E"}, file_name="b.csv")
    commit(registry, far, who="p")
    assert region_of(registry, far) is None, "Jawa Timur and Yogyakarta"


def test_a_row_sent_back_to_review_waits_among_the_duplicates(
    registry: Registry, keep, gazetteer
) -> None:
    batch = keep({})
    [row_id] = read_staged_rows(registry, batch).index
    decide(registry, {row_id: Decision(Choice.TINJAU)}, gazetteer, who="p")
    assert queue_ids(registry, Queue(batch, "kembar")) == [row_id]


def test_before_a_commit_one_knows_how_many_kim_come_of_its_rows(
    registry: Registry, keep, gazetteer
) -> None:
    commit(registry, keep({"nomor_induk": "A"}), who="p")
    changed = {"nomor_induk": "A", "bidang": "kesehatan"}
    batch = keep({"nomor_induk": "B"}, {"nama_kim": "KIM Ganda"}, changed, changed, update=True)
    ids = read_staged_rows(registry, batch).index
    same = {ids[1]: Decision(Choice.GABUNG, row_id=ids[0])}
    decide(registry, same, gazetteer, who="p")
    assert result_of(registry, batch) == Result(new=1, known=1), "of four rows"
    commit(registry, batch, who="p")
    assert result_of(registry, batch) == Result(0, 0)

"""A draft is compared again in its own commit: whoever comes second doubles nothing, loses nothing.

Drafts are staged as the reading of a file stages them: compared with the registry of that moment.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import find_batch, list_batches, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.duplicates import comparing
from geodata.registry.database.duplicates.twins import merged_with_first
from geodata.registry.database.handing_out import existing_kim
from geodata.registry.database.history import standing
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.reviewing import Queue
from geodata.registry.database.snapshots import read_snapshot_at
from geodata.registry.database.states import Choice, State
from geodata.registry.database.undoing import redo, undo
from geodata.registry.intake.duplicates import find_twins
from geodata.registry.placing_by_hand import choose_desa
from tests.processes import forked
from tests.registry.conftest import KINDS
from tests.registry.rows import WAJAK, in_review, staged, undone_and_redone

WHO = "operator"
LIST = [{"nama_kim": f"KIM {name}"} for name in ("Satu", "Dua", "Tiga")]


def hold(registry: Registry, *rows: dict, update: bool = False) -> int:
    """Keep rows as a draft, compared with the registry as it is now; return its batch."""
    file = staged(*rows)
    for row, twins in zip(file.rows, find_twins(file.rows, existing_kim(registry)), strict=True):
        if twins and row["outcome"] == "diterima":
            row |= {"outcome": "ditinjau", "kembar": twins, "alasan": ["kembar"]}
    return stage(registry, file, load_gazetteer(), who=WHO, update=update).id


def kim_of(registry: Registry):
    return read_snapshot_at(registry, standing(registry).version, load_gazetteer()).kim


def names(registry: Registry) -> list[str]:
    return sorted(kim_of(registry)["nama_kim"].str.removeprefix("KIM "))


def enter(registry: Registry, *rows: dict, **more) -> int:
    batch = hold(registry, *rows, **more)
    commit(registry, batch, who=WHO)
    return batch


def settle(registry: Registry, batch: int, *decisions: Decision) -> None:
    ids = read_staged_rows(registry, batch, "ditinjau").index
    chosen = dict(zip(ids, decisions, strict=True))
    decide(registry, chosen, load_gazetteer(), who=WHO)


@pytest.mark.parametrize("first", [0, 1])
def test_two_drafts_of_one_list_make_its_kim_once_whoever_is_first(registry, first):
    drafts = [hold(registry, *LIST), hold(registry, *reversed(LIST))]
    assert commit(registry, drafts[first], who=WHO).baru == 3
    done = commit(registry, drafts[1 - first], who=WHO)
    assert (done.version, done.baru, done.sama, done.kembali) == (1, 0, 0, 3)
    assert names(registry) == ["Dua", "Satu", "Tiga"]
    late = find_batch(registry, drafts[1 - first])
    assert (late.state, late.rows, late.ditinjau) == (State.DRAF, 3, 3)
    rows = read_staged_rows(registry, late.id)
    assert all(twins[0]["why"] == "nama_desa" for twins in rows["kembar"])
    assert rows["alasan"].tolist() == [["kembar"]] * 3
    with pytest.raises(RegistryError, match="no accepted row"):
        commit(registry, late.id, who=WHO)


def test_what_a_longer_copy_has_more_of_goes_in(registry):
    first, longer = hold(registry, *LIST), hold(registry, {"nama_kim": "KIM Empat"}, *LIST)
    commit(registry, first, who=WHO)
    done = commit(registry, longer, who=WHO)
    assert (done.baru, done.kembali) == (1, 3)
    assert names(registry) == ["Dua", "Empat", "Satu", "Tiga"]


@pytest.mark.parametrize(
    ("row", "other", "why"),
    [
        ({"nomor_induk": "A-1"}, {"nomor_induk": "a1", "nama_kim": "KIM Lain"}, "nomor_induk"),
        (LIST[0] | {"nomor_induk": "A"}, LIST[0], "nama_desa"),
        (LIST[0] | {"nomor_induk": "A"}, LIST[0] | {"nomor_induk": "B"}, "nama_desa"),
        ({}, {"nama_kim": "Kelompok Informasi Masyarakat Soeara Warga"}, "nama_desa"),
        ({"domain": "a.kim.id"}, {"domain": "a.kim.id", "nama_kim": "KIM Lain"}, "domain"),
    ],
)
def test_a_row_is_compared_by_all_that_tells_a_kim(registry, row, other, why):
    late = hold(registry, other)
    enter(registry, row)
    assert commit(registry, late, who=WHO).kembali == 1
    assert read_staged_rows(registry, late).iloc[0]["kembar"] == [{"with": 1, "why": why}]


def test_rows_sent_back_can_be_merged_at_once_and_then_change_nothing(registry):
    first, late = hold(registry, *LIST), hold(registry, *LIST)
    commit(registry, first, who=WHO)
    commit(registry, late, who=WHO)
    merges = merged_with_first(registry, Queue(late, "kembar"))
    decide(registry, merges, load_gazetteer(), who=WHO)
    done = commit(registry, late, who=WHO)
    assert (done.baru, done.diperbarui, done.sama) == (0, 0, 3)
    assert names(registry) == ["Dua", "Satu", "Tiga"]


def test_what_a_person_has_kept_apart_is_not_asked_about_again(registry):
    enter(registry, {"nama_kim": "KIM Satu"})
    others = [{"nama_kim": "KIM Satu", "status": "tidak_aktif", "domain": d} for d in ("a", "b")]
    batch = hold(registry, *others)
    settle(registry, batch, Decision(Choice.TERPISAH), Decision(Choice.TERPISAH))
    assert commit(registry, batch, who=WHO).baru == 2
    assert names(registry) == ["Satu"] * 3
    undo(registry, batch, who=WHO)
    redo(registry, batch, who=WHO)
    undo(registry, 1, who=WHO)
    redo(registry, 1, who=WHO)
    assert names(registry) == ["Satu"] * 3


def test_a_kim_that_came_after_the_decision_is_asked_about(registry):
    enter(registry, {"nama_kim": "KIM Satu"})
    batch = hold(registry, {"nama_kim": "KIM Satu", "nomor_induk": "A"})
    settle(registry, batch, Decision(Choice.TERPISAH))
    enter(registry, {"nama_kim": "KIM Lain", "nomor_induk": "A"})
    assert commit(registry, batch, who=WHO).kembali == 1, "its number is not taken from it unasked"


def test_rows_placed_one_by_one_are_compared_with_each_other(registry):
    batch = hold(registry, {"nama_kim": "KIM Lain"}, in_review(), in_review())
    rows = read_staged_rows(registry, batch, "ditinjau").index
    both = {row: Decision(Choice.TERIMA, kode=WAJAK) for row in rows}
    decide(registry, both, load_gazetteer(), who=WHO)  # as two people do who do not see the other
    done = commit(registry, batch, who=WHO)
    assert (done.baru, done.kembali) == (2, 1)


def test_a_row_placed_after_its_twin_went_in_is_compared_with_that(registry):
    batch = hold(registry, {}, in_review())
    commit(registry, batch, who=WHO)
    (row,) = read_staged_rows(registry, batch, "ditinjau").index
    choose_desa(registry, batch, {row: WAJAK}, load_gazetteer(), who=WHO)
    settle(registry, batch, Decision(Choice.TERPISAH))
    assert commit(registry, batch, who=WHO).baru == 1


# Drafts that were to change a KIM.


@pytest.mark.parametrize("how", ["by a person", "by option", "since it said the same"])
def test_what_was_changed_since_is_not_overwritten_by_an_older_decision(registry, how):
    enter(registry, {"nomor_induk": "A", "status": "aktif"})
    status = "aktif" if how == "since it said the same" else "tidak_aktif"
    older = {"nomor_induk": "A", "status": status}
    draft = hold(registry, older, update=how == "by option")
    if how == "by a person":
        settle(registry, draft, Decision(Choice.GABUNG, kim_id=1))
    enter(registry, {"nomor_induk": "A", "status": "belum_terverifikasi"}, update=True)
    done = commit(registry, draft, who=WHO)
    assert (done.diperbarui, done.sama, done.kembali) == (0, 0, 1)
    assert kim_of(registry)["status"].tolist() == ["belum_terverifikasi"]
    settle(registry, draft, Decision(Choice.GABUNG, kim_id=1))
    assert commit(registry, draft, who=WHO).diperbarui == 1
    assert kim_of(registry)["status"].tolist() == [status]


def test_two_drafts_of_one_update_change_the_kim_once(registry):
    enter(registry, {"nomor_induk": "A"})
    change = {"nomor_induk": "A", "status": "tidak_aktif"}
    drafts = [hold(registry, change, update=True) for _ in range(2)]
    assert commit(registry, drafts[1], who=WHO).diperbarui == 1
    assert commit(registry, drafts[0], who=WHO).sama == 1


def test_a_change_that_was_undone_meanwhile_is_no_change(registry):
    enter(registry, {"nomor_induk": "A"})
    draft = hold(registry, {"nomor_induk": "A", "status": "tidak_aktif"}, update=True)
    undo(registry, enter(registry, {"nomor_induk": "A", "domain": "a.id"}, update=True), who=WHO)
    assert commit(registry, draft, who=WHO).diperbarui == 1


def test_rows_of_one_file_may_change_one_kim_one_after_the_other(registry):
    enter(registry, {"nomor_induk": "A"})
    rows = {"nomor_induk": "A", "domain": "a.id"}, {"nomor_induk": "A", "status": "tidak_aktif"}
    assert commit(registry, hold(registry, *rows, update=True), who=WHO).diperbarui == 2


def test_a_copy_whose_kim_are_gone_brings_them_itself(registry):
    first = enter(registry, *LIST)
    copy = hold(registry, *LIST, {"nama_kim": "KIM Satu"})
    assert find_batch(registry, copy).diterima == 4, "they say the same as the registry"
    undo(registry, first, who=WHO)
    done = commit(registry, copy, who=WHO)
    assert (done.baru, done.kembali) == (3, 1), "two rows of the file are one KIM"
    assert names(registry) == ["Dua", "Satu", "Tiga"]


def test_a_doubtful_row_whose_kim_is_gone_is_asked_about(registry):
    first = enter(registry, {"nomor_induk": "A"})
    row = {"nomor_induk": "A", "outcome": "ditinjau", "alasan": ["kode_nama_berbeda"]}
    copy = hold(registry, row)
    assert find_batch(registry, copy).diterima == 1
    undo(registry, first, who=WHO)
    assert commit(registry, copy, who=WHO).kembali == 1


# Undo and redo.


def test_what_a_later_batch_confirmed_is_not_taken_away_from_under_it(registry):
    first, copy = enter(registry, *LIST), enter(registry, *LIST)
    undoing, redoing = undone_and_redone(registry, first, copy)
    assert f"batch {copy} changed or confirmed" in undoing
    assert "confirmed is not what it was then" in redoing
    assert names(registry) == ["Dua", "Satu", "Tiga"]


def test_more_kim_are_looked_up_than_fit_into_one_query(registry):
    with registry.reading() as connection:
        assert comparing._kept_apart(connection, range(300_000)) == set()


def test_redo_does_not_double_what_came_anew_since(registry):
    first, copy = hold(registry, *LIST), hold(registry, *LIST)
    commit(registry, first, who=WHO)
    undo(registry, first, who=WHO)
    commit(registry, copy, who=WHO)
    with pytest.raises(RegistryError, match=rf"“KIM Satu” .* twice \(#1 and #4\): batch {copy}"):
        redo(registry, first, who=WHO)
    assert find_batch(registry, first).state is State.DIBATALKAN
    undo(registry, copy, who=WHO)
    redo(registry, first, who=WHO)
    assert names(registry) == ["Dua", "Satu", "Tiga"]


def test_undo_does_not_give_a_kim_a_name_back_that_another_has_since(registry):
    enter(registry, {"nomor_induk": "A", "nama_kim": "KIM Satu"})
    renamed = enter(registry, {"nomor_induk": "A", "nama_kim": "KIM Dua"}, update=True)
    other = enter(registry, {"nama_kim": "KIM Satu"})
    with pytest.raises(RegistryError, match=f"Undo batch {other} first"):
        undo(registry, renamed, who=WHO)
    assert names(registry) == ["Dua", "Satu"]


_STEPS = st.tuples(
    st.sampled_from(["hold", "enter", "commit", "commit", "undo", "redo"]), st.integers(0, 4)
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEPS, min_size=3, max_size=12), numbered=st.booleans())
def test_whatever_is_done_with_copies_of_a_list_no_kim_is_there_twice_and_none_is_missing(
    kind, new_url, steps, numbered
):
    registry = open_registry(new_url(kind))
    rows = [row | {"nomor_induk": f"N{n}" if numbered else ""} for n, row in enumerate(LIST)]
    copies = [rows, rows[::-1], rows[1:] + rows[:1]]
    entered: set[int] = set()
    for verb, which in steps:
        batches = sorted(batch.id for batch in list_batches(registry))
        try:
            if verb in ("hold", "enter"):
                batch = hold(registry, *copies[which % 3])
                if verb == "enter":
                    commit(registry, batch, who=WHO)
            elif batches:
                batch = batches[which % len(batches)]
                {"commit": commit, "undo": undo, "redo": redo}[verb](registry, batch, who=WHO)
        except RegistryError:
            pass
        now = Counter(names(registry))
        assert set(now.values()) <= {1}, "no KIM is there twice"
        entered = {batch.id for batch in list_batches(registry) if batch.state is State.MASUK}
        assert len(now) == (3 if entered else 0), "none is missing while a copy is in"
        for batch in list_batches(registry):
            assert batch.rows == batch.diterima + batch.ditinjau + batch.ditolak == 3
    registry.engine.dispose()


# At the same moment, in two processes.


def _commit_together(url: str, batch: int, barrier, queue) -> None:
    registry = open_registry(url)
    load_gazetteer()
    barrier.wait(60)
    try:
        done = commit(registry, batch, who=WHO)
        queue.put((done.baru, done.kembali))
    except RegistryError as error:
        queue.put((error.key, 0))


@pytest.mark.parametrize("same_batch", [False, True], ids=["two drafts", "one draft clicked twice"])
def test_two_who_commit_at_the_same_moment_double_nothing(url, registry, same_batch):
    first = hold(registry, *LIST)
    batches = (first, first if same_batch else hold(registry, *LIST))
    registry.engine.dispose()
    barrier, queue = forked.Barrier(2), forked.Queue()
    processes = [
        forked.Process(target=_commit_together, args=(url, batch, barrier, queue))
        for batch in batches
    ]
    for process in processes:
        process.start()
    said = sorted((queue.get(timeout=60) for _ in processes), key=str)
    for process in processes:
        process.join(60)
    late = ("registry_nothing_waits", 0) if same_batch else (0, 3)
    assert said == sorted([(3, 0), late], key=str)
    assert names(open_registry(url)) == ["Dua", "Satu", "Tiga"]

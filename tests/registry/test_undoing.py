"""Undo and redo restore the registry exactly, and every earlier version can be read again."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import find_batch, list_batches, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.history import kim_history, standing
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import latest_snapshot, read_snapshot_at
from geodata.registry.database.states import Choice, State
from geodata.registry.database.undoing import redo, undo
from tests.registry.conftest import KINDS
from tests.registry.rows import SUMBER, in_review, staged, undone_and_redone

WHO = "operator"


def bring(registry: Registry, *rows, update=True, **more) -> int:
    batch = stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO, update=update)
    commit(registry, batch.id, who=WHO)
    return batch.id


def as_bytes(registry: Registry, version: int | None = None) -> bytes:
    at = standing(registry).version if version is None else version
    kim = read_snapshot_at(registry, at, load_gazetteer()).kim
    return kim.to_csv(index=False).encode()


def test_undo_restores_the_registry_and_redo_what_was_undone(registry):
    bring(registry, {"nomor_induk": "A", "personal": {"ketua": "Siti"}}, {})
    before = as_bytes(registry)
    batch = bring(registry, {"nomor_induk": "A", "status": "tidak_aktif"}, {"nomor_induk": "B"})
    after = as_bytes(registry)
    assert undo(registry, batch, who=WHO) == 3
    assert as_bytes(registry) == before != after
    assert find_batch(registry, batch).state is State.DIBATALKAN
    assert redo(registry, batch, who=WHO) == 4
    assert as_bytes(registry) == after
    assert find_batch(registry, batch).state is State.MASUK
    assert [as_bytes(registry, version) for version in (1, 2, 3, 4)] == [
        before, after, before, after,
    ]  # fmt: skip


def test_a_registry_of_which_all_is_undone_is_empty_again(registry):
    batch = bring(registry, {})
    undo(registry, batch, who=WHO)
    assert latest_snapshot(registry) is None
    assert as_bytes(registry) == as_bytes(registry, 0)


def test_undo_takes_back_all_that_a_batch_did_in_several_commits(registry):
    before = as_bytes(registry)
    first = stage(registry, staged({}, in_review()), load_gazetteer(), who=WHO)
    commit(registry, first.id, who=WHO)
    (row,) = read_staged_rows(registry, first.id, "ditinjau").index
    decide(registry, {row: Decision(Choice.TERIMA, SUMBER)}, load_gazetteer(), who=WHO)
    commit(registry, first.id, who=WHO)
    after = as_bytes(registry)
    undo(registry, first.id, who=WHO)
    assert as_bytes(registry) == before
    redo(registry, first.id, who=WHO)
    assert as_bytes(registry) == after


def test_a_batch_can_be_undone_although_others_came_later_if_they_left_its_kim_alone(registry):
    first = bring(registry, {"nomor_induk": "A"})
    bring(registry, {"nomor_induk": "B", "nama_kim": "KIM Lain"})
    undo(registry, first, who=WHO)
    assert latest_snapshot(registry).kim["nomor_induk"].tolist() == ["B"]


def test_what_a_later_batch_built_on_is_not_taken_away_from_under_it(registry):
    first = bring(registry, {"nomor_induk": "A"})
    second = bring(registry, {"nomor_induk": "A", "status": "tidak_aktif"})
    undoing, _ = undone_and_redone(registry, first, second)
    assert f"Undo batch {second} first" in undoing
    assert latest_snapshot(registry).kim["status"].tolist() == ["tidak_aktif"]


def test_a_change_made_since_is_not_overwritten_by_redo(registry):
    bring(registry, {"nomor_induk": "A"})
    undone = bring(registry, {"nomor_induk": "A", "nama_kim": "KIM Dua"})
    undo(registry, undone, who=WHO)
    bring(registry, {"nomor_induk": "A", "nama_kim": "KIM Tiga"})
    with pytest.raises(RegistryError, match="is not what it was then"):
        redo(registry, undone, who=WHO)
    assert latest_snapshot(registry).kim["nama_kim"].tolist() == ["KIM Tiga"]


def test_redo_never_gives_one_number_to_two_kim(registry):
    undone = bring(registry, {"nomor_induk": "A"})
    undo(registry, undone, who=WHO)
    bring(registry, {"nomor_induk": "A", "nama_kim": "KIM Lain"})
    with pytest.raises(RegistryError, match="Two KIM would have the nomor_induk A"):
        redo(registry, undone, who=WHO)
    assert find_batch(registry, undone).state is State.DIBATALKAN


def test_a_draft_can_be_given_up_and_taken_up_again(registry):
    draft = stage(registry, staged({}), load_gazetteer(), who=WHO).id
    assert undo(registry, draft, who=WHO) is None
    with pytest.raises(RegistryError, match="is undone"):
        commit(registry, draft, who=WHO)
    assert redo(registry, draft, who=WHO) is None
    assert find_batch(registry, draft).state is State.DRAF
    assert standing(registry).version == 0


@pytest.mark.parametrize("again", [undo, redo])
def test_a_batch_is_undone_or_put_back_once(registry, again):
    batch = bring(registry, {})
    if again is undo:
        undo(registry, batch, who=WHO)
    with pytest.raises(RegistryError, match="undone"):
        again(registry, batch, who=WHO)


# History.


def test_the_history_of_a_kim_tells_who_changed_what_from_which_line(registry):
    bring(registry, {"nomor_induk": "A", "line": 9}, file_name="satu.csv")
    change = {"nomor_induk": "A", "line": 4, "sheet": "Data", "status": "tidak_aktif"}
    batch = bring(registry, change, file_name="dua.xlsx")
    undo(registry, batch, who="orang lain")
    redo(registry, batch, who="orang lain")
    made, changed, undone, redone = kim_history(registry, "A")
    assert (made.file_name, made.sheet, made.line, made.who) == ("satu.csv", "KIM", 9, WHO)
    assert made.changes["status"] == ("", "aktif")
    assert (changed.file_name, changed.sheet, changed.line) == ("dua.xlsx", "Data", 4)
    assert changed.changes == {"status": ("aktif", "tidak_aktif")}
    assert (undone.action, undone.who, undone.version) == ("batal", "orang lain", 3)
    assert (redone.action, redone.file_name, redone.changes) == ("ulang", "dua.xlsx", {})
    assert kim_history(registry, 1) == [made, changed, undone, redone]


@pytest.mark.parametrize("kim", ["B", "", 7])
def test_a_kim_that_is_not_there_has_no_history(registry, kim):
    bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "", "nama_kim": "KIM Dua"})
    with pytest.raises(RegistryError, match="There is no KIM"):
        kim_history(registry, kim)


def test_a_version_that_is_still_to_come_cannot_be_read(registry):
    with pytest.raises(RegistryError, match="not come to version 1"):
        as_bytes(registry, 1)


def test_a_kim_that_a_batch_gave_the_name_of_another_one_is_given_it_again(registry):
    satu, dua = {"nama_kim": "KIM Satu"}, {"nama_kim": "KIM Dua"}
    bring(registry, {"nomor_induk": "A", **satu}, {"nomor_induk": "B", **dua})
    bring(registry, {"nomor_induk": "B", **satu})
    before = as_bytes(registry)
    undo(registry, 2, who=WHO)
    redo(registry, 2, who=WHO)
    assert as_bytes(registry) == before


# Whatever is done, in whatever order.

_ROWS = st.fixed_dictionaries(
    {
        "nomor_induk": st.sampled_from(["", "A", "B", "C"]),
        "nama_kim": st.sampled_from(["KIM Satu", "KIM Dua"]),
        "status": st.sampled_from(["aktif", "tidak_aktif", ""]),
        "outcome": st.sampled_from(["diterima", "diterima", "ditinjau", "ditolak"]),
    }
)
_STEPS = st.one_of(
    st.tuples(st.just("bring"), st.lists(_ROWS, max_size=4)),
    st.tuples(st.sampled_from(["undo", "redo", "commit"]), st.integers(1, 6)),
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEPS, min_size=2, max_size=8))
def test_versions_stay_as_they_were_and_no_row_is_lost(kind, new_url, steps):
    registry = open_registry(new_url(kind))
    seen = [as_bytes(registry)]
    for verb, what in steps:
        before = as_bytes(registry)
        try:
            if verb == "bring":
                bring(registry, *what)
            else:
                {"undo": undo, "redo": redo, "commit": commit}[verb](registry, what, who=WHO)
        except RegistryError:
            assert as_bytes(registry) == before
        now = as_bytes(registry)
        if standing(registry).version == len(seen):
            seen.append(now)
        if verb == "undo" and now != before:
            redo(registry, what, who=WHO)
            assert as_bytes(registry) == before
            undo(registry, what, who=WHO)
            seen += [before, now]
        numbers = pd.Series(n for n in latest_numbers(registry) if n)
        assert not numbers.duplicated().any()
        for batch in list_batches(registry):
            assert batch.rows == batch.diterima + batch.ditinjau + batch.ditolak
            assert batch.rows == len(read_staged_rows(registry, batch.id))
    assert [as_bytes(registry, version) for version in range(len(seen))] == seen
    registry.engine.dispose()


def latest_numbers(registry: Registry) -> list[str]:
    at = standing(registry).version
    return read_snapshot_at(registry, at, load_gazetteer()).kim["nomor_induk"].tolist()

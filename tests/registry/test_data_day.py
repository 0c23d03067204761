"""The day of the data is the file's, not that of its commit."""

from datetime import date, timedelta

import pytest

from geodata.days import today
from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import find_batch, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.history import standing
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import read_snapshot_at
from geodata.registry.database.undoing import redo, undo
from tests.registry.rows import staged

WHO = "petugas"


def bring(registry, *rows, as_of=None, **more) -> int:
    batch = stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO)
    commit(registry, batch.id, who=WHO, as_of=as_of)
    return batch.id


def day_at(registry, version=None) -> str:
    at = standing(registry).version if version is None else version
    return read_snapshot_at(registry, at, load_gazetteer()).date


def test_a_list_of_2023_that_is_imported_today_is_of_2023(registry):
    first = bring(registry, {"nomor_induk": "A"}, as_of=date(2023, 6, 30))
    assert find_batch(registry, first).as_of == date(2023, 6, 30)
    assert day_at(registry) == "2023-06-30"
    source = read_snapshot_at(registry, 1, load_gazetteer()).sources[0].sources[0]
    assert source.version == "2023-06-30"


def test_data_are_of_the_latest_list_that_is_in_force(registry):
    bring(registry, {"nomor_induk": "A"}, as_of=date(2024, 1, 31))
    older = bring(registry, {"nomor_induk": "B"}, as_of=date(2022, 12, 31), file_name="lama.csv")
    newer = bring(registry, {"nomor_induk": "C"}, as_of=date(2025, 7, 1), file_name="baru.csv")
    assert day_at(registry) == "2025-07-01"
    undo(registry, newer, who=WHO)
    undo(registry, older, who=WHO)
    assert day_at(registry) == "2024-01-31"
    redo(registry, newer, who=WHO)
    assert [day_at(registry, version) for version in range(7)] == [
        "1970-01-01",  # nothing has come
        "2024-01-31",
        "2024-01-31",
        "2025-07-01",
        "2024-01-31",
        "2024-01-31",
        "2025-07-01",
    ]


def test_a_file_that_says_when_its_rows_were_updated_is_of_the_latest_such_day(registry):
    to_come = (today() + timedelta(400)).isoformat()
    rows = (
        {"nomor_induk": "A", "tanggal_diperbarui": "2023-03-01"},
        {"nomor_induk": "B", "tanggal_diperbarui": to_come},
        {"nomor_induk": "C", "tanggal_terdaftar": "2023-05-02"},
    )
    batch = bring(registry, *rows)
    assert find_batch(registry, batch).as_of == date(2023, 5, 2)


def test_a_file_that_does_not_is_of_today(registry):
    batch = bring(registry, {"nomor_induk": "A", "tanggal_terdaftar": "2015-08-17"})
    assert find_batch(registry, batch).as_of == today()


def test_the_day_can_be_said_anew_and_earlier_versions_keep_theirs(registry):
    batch = bring(registry, {"nomor_induk": "A"})
    done = commit(registry, batch, who=WHO, as_of=date(2023, 6, 30))
    assert (done.version, done.baru, done.diperbarui, done.sama) == (2, 0, 0, 0)
    assert (day_at(registry, 1), day_at(registry, 2)) == (today().isoformat(), "2023-06-30")
    with pytest.raises(RegistryError, match="no accepted row"):  # nothing new is said
        commit(registry, batch, who=WHO, as_of=date(2023, 6, 30))


def test_no_data_are_of_a_day_to_come(registry):
    draft = stage(registry, staged({"nomor_induk": "A"}), load_gazetteer(), who=WHO)
    with pytest.raises(RegistryError, match="has not come yet"):
        commit(registry, draft.id, who=WHO, as_of=today() + timedelta(1))
    assert find_batch(registry, draft.id).as_of is None

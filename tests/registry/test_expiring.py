"""What has been kept long enough goes: waiting files, drafts, cells as read, rows never let in."""

import errno
import io
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from geodata.days import office_day
from geodata.gazetteer import load_gazetteer
from geodata.registry import forgetting, uploads
from geodata.registry.database.batches import find_batch, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.erasure.erasures import list_erasures
from geodata.registry.database.handing_out import rows_to_mend
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.database.states import Choice, State
from geodata.registry.database.undoing import redo, undo
from geodata.registry.forgetting import expire, kept_until
from tests.registry.rows import SUMBER, in_review, rejected, staged

WHO = "petugas"
OF_PERSON = {"ketua": "Siti Aminah"}
ROW = {"raw": {"NAMA KIM": "KIM A"}, "personal": OF_PERSON}
OUTSIDE = {"raw": {"NAMA KIM": "KIM B", "Catatan": "titip Lastri"}, "personal": OF_PERSON}


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KIM_UPLOADS", str(tmp_path / "uploads"))
    for name, days in (("UPLOADS", 10), ("DRAFTS", 20), ("CELLS", 30)):
        monkeypatch.setenv(f"KIM_{name}_DAYS", str(days))


def after(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days)


def draft(registry: Registry) -> int:
    rows = staged(ROW, in_review(**OUTSIDE), rejected(**OUTSIDE), mapping={"NAMA KIM": "nama_kim"})
    return stage(registry, rows, load_gazetteer(), who=WHO).id


def committed(registry: Registry) -> int:
    number = draft(registry)
    commit(registry, number, who=WHO)
    return number


def personal_of(registry: Registry, number: int) -> list[dict]:
    return read_staged_rows(registry, number, with_personal=True)["personal"].tolist()


def cells_of(registry: Registry, number: int) -> list[dict]:
    return read_staged_rows(registry, number)["raw"].tolist()


def test_a_draft_is_given_up_and_its_cells_and_persons_go(registry):
    number = draft(registry)
    assert expire(registry, who=WHO, today=after(19)) == ([], True)
    assert rows_to_mend(registry, number, "id")["Catatan"].tolist() == ["titip Lastri"]
    assert expire(registry, who=WHO, today=after(21)) == ([f"batch {number}"], True)
    over = find_batch(registry, number)
    assert (over.state, over.rows, over.ditolak) == (State.DIBATALKAN, 3, 1)
    assert over.cleared
    assert personal_of(registry, number) == cells_of(registry, number) == [{}, {}, {}]
    with pytest.raises(RegistryError, match="its time was over"):
        redo(registry, number, who=WHO)
    assert len(rows_to_mend(registry, number, "id")) == 1, "where it stood and why is still told"


def test_a_draft_that_is_worked_on_is_kept(registry, monkeypatch):
    number = draft(registry)
    (doubtful,) = read_staged_rows(registry, number, "ditinjau").index
    monkeypatch.setattr("geodata.registry.database.deciding.now", lambda: after(15).isoformat())
    decide(registry, {doubtful: Decision(Choice.TERIMA, SUMBER)}, load_gazetteer(), who=WHO)
    assert find_batch(registry, number).touched > find_batch(registry, number).at
    assert expire(registry, who=WHO, today=after(30)) == ([], True)
    assert expire(registry, who=WHO, today=after(36)) == ([f"batch {number}"], True)


def test_of_a_batch_in_the_registry_cells_go_and_of_rows_outside_the_persons(registry):
    number = committed(registry)
    before = latest_snapshot(registry)
    assert expire(registry, who=WHO, today=after(29)) == ([], True)
    assert expire(registry, who=WHO, today=after(31)) == ([f"batch {number}"], True)
    assert cells_of(registry, number) == [{}, {}, {}]
    assert personal_of(registry, number) == [OF_PERSON, {}, {}]
    assert find_batch(registry, number).state is State.MASUK
    assert latest_snapshot(registry) is before
    assert expire(registry, who=WHO, today=after(99)) == ([], True)


def test_of_an_undone_batch_the_persons_go_too_and_it_can_still_be_put_back(registry):
    number = committed(registry)
    before = latest_snapshot(registry).kim
    expire(registry, who=WHO, today=after(31))
    undo(registry, number, who=WHO)
    assert expire(registry, who=WHO, today=after(31)) == ([f"batch {number}"], True)
    assert personal_of(registry, number) == [{}, {}, {}]
    redo(registry, number, who=WHO)
    assert latest_snapshot(registry).kim.equals(before)


def test_a_waiting_file_goes_and_so_does_what_is_left_of_one(registry, tmp_path):
    old = uploads.keep(io.BytesIO(b"a;b"), "lama.csv", "Malang")
    left = tmp_path / "uploads" / ".unfinished-x"
    left.mkdir()
    for path in (tmp_path / "uploads" / old.key, left):
        os.utime(path, (0, (after(-11)).timestamp()))
    new = uploads.keep(io.BytesIO(b"c;d"), "baru.csv", "Malang")
    expired, _ = expire(registry, who=WHO)
    assert f"file {old.key[:8]}" in expired
    assert [upload.key for upload in uploads.waiting()] == [new.key]
    assert not left.exists()
    assert kept_until(new) == office_day(after(10).isoformat())


def test_a_file_that_cannot_be_deleted_is_told_of_and_noted_once(registry, monkeypatch, caplog):
    old = uploads.keep(io.BytesIO(b"a;b"), "lama.csv", "Malang")
    rewritten = []
    with monkeypatch.context() as broken:
        broken.setattr(shutil, "rmtree", full)
        broken.setattr(forgetting, "finish", lambda *_: rewritten.append(1))
        assert expire(registry, who=WHO, today=after(11)) == ([f"file {old.key[:8]}"], False)
        assert expire(registry, who=WHO, today=after(11)) == ([], False)
    assert "No space left" in caplog.text
    assert not rewritten, "the database is not written anew for nothing"
    assert len(list_erasures(registry)) == 1
    assert expire(registry, who=WHO, today=after(11)) == ([], True)
    assert list_erasures(registry)["done"].all()


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_it_is_noted_by_which_setting_and_never_what(registry):
    number = draft(registry)
    expire(registry, who=WHO, today=after(21))
    [entry] = list_erasures(registry).to_dict("records")
    assert (entry["who"], entry["target"]) == (WHO, f"batch {number}")
    assert entry["why"] == "KIM_DRAFTS_DAYS=20"
    assert entry["done"]
    assert "Siti" not in str(entry)


def test_no_bytes_of_what_expired_are_left(new_url):
    registry = open_registry(new_url("sqlite"))
    draft(registry)
    folder = Path(registry.engine.url.database).parent
    expire(registry, who=WHO, today=after(21))
    kept = b"".join(path.read_bytes() for path in folder.glob("registry.db*"))
    assert b"Siti Aminah" not in kept
    assert b"Lastri" not in kept


def test_zero_keeps_for_good(registry, monkeypatch):
    for name in ("UPLOADS", "DRAFTS", "CELLS"):
        monkeypatch.setenv(f"KIM_{name}_DAYS", "0")
    numbers = draft(registry), committed(registry)
    uploads.keep(io.BytesIO(b"a;b"), "lama.csv", "Malang")
    assert expire(registry, who=WHO, today=after(9_999)) == ([], True)
    assert [kept_until(find_batch(registry, number)) for number in numbers] == ["", ""]
    assert len(uploads.waiting()) == 1


def test_it_is_known_until_when_a_draft_and_cells_are_kept(registry):
    assert kept_until(find_batch(registry, draft(registry))) == office_day(after(20).isoformat())
    number = committed(registry)
    assert kept_until(find_batch(registry, number)) == office_day(after(30).isoformat())
    expire(registry, who=WHO, today=after(31))
    assert kept_until(find_batch(registry, number)) == ""

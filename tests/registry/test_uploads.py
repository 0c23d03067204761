"""Files that wait for a person: kept apart, found again by what they hold, deleted when done."""

import errno
import io
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from geodata.confinement.confined import ReaderEnded
from geodata.errors import DataFileError
from geodata.registry import uploads
from geodata.registry.uploads import Upload


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KIM_UPLOADS", str(tmp_path / "uploads"))
    return tmp_path


def keep(data: bytes = b"a;b", name: str = "kim.csv", sender: str = "Kab. Malang") -> Upload:
    return uploads.keep(io.BytesIO(data), name, sender)


def test_a_file_is_found_again_as_it_was() -> None:
    kept = keep()
    assert uploads.find_upload(kept.key) == kept
    assert kept.path.read_bytes() == b"a;b"
    assert (kept.file_name, kept.sender) == ("kim.csv", "Kab. Malang")


def test_the_same_bytes_of_a_sender_wait_once() -> None:
    kept = keep(name="satu.csv")
    assert keep(name="dua.csv") == kept
    assert uploads.waiting() == [kept]


def test_the_same_bytes_of_two_senders_both_wait() -> None:
    first, second = keep(sender="Kab. Malang"), keep(sender="Kota Malang")
    assert first.sha256 == second.sha256
    assert uploads.find_upload(first.key) == first
    assert uploads.find_upload(second.key) == second
    assert {upload.sender for upload in uploads.waiting()} == {"Kab. Malang", "Kota Malang"}
    uploads.discard(first)
    assert uploads.waiting() == [second]


def test_the_same_bytes_of_one_sender_wait_for_each_region_and_know_which() -> None:
    of_all, of_malang = keep(), uploads.keep(io.BytesIO(b"a;b"), "kim.csv", "Kab. Malang", "35.07")
    assert uploads.keep(io.BytesIO(b"a;b"), "kim.csv", "Kab. Malang", "35.07") == of_malang
    assert {upload.region for upload in uploads.waiting()} == {None, "35.07"}
    assert uploads.find_upload(of_all.key) == of_all


def test_a_file_that_came_before_there_were_accounts_is_of_all_regions() -> None:
    kept = keep()
    about = kept.path.parents[1] / "about.json"
    about.write_text('{"file_name": "kim.csv", "sender": "Kab. Malang"}')
    assert uploads.find_upload(kept.key) == kept


def test_what_many_send_at_once_is_all_there() -> None:
    senders = [f"Kab. {number % 4}" for number in range(24)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda sender: keep(sender=sender), senders))
    assert sorted(upload.sender for upload in uploads.waiting()) == sorted(set(senders))
    assert all(upload.path.read_bytes() == b"a;b" for upload in uploads.waiting())


@pytest.mark.parametrize("name", ["../../x.csv", "..\\..\\x.csv", "/etc/x.csv", "about.json", ".."])
def test_a_name_leads_nowhere_else(folder, name: str) -> None:
    kept = keep(name=name)
    assert kept.path.resolve().is_relative_to(folder / "uploads" / kept.key / "file")
    assert uploads.find_upload(kept.key) == kept


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("村" * 200 + ".csv", "村" * 65 + ".csv"),
        ("k\0im\n.csv", "kim.csv"),
        ("kim\ud800.csv", "kim?.csv"),
        ("\x01..", "kiriman"),
        ("\x01.", "kiriman"),
    ],
)
def test_a_name_that_no_file_system_takes_is_made_one(name: str, kept_as: str) -> None:
    kept = keep(name=name)
    assert kept.file_name == kept_as
    assert uploads.find_upload(kept.key) == kept


def test_a_folder_that_cannot_be_written_is_named(folder) -> None:
    (folder / "uploads").write_text("")
    told = rf"kept for now: .*{folder}/uploads, or choose another with KIM_UPLOADS"
    with pytest.raises(DataFileError, match=told):
        keep()


def test_an_address_that_is_no_checksum_finds_nothing() -> None:
    keep()
    for written in ("", "..", ".", "*", "../..", "0" * 64):
        assert uploads.find_upload(written) is None


def test_others_on_the_machine_cannot_read_it() -> None:
    mode = stat.S_IMODE(keep().path.parents[1].stat().st_mode)
    assert mode == 0o700


def test_what_is_discarded_is_gone() -> None:
    kept = keep()
    uploads.discard(kept)
    assert uploads.waiting() == []
    assert not kept.path.exists()


# What goes wrong.


@pytest.mark.parametrize("fails", ["write", "fsync", "rename"])
def test_a_full_disk_is_told_and_leaves_nothing_behind(folder, monkeypatch, fails: str) -> None:
    other = keep(b"lain")

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    where = {"write": (uploads.shutil, "copyfileobj"), "fsync": (os, "fsync")}
    monkeypatch.setattr(*where.get(fails, (uploads.Path, "rename")), full)
    with pytest.raises(DataFileError, match=r"kim\.csv cannot be kept.*No space left on device"):
        keep()
    assert [path.name for path in (folder / "uploads").iterdir()] == [other.key]
    assert uploads.waiting() == [other]
    monkeypatch.undo()


@pytest.mark.parametrize(
    "about", [None, b"", b'{"file_name": "kim', b"\xff\xfe", b"[]", b'{"sender": 1}',
              b'{"file_name": "../../x", "sender": ""}', b'{"file_name": null, "sender": ""}'],
)  # fmt: skip
def test_a_folder_that_is_not_whole_is_shown_as_such_and_can_be_deleted(folder, about) -> None:
    whole, broken = keep(b"utuh"), keep(b"rusak")
    path = broken.path.parents[1] / "about.json"
    path.unlink()
    if about is not None:
        path.write_bytes(about)
    assert {upload.key: upload.whole for upload in uploads.waiting()} == {
        whole.key: True,
        broken.key: False,
    }
    assert uploads.find_upload(broken.key) is None
    (shown,) = (upload for upload in uploads.waiting() if not upload.whole)
    uploads.discard(shown)
    assert uploads.waiting() == [whole]


def test_a_file_that_is_sent_again_waits_beside_what_is_left_of_it() -> None:
    keep().path.unlink()
    again = keep()
    assert uploads.find_upload(again.key) == again
    assert sorted(upload.whole for upload in uploads.waiting()) == [False, True]


def test_a_file_that_lies_in_the_folder_harms_nothing(folder) -> None:
    kept = keep()
    (folder / "uploads" / "catatan.txt").write_text("x")
    stray, *_ = (upload for upload in uploads.waiting() if not upload.whole)
    uploads.discard(stray)
    assert uploads.waiting() == [kept]


def test_what_a_killed_upload_left_is_deleted_in_time(folder) -> None:
    keep(b"lain")
    left = folder / "uploads" / ".unfinished-x"
    left.mkdir()
    keep()
    assert left.exists(), "it may be an upload that is under way"
    long_ago = time.time() - 7200
    os.utime(left, (long_ago, long_ago))
    keep()
    assert not left.exists()


def test_a_folder_that_cannot_be_read_is_named(folder) -> None:
    (folder / "uploads").write_text("x")
    with pytest.raises(DataFileError, match=r"uploads cannot be read.*KIM_UPLOADS"):
        uploads.waiting()
    with pytest.raises(DataFileError, match=r"kim\.csv cannot be kept"):
        keep()


def test_what_ends_its_reader_leaves_a_mark_on_it_and_an_error_does_not() -> None:
    kept = keep()
    for error, marked in ((ValueError(), False), (ReaderEnded("reader_time"), True)):
        with pytest.raises(type(error)), uploads.attempt(kept):
            raise error
        assert [upload.broke_reader for upload in uploads.waiting()] == [marked]
    with uploads.attempt(kept):
        assert uploads.waiting()[0].broke_reader, "for the whole server may end here"
    assert uploads.waiting() == [kept]

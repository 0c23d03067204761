"""Files that wait for a person: kept apart, found again by what they hold, deleted when done."""

import io
import stat

import pytest

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
    assert uploads.find(kept.sha256) == kept
    assert kept.path.read_bytes() == b"a;b"
    assert (kept.file_name, kept.sender) == ("kim.csv", "Kab. Malang")


def test_the_same_bytes_wait_once_under_their_last_name() -> None:
    keep(name="satu.csv")
    kept = keep(name="dua.csv")
    assert uploads.waiting() == [kept]


@pytest.mark.parametrize("name", ["../../x.csv", "..\\..\\x.csv", "/etc/x.csv", "about.json", ".."])
def test_a_name_leads_nowhere_else(folder, name: str) -> None:
    kept = keep(name=name)
    assert kept.path.resolve().is_relative_to(folder / "uploads" / kept.sha256 / "file")
    assert uploads.find(kept.sha256) == kept


def test_an_address_that_is_no_checksum_finds_nothing() -> None:
    keep()
    for written in ("", "..", "*", "../..", "0" * 64):
        assert uploads.find(written) is None


def test_others_on_the_machine_cannot_read_it() -> None:
    mode = stat.S_IMODE(keep().path.parents[1].stat().st_mode)
    assert mode == 0o700


def test_what_is_discarded_is_gone() -> None:
    kept = keep()
    uploads.discard(kept)
    assert uploads.waiting() == []
    assert not kept.path.exists()

"""What may name people is for the server's user only, also where it was made otherwise before."""

import os
import stat
from pathlib import Path

import pytest

from geodata.errors import DataFileError
from geodata.private_files import make_private
from geodata.registry.database.connection import open_registry
from geodata.registry.uploads import keep


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def lax_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_the_registry_s_file_and_its_log_are_private(tmp_path, lax_umask):
    registry = open_registry(f"sqlite:///{tmp_path}/new.db")
    with registry.reading():
        files = sorted(tmp_path.glob("new.db*"))
        assert len(files) > 1
        assert {mode(path) for path in files} == {0o600}


def test_a_registry_that_others_could_read_is_mended(tmp_path, lax_umask):
    path = tmp_path / "old.db"
    path.touch(0o644)
    log = tmp_path / "old.db-wal"
    log.touch(0o664)
    open_registry(f"sqlite:///{path}")
    assert {mode(file) for file in (path, *tmp_path.glob("old.db-*"))} == {0o600}


def test_a_folder_of_uploads_that_others_could_enter_is_mended(tmp_path, monkeypatch, lax_umask):
    folder = tmp_path / "uploads"
    folder.mkdir(0o755)
    monkeypatch.setenv("KIM_UPLOADS", str(folder))
    source = tmp_path / "kim.csv"
    source.write_bytes(b"nama\n")
    with source.open("rb") as file:
        upload = keep(file, "kim.csv", "Diskominfo")
    assert mode(folder) == 0o700
    assert mode(upload.path.parent.parent) & 0o077 == 0


def test_what_belongs_to_somebody_else_and_is_open_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "foreign.db"
    path.touch()
    path.chmod(0o644)

    def not_permitted(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", not_permitted)
    with pytest.raises(DataFileError, match=r"foreign\.db can be read by other users"):
        make_private(path)
    make_private(tmp_path / "not-there")

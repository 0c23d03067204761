"""Made-up data never stand in for a registry that is not to be found, is empty or is damaged."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from geodata.gazetteer import load_gazetteer
from geodata.registry.current import load_snapshot
from geodata.registry.database.batches import list_batches, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import find_registry, open_registry
from geodata.registry.database.registry_error import RegistryEmpty, RegistryError
from geodata.settings import Settings
from tests.registry.rows import staged


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the registry is, or would be, if no setting names another."""
    path = tmp_path / "var" / "registry.db"
    path.parent.mkdir()
    monkeypatch.setattr(Settings, "registry_file", property(lambda self: path))
    monkeypatch.delenv("KIM_DATABASE_URL")
    return path


def enter(url: str | None = None) -> None:
    registry = open_registry(url)
    batch = stage(registry, staged({"nomor_induk": "A"}), load_gazetteer(), who="petugas")
    commit(registry, batch.id, who="petugas")
    registry.engine.dispose()  # as at the end of the process: the log is in the file


def test_the_sample_is_shown_where_no_registry_was_ever_configured_or_made(path, sample):
    assert load_snapshot() is sample
    assert not path.exists(), "none is made by looking"


def test_looking_at_the_page_impor_makes_no_registry_of_it(path, sample):
    open_registry()
    assert load_snapshot() is sample


def test_with_a_batch_there_is_a_registry_if_only_a_draft(path):
    stage(open_registry(), staged({}), load_gazetteer(), who="petugas")
    with pytest.raises(RegistryEmpty, match=r"registry\.db holds no KIM"):
        load_snapshot()


@pytest.mark.parametrize("left", [None, b""], ids=["deleted", "emptied"])
@pytest.mark.parametrize("configured", [False, True])
def test_a_registry_that_was_there_and_is_gone_is_missed(
    path, configured, left, monkeypatch, sample
):
    enter()
    if configured:
        monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{path}")
    assert len(load_snapshot().kim) == 1
    copy = path.read_bytes()
    for file in path.parent.glob("registry.db*"):
        if not file.name.endswith(".made"):
            file.unlink()
    if left is not None:
        path.write_bytes(left)
    for use in (load_snapshot, open_registry, find_registry):
        with pytest.raises(RegistryError, match=r"is gone.*Bring back a copy.*registry\.db\.made"):
            use()
    path.write_bytes(copy)
    assert len(load_snapshot().kim) == 1, "the copy that was brought back"
    if not configured:
        path.unlink()
        Path(f"{path}.made").unlink()
        assert load_snapshot() is sample, "and there is a way to begin anew"


def test_a_configured_registry_that_is_not_there_is_missed_and_not_made(path, monkeypatch):
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{path.parent}/regsitry.db")
    for look in (load_snapshot, find_registry):
        with pytest.raises(RegistryEmpty, match=r"no registry .*regsitry\.db yet"):
            look()
    assert list(path.parent.iterdir()) == []
    open_registry()
    with pytest.raises(RegistryEmpty, match="holds no KIM"):
        load_snapshot()


def test_a_server_without_tables_is_no_registry_and_gets_none_by_looking(new_url, monkeypatch):
    url = new_url("postgresql")
    monkeypatch.setenv("KIM_DATABASE_URL", url)
    with pytest.raises(RegistryEmpty, match="There is no registry"):
        load_snapshot()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.exec_driver_sql(tables).scalar() == 0
    engine.dispose()


def test_the_sample_can_be_asked_for_and_then_nothing_can_be_imported(path, monkeypatch, sample):
    enter()
    monkeypatch.setenv("KIM_DATABASE_URL", "sample")
    assert load_snapshot() is sample
    with pytest.raises(RegistryError, match="asks for the sample"):
        open_registry()


# Damaged.


def garbage_inside(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = os.urandom(20_000)
    path.write_bytes(data)


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def other_file(path: Path) -> None:
    path.write_text("nama;desa\n" * 500)


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def by_statement(*statements: str):
    def harm(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)

    return harm


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (garbage_inside, "is damaged"),
        (cut_in_half, "is damaged"),
        (other_file, "cannot be opened: file is not a database"),
        (directory, "cannot be opened"),
        (by_statement("DROP TABLE personal"), "is damaged: no such table: personal"),
        (by_statement("ALTER TABLE alias DROP COLUMN kode"), "is damaged: no such column"),
        (by_statement("DELETE FROM alembic_version"), "0 versions of them are recorded"),
        (by_statement("DROP TABLE alembic_version"), "0 versions of them are recorded"),
        (by_statement("INSERT INTO alembic_version VALUES ('0001')"), "2 versions of them"),
        (by_statement("UPDATE alembic_version SET version_num = '0001'"), "is damaged"),
        (by_statement("UPDATE alembic_version SET version_num = 'abc'"), "later version"),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),
)
def test_a_damaged_registry_is_told_and_never_a_stack_trace(path, harm, told):
    enter()
    for beside in path.parent.glob("registry.db-*"):
        beside.unlink()
    harm(path)
    open_registry.__globals__["_registries"].clear()  # as in the next process
    for use in (load_snapshot, open_registry):
        with pytest.raises(RegistryError, match=told):
            use()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP TABLE personal", "is damaged"),
        ("DELETE FROM alembic_version", "0 versions of them are recorded"),
        ("INSERT INTO alembic_version VALUES ('0001')", "2 versions of them"),
        ("UPDATE alembic_version SET version_num = '0001'", "is damaged"),
    ],
)
def test_a_damaged_registry_on_a_server_is_told(new_url, monkeypatch, statement, told):
    url = new_url("postgresql")
    enter(url)
    with open_registry(url).writing() as connection:
        connection.exec_driver_sql(statement)
    open_registry.__globals__["_registries"].clear()
    monkeypatch.setenv("KIM_DATABASE_URL", url)
    with pytest.raises(RegistryError, match=told):
        load_snapshot()


def test_what_is_damaged_while_it_is_open_is_told(registry):
    with registry.writing() as connection:
        connection.exec_driver_sql("DROP TABLE personal")
    with pytest.raises(RegistryError, match="is damaged"):
        stage(registry, staged({"personal": {"ketua": "x"}}), load_gazetteer(), who="petugas")


def test_a_cell_that_cannot_be_read_is_told(new_url):
    registry = open_registry(new_url("sqlite"))  # PostgreSQL checks them when they are written
    batch = stage(registry, staged({}), load_gazetteer(), who="petugas")
    with registry.writing() as connection:
        connection.exec_driver_sql("UPDATE staged_row SET kembar = '[{'")
    with pytest.raises(RegistryError, match="is damaged: Expecting"):
        read_staged_rows(registry, batch.id)


def test_a_full_disk_is_told_and_nothing_is_kept(path):
    registry = open_registry()
    with registry.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 60")
        connection.close()
    rows = [{"nama_kim": f"KIM {i}"} for i in range(2000)]
    with pytest.raises(RegistryError, match=r"cannot be written: database or disk is full"):
        stage(registry, staged(*rows), load_gazetteer(), who="petugas")
    assert list_batches(registry) == []

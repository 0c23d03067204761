"""Opening the database: addresses, migrations, and what is said of one that cannot be used."""

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from geodata.registry.database.batches import list_batches
from geodata.registry.database.connection import again_if_cut, open_registry, registry_url
from geodata.registry.database.history import version_key
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import metadata


def test_the_migrations_make_the_tables_that_the_code_knows(registry):
    with registry.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opened_again_it_is_the_same_registry(url):
    key = version_key(open_registry(url))
    open_registry.__globals__["_registries"].clear()
    assert version_key(open_registry(url)) == key


def test_two_registries_of_one_version_are_told_apart(new_url):
    key, other = (version_key(open_registry(new_url("sqlite"))) for _ in range(2))
    assert key[1] == other[1] == 0
    assert key[0] != other[0]


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(new_url):
    with open_registry(new_url("sqlite")).reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgresql://kim@localhost/kim", "postgresql+psycopg"),
        ("postgres://kim@localhost/kim", "postgresql+psycopg"),
        ("postgresql+psycopg://kim@localhost/kim", "postgresql+psycopg"),
        ("sqlite:///kim.db", "sqlite"),
    ],
)
def test_an_address_names_sqlite_or_postgresql(monkeypatch, written, driver):
    monkeypatch.setenv("KIM_DATABASE_URL", written)
    assert registry_url().drivername == driver


def test_by_default_it_is_a_file_in_the_folder_var(monkeypatch):
    monkeypatch.delenv("KIM_DATABASE_URL", raising=False)
    assert str(registry_url().database).endswith("/var/registry.db")


@pytest.mark.parametrize("written", ["kim.db", "mysql://u:rahasia@h/kim", "sqlite://", "postgres:"])
def test_another_address_is_refused_without_repeating_it(monkeypatch, written):
    monkeypatch.setenv("KIM_DATABASE_URL", written)
    with pytest.raises(RegistryError, match="KIM_DATABASE_URL") as caught:
        registry_url()
    assert "KIM_DATABASE_URL" in caught.value.message("id")
    assert "rahasia" not in caught.value.message("en")


def test_a_server_that_does_not_answer_is_named_without_its_password():
    with pytest.raises(RegistryError, match="cannot be opened") as caught:
        open_registry("postgresql://kim:rahasia@127.0.0.1:1/kim")
    assert "rahasia" not in str(caught.value)


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "registry.db"
    path.write_text("nama;desa\n" * 500)
    with pytest.raises(RegistryError, match=r"registry\.db cannot be opened"):
        open_registry(f"sqlite:///{path}")


def test_a_registry_of_a_later_version_is_left_alone(url):
    registry = open_registry(url)
    with registry.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    registry.engine.dispose()
    open_registry.__globals__["_registries"].clear()
    with pytest.raises(RegistryError, match="later version of Peta KIM"):
        open_registry(url)


def test_a_registry_of_the_first_version_is_gone_on_with(url):
    registry = open_registry(url)
    batch = {"id": 1, "file_name": "a.csv", "sha256": "0", "sender": "", "who": "petugas",
             "at": "2026-01-01T00:00:00+00:00", "state": "draf", "rows": 0}  # fmt: skip
    with registry.writing() as connection:
        later = ("target", "indicator_row", "indicator_version", "indicator_import")
        for table in ("erasure", "account", "ended_session", "access_key", "audit", *later):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP FUNCTION audit_refuse")
        for column in ("recognised", "cleared", "region"):
            connection.exec_driver_sql(f"ALTER TABLE batch DROP COLUMN {column}")
        for table in ("staged_row", "kim_version"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN tahap")
        connection.exec_driver_sql("ALTER TABLE staged_row DROP COLUMN merge_version")
        for column in ("covers", "as_of"):
            connection.exec_driver_sql(f"ALTER TABLE revision DROP COLUMN {column}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        names = ", ".join(batch)
        values = ", ".join(f"'{value}'" for value in batch.values())
        connection.exec_driver_sql(f"INSERT INTO batch ({names}) VALUES ({values})")
        connection.exec_driver_sql(
            "INSERT INTO revision (id, action, batch_id, who, at) "
            "VALUES (1, 'masuk', 1, 'petugas', '2026-03-31T20:00:00+00:00')"
        )
    registry.engine.dispose()
    open_registry.__globals__["_registries"].clear()
    [kept] = list_batches(open_registry(url))
    assert (kept.file_name, kept.recognised, kept.cleared, kept.covers) == ("a.csv", None, "", ())
    assert kept.as_of == date(2026, 4, 1)  # of its commit, which was after midnight at the office


def test_what_is_read_while_postgresql_is_stopped_is_read_once_more(new_url):
    registry = open_registry(new_url("postgresql"))
    reads = []

    @again_if_cut
    def read() -> int:
        with registry.reading() as connection:
            reads.append(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
            if len(reads) == 1:
                with registry.engine.connect() as other:
                    other.exec_driver_sql(f"SELECT pg_terminate_backend({reads[0]})")
            return connection.exec_driver_sql("SELECT 7").scalar_one()

    assert read() == 7
    assert len(set(reads)) == 2
    registry.engine.dispose()


def test_what_is_wrong_for_another_reason_is_not_read_again(registry):
    reads = []

    @again_if_cut
    def read() -> None:
        reads.append(1)
        with registry.reading() as connection:
            connection.exec_driver_sql("SELECT 1 FROM not_there")

    with pytest.raises(RegistryError, match="not_there"):
        read()
    assert reads == [1]

"""The tables of a database: whether they are there, are of this version, and are whole."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, select

from geodata.registry.database import relations as tables
from geodata.registry.database.registry_error import RegistryError

_MIGRATIONS = Path(__file__).with_name("migrations")
_LATEST_LOCK = 4114  # any number, the same for all who migrate a PostgreSQL database


def is_made(connection: Connection, url: str) -> bool:
    """Tell whether a database has the tables of a registry, of whatever version.

    Raises
    ------
    RegistryError
        If it has some of them, but says of no version, or of several.
    """
    versions = MigrationContext.configure(connection).get_current_heads()
    there = set(inspect(connection).get_table_names())
    if len(versions) > 1 or (not versions and there & set(tables.metadata.tables)):
        raise RegistryError("registry_version", url=url, count=len(versions))
    return len(versions) == 1


def upgrade(connection: Connection) -> None:
    """Make the tables, or bring them to this version; all or nothing.

    Raises
    ------
    RegistryError
        If they are of a later version of Peta KIM.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS))
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LATEST_LOCK})")
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # tables of a version that this one does not know
            raise RegistryError("registry_newer") from error


def require_whole(connection: Connection, url: str) -> None:
    """Make sure that all tables and columns are there, and that SQLite can read its whole file.

    Raises
    ------
    RegistryError
        If SQLite cannot.
    DBAPIError
        If a table or column is not there.
    """
    for table in tables.metadata.sorted_tables:
        connection.execute(select(table).limit(0))
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if said != "ok":
            reason = str(said).splitlines()[-1]
            raise RegistryError("registry_damaged", url=url, reason=reason)

"""Opening the database: SQLite in a file by default, PostgreSQL by address.

Reading never waits for writing: SQLite keeps a write-ahead log, PostgreSQL has its row versions.
There is one writer at a time, and whatever it writes is one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from geodata.registry.database import tables
from geodata.registry.database.errors import RegistryError
from geodata.settings import settings

_MIGRATIONS = Path(__file__).with_name("migrations")
_SECONDS_TO_WAIT = 30  # for another writer
_LATEST_LOCK = 4114  # any number, the same for all who migrate a PostgreSQL database


class Registry:
    """An open database. Its functions are in the modules beside this one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def url(self) -> str:
        """Where the database is, without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the database throughout.

        Raises
        ------
        RegistryError
            If the database cannot be reached.
        """
        with _explained(self.engine.url):
            isolated = {} if _is_sqlite(self.engine.url) else {"isolation_level": "REPEATABLE READ"}
            with self.engine.connect().execution_options(**isolated) as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the transaction of the one writer; it is kept whole, or not at all.

        Raises
        ------
        RegistryError
            If the database cannot be reached, or another writer does not come to an end.
        """
        with (
            _explained(self.engine.url),
            self.engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            # SQLite is locked by the way the transaction began, see _begin.
            connection.execute(select(tables.registry.c.id).with_for_update())
            yield connection


def registry_url() -> URL:
    """Return the address of the registry: that of the settings, else SQLite in the folder var.

    Raises
    ------
    RegistryError
        If it is no address of SQLite or PostgreSQL.
    """
    now = settings()
    if now.database_url:
        return _read_url(now.database_url.get_secret_value())
    return URL.create("sqlite", database=str(now.registry_file))


def exists(url: URL) -> bool:
    """Tell whether there may be a registry: that of SQLite is made when something is imported."""
    return not _is_sqlite(url) or bool(url.database and Path(url.database).is_file())


def open_registry(url: URL | str | None = None) -> Registry:
    """Open the registry, making or upgrading its tables if need be; once a process and address.

    Parameters
    ----------
    url
        ``sqlite:///file.db`` or ``postgresql://user@host/name``. Default: :func:`registry_url`.

    Raises
    ------
    RegistryError
        If the address cannot be used, the database cannot be reached, or it was written by a later
        version of Peta KIM.
    """
    return _open(_read_url(url) if isinstance(url, str) else url or registry_url())


@cache
def _open(url: URL) -> Registry:
    if _is_sqlite(url):
        try:
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegistryError("registry_unreachable", url=url.database, reason=error) from error
    engine = create_engine(
        url,
        hide_parameters=True,  # an error of the database must not tell what was in a row
        connect_args={"timeout": _SECONDS_TO_WAIT} if _is_sqlite(url) else {"connect_timeout": 10},
        pool_pre_ping=not _is_sqlite(url),
    )
    if _is_sqlite(url):
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    with _explained(url), engine.connect().execution_options(writing=True) as connection:
        _upgrade(connection)
    return Registry(engine)


def _read_url(written: str) -> URL:
    try:
        url = make_url(written)
    except ArgumentError as error:
        raise RegistryError("registry_url") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg") or not url.database:
        raise RegistryError("registry_url")
    return url


def _is_sqlite(url: URL) -> bool:
    return url.drivername == "sqlite"


def _prepare(connection, _) -> None:  # type: ignore[no-untyped-def]
    # We begin transactions ourselves: the driver would leave out those that read or make tables.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, too


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS))
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LATEST_LOCK})")
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # tables of a version that this one does not know
            raise RegistryError("registry_newer") from error


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    """Turn what the driver says of a database that cannot be used into an error for users."""
    shown = url.database if _is_sqlite(url) else url.render_as_string(hide_password=True)
    try:
        yield
    except NoSuchModuleError as error:
        raise RegistryError("registry_url") from error
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        key = "registry_busy" if "locked" in reason else "registry_unreachable"
        raise RegistryError(key, url=shown, reason=reason) from error
    except DBAPIError as error:
        if "file is not a database" not in str(error.orig):
            raise
        raise RegistryError("registry_unreachable", url=shown, reason=error.orig) from error

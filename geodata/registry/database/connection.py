"""Opening the database: SQLite in a file by default, PostgreSQL by address.

Reading never waits for writing: SQLite keeps a write-ahead log, PostgreSQL has its row versions.
There is one writer at a time, and whatever it writes is one transaction.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from geodata.private_files import create_private, make_private
from geodata.registry.database import relations as tables
from geodata.registry.database.faults import explained, shown_url
from geodata.registry.database.migrating import is_made, require_whole, upgrade
from geodata.registry.database.registry_error import RegistryEmpty, RegistryError
from geodata.registry.database.writers import at_work
from geodata.settings import settings

P = ParamSpec("P")
T = TypeVar("T")

SAMPLE = "sample"
"""Address that names no registry, but the sample; made-up data must be asked for."""

_SECONDS_TO_WAIT = 30  # for another writer
# Seconds in which a server that is started again is there, and between two looks.
_SECONDS_TO_RETURN, _PAUSE = 5.0, 0.2


class Registry:
    """An open database. Its functions are in the modules beside this one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._away_since: float | None = None

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
            If the database cannot be reached or is damaged.
        """
        with explained(self.engine.url):
            isolated = {} if _is_sqlite(self.engine.url) else {"isolation_level": "REPEATABLE READ"}
            with self._connected().execution_options(**isolated) as connection:
                yield connection

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[Connection]:
        """Give the transaction of the one writer; it is kept whole, or not at all.

        Parameters
        ----------
        wait
            Whether to wait for another writer; else it is an error that there is one.

        Raises
        ------
        RegistryError
            If the database cannot be reached or written or is damaged, or another writer does not
            come to an end.
        """
        with (
            explained(self.engine.url),
            at_work(),
            self._connected().execution_options(writing=True, wait=wait) as connection,
            connection.begin(),
        ):
            # SQLite is locked by the way the transaction began, see _begin.
            connection.execute(select(tables.registry.c.id).with_for_update(nowait=not wait))
            yield connection

    def _connected(self) -> Connection:
        """Return a connection; a server of PostgreSQL that is being started again is waited for.

        All wait for it together: who comes when it has been away for longer is told at once.
        """
        while True:
            try:
                connection = self.engine.connect()
            except OperationalError:
                now = time.monotonic()
                self._away_since = self._away_since or now
                if _is_sqlite(self.engine.url) or now > self._away_since + _SECONDS_TO_RETURN:
                    raise
            else:
                self._away_since = None
                return connection
            time.sleep(_PAUSE)

    def remember_made(self) -> None:
        """Note beside a file of SQLite that batches were in it, should the file be gone one day."""
        if _is_sqlite(self.engine.url):
            marker = _marker(self.engine.url)
            # It is a help, not the registry: what is not noted now is noted at the next opening.
            with suppress(OSError):
                if not marker.exists():
                    marker.write_text(f"{self.engine.url.database}\n", encoding="utf-8")


def again_if_cut(read: Callable[P, T]) -> Callable[P, T]:
    """Have what only reads done once more where the database was stopped while it did so.

    A server that is started again cuts every connection; the second time a new one is waited for.
    """

    @wraps(read)
    def reading(*given: P.args, **named: P.kwargs) -> T:
        try:
            return read(*given, **named)
        except RegistryError as error:
            cause = error.__cause__
            if not (isinstance(cause, DBAPIError) and cause.connection_invalidated):
                raise
            return read(*given, **named)

    return reading


def registry_url() -> URL:
    """Return the address of the registry: that of the settings, else SQLite in the folder var.

    Raises
    ------
    RegistryError
        If it is no address of SQLite or PostgreSQL, or the sample was asked for.
    """
    now = settings()
    if now.database_url is None:
        return URL.create("sqlite", database=str(now.registry_file))
    written = now.database_url.get_secret_value()
    if written == SAMPLE:
        raise RegistryError("registry_sample")
    return _read_url(written)


def sample_is_chosen() -> bool:
    """Tell whether the settings ask for the sample."""
    written = settings().database_url
    return written is not None and written.get_secret_value() == SAMPLE


def is_configured() -> bool:
    """Tell whether the settings name the registry."""
    return settings().database_url is not None


def is_expected() -> bool:
    """Tell whether a registry was ever configured or made here, be it there or not."""
    url = registry_url()
    return is_configured() or _is_there(url) or _marker(url).exists()


def open_registry(url: URL | str | None = None) -> Registry:
    """Open the registry, making it if there was never one, and upgrading its tables if need be.

    Parameters
    ----------
    url
        ``sqlite:///file.db`` or ``postgresql://user@host/name``. Default: :func:`registry_url`.

    Raises
    ------
    RegistryError
        If the address cannot be used, the database cannot be reached, is damaged or gone, or was
        written by a later version of Peta KIM.
    """
    address = _address(url)
    if _is_sqlite(address) and not _is_there(address):
        _require_never_made(address)
        try:
            Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
            create_private(Path(address.database or ""))
        except OSError as error:
            reason = error.strerror or str(error)
            raise RegistryError(
                "registry_unreachable", url=shown_url(address), reason=reason
            ) from error
    return _open(address, _file_of(address), make=True)


def find_registry(url: URL | str | None = None) -> Registry:
    """Open the registry that is there; nothing is made.

    Raises
    ------
    RegistryEmpty
        If there is none yet.
    RegistryError
        As :func:`open_registry` does.
    """
    address = _address(url)
    if _is_sqlite(address) and not _is_there(address):
        _require_never_made(address)
        raise RegistryEmpty("registry_missing", url=shown_url(address))
    return _open(address, _file_of(address), make=False)


def registry_if_made() -> Registry | None:
    """Return the registry, ``None`` where there is none yet or the sample was asked for.

    Raises
    ------
    RegistryError
        As :func:`open_registry` does.
    """
    if sample_is_chosen():
        return None
    try:
        return find_registry()
    except RegistryEmpty:
        return None


# Kept by the file, too: a copy that is brought back is another one under the same name.
_registries: dict[tuple[URL, tuple[int, int] | None, bool], Registry] = {}


def _open(url: URL, file: tuple[int, int] | None, *, make: bool) -> Registry:
    """Return the registry at ``url``: one for all who open it, though they come together."""
    key = url, file, make
    return _registries.get(key) or _registries.setdefault(key, _opened(url, make=make))


def _opened(url: URL, *, make: bool) -> Registry:
    if _is_sqlite(url):
        _keep_private(Path(url.database or ""))
    engine = create_engine(
        url,
        hide_parameters=True,  # an error of the database must not tell what was in a row
        connect_args={"timeout": _SECONDS_TO_WAIT} if _is_sqlite(url) else {"connect_timeout": 10},
        pool_pre_ping=not _is_sqlite(url),
    )
    if _is_sqlite(url):
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    registry = Registry(engine)
    with explained(url):
        with engine.connect() as connection:
            made = is_made(connection, shown_url(url))
        if not made:
            _require_never_made(url)
            if not make:
                raise RegistryEmpty("registry_missing", url=shown_url(url))
        with engine.connect().execution_options(writing=True) as connection:
            upgrade(connection)
        with engine.connect() as connection:
            require_whole(connection, shown_url(url))
            used = connection.execute(select(tables.batch.c.id).limit(1)).first() is not None
    if used:
        registry.remember_made()
    return registry


def _address(url: URL | str | None) -> URL:
    return _read_url(url) if isinstance(url, str) else url or registry_url()


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


def _is_there(url: URL) -> bool:
    """Tell whether there may be a database: that of PostgreSQL is known when it is reached."""
    return not _is_sqlite(url) or _file_of(url) is not None


def _file_of(url: URL) -> tuple[int, int] | None:
    """Return which file a database of SQLite is, ``None`` if there is none."""
    if not _is_sqlite(url):
        return None
    try:
        status = Path(url.database or "").stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _refused(url, error) from error
    return status.st_dev, status.st_ino


def _refused(url: URL, error: OSError) -> RegistryError:
    reason = error.strerror or str(error)
    return RegistryError("registry_unreachable", url=shown_url(url), reason=reason)


def _marker(url: URL) -> Path:
    return Path(f"{url.database}.made")


def _require_never_made(url: URL) -> None:
    """Make sure that a registry that is not there was not there before either."""
    if _is_sqlite(url) and _marker(url).exists():
        raise RegistryError("registry_gone", url=shown_url(url), marker=_marker(url))


def _keep_private(path: Path) -> None:
    """See to it that others of the machine can look neither into the file nor into its log."""
    for suffix in ("", "-wal", "-shm"):  # SQLite makes its log as the file is
        make_private(path.with_name(path.name + suffix))


def _prepare(connection, _) -> None:  # type: ignore[no-untyped-def]
    # We begin transactions ourselves: the driver would leave out those that read or make tables.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, too
    connection.execute("PRAGMA recursive_triggers = ON")  # else REPLACE passes the audit log's by


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("wait", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:  # others use this connection after us
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_SECONDS_TO_WAIT * 1000}")

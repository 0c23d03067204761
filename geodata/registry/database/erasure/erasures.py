"""The log of what was taken out, and making sure that no bytes of it are left in the database."""

import logging
import sqlite3
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import OperationalError

from geodata.people.audit import Deed, record
from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import erasure, metadata
from geodata.registry.database.versions import last_id, now

_SECONDS_TO_WAIT = 30  # for readers of a table that is written anew


def log(
    connection: Connection,
    *,
    who: str,
    why: str,
    target: str,
    counts: dict[str, int],
    published: int = 0,
    files: Sequence[str] = (),
    region: str | None = None,
    kim_id: int | None = None,
    batch_id: int | None = None,
) -> None:
    """Note who took what kind of things out of where, and why; never what they were.

    The same stands in the audit log, there by region, KIM or batch.
    """
    entry = {"id": last_id(connection, erasure) + 1, "at": now(), "who": who, "why": why}
    entry |= {"target": target, "counts": counts, "published": published}
    connection.execute(insert(erasure), entry | {"files": list(files), "done": ""})
    record(
        connection,
        Deed.HAPUS_PRIBADI,
        who=who,
        region=region,
        kim_id=kim_id,
        batch_id=batch_id,
        new={"target": target, **counts},
    )


def note(registry: Registry, *, who: str, why: str, target: str, files: Sequence[str]) -> None:
    """Note in the log that waiting files go, before they do, so that a stop does not forget them.

    Raises
    ------
    RegistryError
        If the database cannot be written.
    """
    with registry.writing() as connection:
        counts = {"files": len(files)}
        log(connection, who=who, why=why, target=target, counts=counts, files=files)


def list_erasures(registry: Registry) -> pd.DataFrame:
    """Return who had what taken out of where, when and why, the first first.

    Returns
    -------
    DataFrame of at, who, why, target, counts (``place: how many``, joined by ``; ``) and done
    (when the last bytes were gone; "" as long as they may not be).
    """
    columns = [erasure.c[name] for name in ("at", "who", "why", "target", "counts", "done")]
    with registry.reading() as connection:
        rows = connection.execute(select(*columns).order_by(erasure.c.id)).mappings().all()
    table = pd.DataFrame(rows, columns=[column.name for column in columns])
    said = [
        "; ".join(f"{name}: {n}" for name, n in counts.items() if n) for counts in table["counts"]
    ]
    return table.assign(counts=said)


def unfinished(registry: Registry) -> dict[int, list[str]]:
    """Return the erasures of which files or bytes may be left: number -> checksums of files."""
    wanted = select(erasure.c.id, erasure.c.files).where(erasure.c.done == "")
    with registry.reading() as connection:
        return {number: files for number, files in connection.execute(wanted)}


def finish(registry: Registry, numbers: list[int]) -> bool:
    """Have the database forget the bytes of what was deleted; tell whether it could.

    Deleted values stay in free space until that is used again. SQLite overwrites them
    (``secure_delete``), but its write-ahead log and what earlier versions deleted need this: the
    file is written anew and the log emptied. PostgreSQL writes its tables anew; its own log and
    backups are not ours to empty.
    """
    if not _rewrite(registry):
        return False
    with registry.writing() as connection:
        done = update(erasure).where(erasure.c.id.in_(numbers)).values(done=now())
        connection.execute(done)
    return True


def _rewrite(registry: Registry) -> bool:
    if registry.engine.dialect.name == "sqlite":
        return _rewrite_sqlite(registry)
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    engine = registry.engine.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{_SECONDS_TO_WAIT}s'")
            try:
                connection.exec_driver_sql(f"VACUUM (FULL) {tables}")
            finally:
                connection.exec_driver_sql("RESET lock_timeout")
    except OperationalError as error:  # somebody reads on and on, or the disk is full
        return _not_rewritten(error.orig)
    return True


def _rewrite_sqlite(registry: Registry) -> bool:
    # Neither may run inside a transaction, which is what SQLAlchemy would begin.
    connection = registry.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:  # somebody writes, or the disk is full
        return _not_rewritten(error)
    finally:
        connection.close()
    return not busy


def _not_rewritten(error: BaseException | None) -> bool:
    logging.getLogger(__name__).warning("The database was not written anew: %s", error)
    return False

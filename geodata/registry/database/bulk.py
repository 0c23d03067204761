"""Many rows into a table at once, as fast as the database takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, each with a value for every column of ``table``.

    They are written by the driver itself: SQLAlchemy takes longer to look at a row than SQLite to
    keep it, and PostgreSQL takes them in one stream (COPY).

    Raises
    ------
    DBAPIError
        If the database refuses them.
    """
    if not rows:
        return
    dialect = connection.dialect
    kinds = [(column.name, column.type.dialect_impl(dialect)) for column in table.columns]
    writers = [(name, kind.bind_processor(dialect)) for name, kind in kinds]
    written = [
        tuple(write(row[name]) if write else row[name] for name, write in writers) for row in rows
    ]
    columns = ", ".join(dialect.identifier_preparer.format_column(c) for c in table.columns)
    into = f"{table.name} ({columns})"
    if dialect.name == "sqlite":
        marks = ", ".join("?" * len(writers))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", written)
        return
    driver, errors = connection.connection.driver_connection, dialect.dbapi
    assert driver is not None
    assert errors is not None
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for values in written:
                copy.write_row(values)
    except errors.Error as error:
        raise DBAPIError.instance(
            f"COPY {table.name}", None, error, errors.Error, hide_parameters=True, dialect=dialect
        ) from None

"""The day that data are of: the file's, as whoever brings it in says, not that of the commit.

A list of 2023 that is imported today is of 2023. The data of a registry are of the latest of such
days.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from geodata.days import today
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import DATES, revision, staged_row
from geodata.registry.database.states import Action
from geodata.registry.database.versions import last_commits


def data_day(connection: Connection, version: int) -> date | None:
    """Return the latest day that data in force at ``version`` are of; ``None`` if none are."""
    latest = select(func.max(revision.c.as_of)).where(revision.c.id.in_(last_commits(version)))
    return connection.execute(latest).scalar()


def days_of(connection: Connection, batches: Sequence[int]) -> dict[int, date]:
    """Return the day that the last commit of each batch gave its data; drafts have none yet."""
    last = (
        select(func.max(revision.c.id))
        .where(revision.c.batch_id.in_(batches), revision.c.action == Action.MASUK)
        .group_by(revision.c.batch_id)
    )
    said = select(revision.c.batch_id, revision.c.as_of).where(revision.c.id.in_(last))
    return {batch_id: day for batch_id, day in connection.execute(said)}


def suggested_day(registry: Registry, batch_id: int) -> date:
    """Return the day that is taken if nobody says another: see :func:`own_day`."""
    with registry.reading() as connection:
        return own_day(connection, batch_id)


def own_day(connection: Connection, batch_id: int) -> date:
    """Return the day of a batch as its file tells it.

    A file that says when its rows were last updated is of the latest day in it that has come; any
    other is taken to be of today, for a list without recent KIM is not an old list.
    """
    days = []
    for name in DATES:
        cell = staged_row.c[name]
        latest = select(func.max(cell)).where(
            staged_row.c.batch_id == batch_id, staged_row.c.outcome == "diterima", cell <= today()
        )
        days.append(connection.execute(latest).scalar())
    registered, updated = days
    if updated is None:
        return today()
    return max(updated, registered or updated)


def checked_day(day: date) -> date:
    """Return ``day``.

    Raises
    ------
    RegistryError
        If it has not come yet.
    """
    if day > today():
        raise RegistryError("registry_as_of", day=day.isoformat(), today=today().isoformat())
    return day

"""Who changed what, from which file and line; and how the registry stands."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, erasure, kim_version, revision, staged_row
from geodata.registry.database.relations import registry as this_registry
from geodata.registry.database.states import Action
from geodata.registry.database.versions import standing_in, versions_in_force
from geodata.registry.staging import VALUES


@dataclass(frozen=True)
class Event:
    """One thing that happened to a KIM.

    Attributes
    ----------
    version
        Of the registry, which this made.
    action
        ``masuk``, ``batal`` (the batch was undone) or ``ulang`` (put back).
    at, who
        When, ISO 8601 in UTC, and by whom.
    file_name, sender
        The file, "" if it was done by hand; and who sent it, or whose office it was.
    sheet, line
        The row of the file; "" and 0 for ``batal`` and ``ulang``, which concern whole batches.
    reason
        Of a change by hand: why, in the words of who made it; "" once it has expired.
    changes
        column of ``staging.VALUES`` -> value before ("" if there was none) and since.
    """

    version: int
    action: Action
    at: str
    who: str
    batch_id: int
    file_name: str
    sender: str
    sheet: str = ""
    line: int = 0
    reason: str = ""
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """How the registry stands: where it is, its version, and the KIM in force."""

    url: str
    version: int
    kim: int


def kim_history(registry: Registry, kim: int | str) -> list[Event]:
    """Return what happened to a KIM, the first first.

    Parameters
    ----------
    kim
        Its kim_id, or a nomor_induk that it has or had.

    Raises
    ------
    RegistryError
        If there is no such KIM.
    """
    with registry.reading() as connection:
        kim_id = find_kim(connection, kim)
        events = _versions_of(connection, kim_id)
        batches = [event.batch_id for event in events]
        events += read_revisions(
            connection, revision.c.action != Action.MASUK, revision.c.batch_id.in_(batches)
        )
    return sorted(events, key=lambda event: event.version)


def read_revisions(connection: Connection, *wanted: ColumnElement[bool]) -> list[Event]:
    """Return what was done to the registry as a whole, without rows and changes."""
    columns = (revision.c.id, revision.c.action, revision.c.at, revision.c.who)
    rows = connection.execute(
        select(*columns, batch.c.id, batch.c.file_name, batch.c.sender)
        .join(batch, batch.c.id == revision.c.batch_id)
        .where(*wanted)
    )
    return [Event(row[0], Action(row[1]), *row[2:]) for row in rows]


def standing(registry: Registry) -> Standing:
    """Return how the registry stands."""
    with registry.reading() as connection:
        return Standing(registry.url, **standing_in(connection))


def version_key(registry: Registry) -> tuple[str, int, int]:
    """Return which registry this is, its version, and how often published values were erased.

    What can be kept is kept under these three.
    """
    last = select(func.coalesce(func.max(revision.c.id), 0)).scalar_subquery()
    erased = select(func.count()).where(erasure.c.published > 0).scalar_subquery()
    with registry.reading() as connection:
        uuid, number, times = connection.execute(select(this_registry.c.uuid, last, erased)).one()
    return uuid, number, times


def kim_id_or_number(written: str) -> int | str:
    """Return the kim_id of ``#7``; of whatever else it is a nomor_induk, as written."""
    kim_id = named_number(written[1:]) if written.startswith("#") else None
    return written if kim_id is None else kim_id


def named_number(written: str) -> int | None:
    """Return the number that is written, if it is one that the registry can have given out."""
    # Not all that isdigit holds for is read by int, and databases take no larger ones.
    plain = written.isascii() and written.isdigit() and len(written) < 10
    return int(written) if plain else None


def find_kim(connection: Connection, kim: int | str) -> int:
    """Return the kim_id of a KIM named as in :func:`kim_history`; of several, who has the number.

    Raises
    ------
    RegistryError
        If there is none.
    """
    is_it = kim_version.c.nomor_induk == kim
    if isinstance(kim, int):
        is_it = kim_version.c.kim_id == kim
    newest = select(kim_version.c.kim_id).where(is_it).order_by(
        kim_version.c.id.in_(versions_in_force()).desc(), kim_version.c.id.desc()
    )  # fmt: skip
    kim_id = connection.execute(newest.limit(1)).scalar() if kim != "" else None
    if kim_id is None:
        raise RegistryError("registry_no_kim", kim=kim)
    return kim_id


def _versions_of(connection: Connection, kim_id: int) -> list[Event]:
    rows = connection.execute(
        select(
            kim_version,
            revision.c.at,
            revision.c.who,
            batch.c.id.label("batch_id"),
            batch.c.file_name,
            batch.c.sender,
            staged_row.c.sheet,
            staged_row.c.line,
            staged_row.c.reason,
        )
        .join(revision, revision.c.id == kim_version.c.revision_id)
        .join(batch, batch.c.id == revision.c.batch_id)
        .join(staged_row, staged_row.c.id == kim_version.c.staged_row_id)
        .where(kim_version.c.kim_id == kim_id)
        .order_by(kim_version.c.id)
    )
    values: dict[int | None, dict[str, Any]] = {None: dict.fromkeys(VALUES, "")}
    events = []
    for row in rows:
        now = values[row.id] = {name: row._mapping[name] for name in VALUES}
        before = values[row.replaces]
        changes = {
            name: ("" if before[name] is None else before[name], now[name])
            for name in VALUES
            if now[name] != before[name] and (now[name] or before[name]) not in ("", None)
        }
        made = (row.revision_id, Action.MASUK, row.at, row.who)
        where = (row.batch_id, row.file_name, row.sender, row.sheet, row.line, row.reason)
        events.append(Event(*made, *where, changes))
    return events

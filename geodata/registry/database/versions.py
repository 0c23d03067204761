"""Which versions of the KIM are in force: now, or at an earlier version of the registry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, true

from geodata.packed import PART
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import kim_version, personal, revision
from geodata.registry.database.states import Action
from geodata.registry.staging import EXISTING_COLUMNS, VALUES

Values = dict[str, Any]

_AT_ONCE = 10_000  # ids in one query; SQLite takes no more than 32,766


def now() -> str:
    """Return the time, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def id_parts(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Return ``ids`` in parts that fit into a query."""
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def last_id(connection: Connection, table: Table) -> int:
    """Return the highest number given out in ``table``, 0 if there is none."""
    return connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()


def standing_in(connection: Connection) -> dict[str, int]:
    """Return the version of the registry, and how many KIM are in force."""
    in_force = select(func.count()).select_from(versions_in_force().subquery())
    kim = connection.execute(in_force).scalar_one()
    return {"version": last_id(connection, revision), "kim": kim}


def add_revision(
    connection: Connection,
    action: Action,
    batch_id: int,
    who: str,
    covers: Sequence[str | None] | None = None,
    as_of: date | None = None,
) -> int:
    """Begin a new version of the registry and return its number.

    Parameters
    ----------
    covers
        Of a commit: the regions that it reports for (see the module ``reported``).
    as_of
        Of a commit: the day that its data are of (see the module ``data_day``).
    """
    number = last_id(connection, revision) + 1
    entry: Values = {"id": number, "action": action, "batch_id": batch_id, "who": who, "at": now()}
    entry |= {"covers": None if covers is None else list(covers), "as_of": as_of}
    connection.execute(insert(revision), entry)
    return number


def commits_in_force(at: int | None = None) -> Select:
    """Select the numbers of the commits that are in force at version ``at``; default: the last."""
    upto = revision.c.id <= at if at is not None else true()
    toggled = (
        select(func.max(revision.c.id))
        .where(upto, revision.c.action != Action.MASUK)
        .group_by(revision.c.batch_id)
    )
    undone = select(revision.c.batch_id).where(
        revision.c.id.in_(toggled), revision.c.action == Action.BATAL
    )
    return select(revision.c.id).where(
        upto, revision.c.action == Action.MASUK, revision.c.batch_id.not_in(undone)
    )


def last_commits(at: int | None = None) -> Select:
    """Select the number of the last commit of each batch in force at ``at``.

    What it says of its batch holds: it may take back what one before it has said.
    """
    in_force = commits_in_force(at).subquery()
    return (
        select(func.max(revision.c.id))
        .where(revision.c.id.in_(select(in_force.c.id)))
        .group_by(revision.c.batch_id)
    )


def versions_in_force(at: int | None = None) -> Select:
    """Select the id of the version of each KIM that holds at version ``at``; default: the last."""
    return (
        select(func.max(kim_version.c.id))
        .where(kim_version.c.revision_id.in_(commits_in_force(at)))
        .group_by(kim_version.c.kim_id)
    )


def kim_to_compare(connection: Connection, at: int | None = None) -> Iterator[Values]:
    """Yield the KIM in force, in their order: ``EXISTING_COLUMNS`` and the id of the version.

    ``at`` is a version of the registry; default: the last.
    """
    columns = [kim_version.c[name] for name in EXISTING_COLUMNS]
    wanted = (
        select(*columns, kim_version.c.id.label("version"))
        .where(kim_version.c.id.in_(versions_in_force(at)))
        .order_by(kim_version.c.kim_id)
    )
    for row in connection.execute(wanted, execution_options={"yield_per": PART}):
        yield row._asdict()


def read_current(
    connection: Connection, version_ids: Sequence[int] | None = None
) -> dict[int, Values]:
    """Return the KIM in force by kim_id: their ``VALUES``, metode, skor, and id of the version.

    ``version_ids`` are some of their versions; default: all.
    """
    columns = [kim_version.c[name] for name in ("kim_id", *VALUES, "metode", "skor", "id")]
    wanted = versions_in_force() if version_ids is None else version_ids
    rows = connection.execute(select(*columns).where(kim_version.c.id.in_(wanted)))
    names = [column.name for column in columns[1:]]
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def read_personal(
    connection: Connection, kim_ids: Sequence[int] | None = None
) -> dict[int, dict[str, str]]:
    """Return the personal fields of the KIM in force by kim_id; a later version adds to earlier.

    A field that a later version has empty was taken out by hand.

    ``kim_ids`` are some of them; default: all.
    """
    wanted = (
        select(kim_version.c.kim_id, personal.c.fields)
        .join(personal, personal.c.staged_row_id == kim_version.c.staged_row_id)
        .where(kim_version.c.revision_id.in_(commits_in_force()))
        .order_by(kim_version.c.id)
    )
    if kim_ids is not None:
        wanted = wanted.where(kim_version.c.kim_id.in_(kim_ids))
    by_kim: dict[int, dict[str, str]] = {}
    for kim_id, fields in connection.execute(wanted):
        by_kim.setdefault(kim_id, {}).update(fields)
    return {kim_id: given(fields) for kim_id, fields in by_kim.items()}


def given(values: Values) -> Values:
    """Return those of ``values`` that are not empty."""
    return {name: value for name, value in values.items() if value not in ("", None)}


def require_unique_numbers(connection: Connection) -> None:
    """Make sure that no two KIM in force have one nomor_induk.

    Raises
    ------
    RegistryError
        If two have.
    """
    number = kim_version.c.nomor_induk
    shared = connection.execute(
        select(number)
        .where(kim_version.c.id.in_(versions_in_force()), number != "")
        .group_by(number)
        .having(func.count() > 1)
        .order_by(number)
        .limit(1)
    ).scalar()
    if shared is not None:
        raise RegistryError("registry_number_taken", nomor_induk=shared)

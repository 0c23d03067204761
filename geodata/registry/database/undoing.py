"""Taking a batch out of force, and putting it back. Neither changes a version of a KIM."""

from collections.abc import Iterator

from sqlalchemy import Connection, Select, func, select, update

from geodata.people.audit import Deed, record
from geodata.registry.database.batches import require
from geodata.registry.database.connection import Registry
from geodata.registry.database.duplicates.comparing import kim_in_force, require_not_doubled
from geodata.registry.database.own_kim import own_region
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, kim_version, revision, staged_row
from geodata.registry.database.states import Action, Effect, State
from geodata.registry.database.versions import (
    add_revision,
    commits_in_force,
    require_unique_numbers,
    standing_in,
    versions_in_force,
)


def undo(registry: Registry, batch_id: int, *, who: str) -> int | None:
    """Take all that a batch did out of the registry again; a draft is given up.

    Returns
    -------
    The registry's version since; ``None`` for a draft, of which nothing was in the registry.

    Raises
    ------
    RegistryError
        If there is no such batch, it is undone already, a later batch built on one of its KIM, or
        a KIM would be there twice.
    """
    with registry.writing() as connection:
        if require(connection, batch_id) is State.DIBATALKAN:
            raise RegistryError("registry_batch_undone", batch=batch_id)
        later = connection.execute(_later_batches(batch_id)).scalar()
        if later is not None:
            raise RegistryError("registry_undo_later", batch=batch_id, later=later)
        return _toggle(connection, batch_id, Action.BATAL, who)


def redo(registry: Registry, batch_id: int, *, who: str) -> int | None:
    """Put a batch that was undone back into the registry exactly as it was.

    Returns
    -------
    The registry's version since; ``None`` for a draft that was given up, which is open again.

    Raises
    ------
    RegistryError
        If there is no such batch, it is not undone, it is a draft whose time is over, a KIM that
        it changed or confirmed is not what it was then, or a KIM would be there twice.
    """
    with registry.writing() as connection:
        if require(connection, batch_id) is not State.DIBATALKAN:
            raise RegistryError("registry_not_undone", batch=batch_id)
        if _is_over(connection, batch_id):
            raise RegistryError("registry_draft_over", batch=batch_id)
        changed = (_changed_since(batch_id), *_confirmed_since(connection, batch_id))
        if any(connection.execute(query).first() is not None for query in changed):
            raise RegistryError("registry_redo_changed", batch=batch_id)
        return _toggle(connection, batch_id, Action.ULANG, who)


def _toggle(connection: Connection, batch_id: int, action: Action, who: str) -> int | None:
    last = select(func.max(revision.c.id)).where(revision.c.batch_id == batch_id)
    turned = connection.execute(last).scalar()
    stood, before = standing_in(connection), kim_in_force(connection)
    number = None if turned is None else add_revision(connection, action, batch_id, who)
    state = State.DRAF if turned is None else State.MASUK
    if action is Action.BATAL:
        state = State.DIBATALKAN
    connection.execute(update(batch).where(batch.c.id == batch_id).values(state=state))
    require_unique_numbers(connection)
    if turned is not None:
        require_not_doubled(connection, before, kim_in_force(connection, turned - 1))
    record(
        connection,
        Deed(action),
        who=who,
        region=own_region(connection, batch_id),
        batch_id=batch_id,
        old=stood,
        new=standing_in(connection),
    )
    return number


def _is_over(connection: Connection, batch_id: int) -> bool:
    """Tell whether a batch never went in, and its cells have been taken out since."""
    cleared = connection.execute(select(batch.c.cleared).where(batch.c.id == batch_id)).scalar()
    commits = connection.execute(_commits_of(batch_id).limit(1)).first()
    return bool(cleared) and commits is None


def _commits_of(batch_id: int) -> Select:
    return select(revision.c.id).where(
        revision.c.batch_id == batch_id, revision.c.action == Action.MASUK
    )


def _first_versions(batch_id: int) -> Select:
    """Select, for each KIM that a batch touched, its first version of that batch."""
    return (
        select(kim_version.c.kim_id, func.min(kim_version.c.id).label("id"))
        .where(kim_version.c.revision_id.in_(_commits_of(batch_id)))
        .group_by(kim_version.c.kim_id)
    )


def _later_batches(batch_id: int) -> Select:
    """Select the batches in force, the last first, that rest on a KIM as this batch left it.

    They changed it, or said the same of it: without it, what they said would be lost.
    """
    first = (
        select(kim_version.c.kim_id, func.min(kim_version.c.revision_id).label("revision_id"))
        .where(kim_version.c.revision_id.in_(_commits_of(batch_id)))
        .group_by(kim_version.c.kim_id)
        .subquery()
    )
    return (
        select(revision.c.batch_id)
        .join(staged_row, staged_row.c.revision_id == revision.c.id)
        .join(first, first.c.kim_id == staged_row.c.kim_id)
        .where(
            revision.c.id > first.c.revision_id,
            revision.c.batch_id != batch_id,
            revision.c.id.in_(commits_in_force()),
        )
        .order_by(revision.c.id.desc())
        .limit(1)
    )


def _changed_since(batch_id: int) -> Select:
    """Select the KIM whose version in force is not the one that this batch built on."""
    first = _first_versions(batch_id).subquery()
    in_force = (
        select(kim_version.c.kim_id, kim_version.c.id)
        .where(kim_version.c.id.in_(versions_in_force()))
        .subquery()
    )
    return (
        select(first.c.kim_id)
        .join(kim_version, kim_version.c.id == first.c.id)
        .outerjoin(in_force, in_force.c.kim_id == first.c.kim_id)
        .where(func.coalesce(kim_version.c.replaces, 0) != func.coalesce(in_force.c.id, 0))
        .limit(1)
    )


def _confirmed_since(connection: Connection, batch_id: int) -> Iterator[Select]:
    """Select, commit by commit, the KIM that this batch said the same of and that differ since."""
    first = _first_versions(batch_id).subquery()
    for number in connection.execute(_commits_of(batch_id)).scalars():
        as_then = select(kim_version.c.kim_id).where(
            kim_version.c.id.in_(versions_in_force()),
            kim_version.c.id.in_(versions_in_force(number)),
        )
        yield (
            select(staged_row.c.kim_id)
            .where(
                staged_row.c.batch_id == batch_id,
                staged_row.c.revision_id == number,
                staged_row.c.effect == Effect.SAMA,
                staged_row.c.kim_id.not_in(select(first.c.kim_id)),
                staged_row.c.kim_id.not_in(as_then),
            )
            .limit(1)
        )

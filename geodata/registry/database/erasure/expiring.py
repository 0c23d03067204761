"""What the database keeps for a time only: drafts, cells as read, rows that never went in."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from geodata.registry.database.connection import Registry
from geodata.registry.database.erasure.erasures import log
from geodata.registry.database.own_kim import own_region
from geodata.registry.database.relations import batch, personal, revision, staged_row
from geodata.registry.database.states import State
from geodata.registry.database.versions import now


def expire_rows(
    registry: Registry, *, drafts_days: int, cells_days: int, who: str, today: datetime
) -> list[str]:
    """Take out what has been kept long enough, each batch noted in the log.

    A draft is given up: the cells of its rows and their personal data go. Of a batch in the
    registry the cells as read go, and of its rows that are not in it the personal data. Of an
    undone batch all of these go. What was understood stays, so counts, undo and redo go on.

    Parameters
    ----------
    drafts_days, cells_days
        After a batch was last worked on; 0: never.
    today
        Now, with a time zone.

    Returns
    -------
    What expired, as the log names it.
    """
    limits = {"KIM_DRAFTS_DAYS": drafts_days, "KIM_CELLS_DAYS": cells_days}
    before = {name: _days_ago(today, days) for name, days in limits.items()}
    if not any(before.values()):
        return []
    if not _due(registry, before):  # nothing to wait for a writer for
        return []
    expired = []
    with registry.writing() as connection:
        for batch_id, state, setting in _select_due(connection, before):
            counts = _clear(connection, batch_id, state)
            target = f"batch {batch_id}"
            log(
                connection,
                who=who,
                why=f"{setting}={limits[setting]}",
                target=target,
                counts=counts,
                region=own_region(connection, batch_id),
                batch_id=batch_id,
            )
            expired.append(target)
    return expired


def _days_ago(today: datetime, days: int) -> str:
    """Return the time ``days`` ago as the database writes it, "" for never."""
    return (today.astimezone(UTC) - timedelta(days)).isoformat(timespec="seconds") if days else ""


def _due(registry: Registry, before: dict[str, str]) -> bool:
    with registry.reading() as connection:
        return bool(_select_due(connection, before))


def _select_due(connection: Connection, before: dict[str, str]) -> list[tuple[int, State, str]]:
    """Return the batches whose time is over: number, state, and the setting that says so."""
    decided = (
        select(func.coalesce(func.max(staged_row.c.decided_at), ""))
        .where(staged_row.c.batch_id == batch.c.id)
        .scalar_subquery()
    )
    revised = (
        select(func.coalesce(func.max(revision.c.at), ""))
        .where(revision.c.batch_id == batch.c.id)
        .scalar_subquery()
    )
    still_there = (
        select(personal.c.staged_row_id)
        .join(staged_row, staged_row.c.id == personal.c.staged_row_id)
        .where(staged_row.c.batch_id == batch.c.id)
        .exists()
    )
    # A batch that was undone after its cells had gone has the personal data of its KIM left.
    uncleared = or_(batch.c.cleared == "", and_(batch.c.state == State.DIBATALKAN, still_there))
    due = []
    wanted = select(batch.c.id, batch.c.state, batch.c.at, decided, revised).where(uncleared)
    for batch_id, state, *times in connection.execute(wanted.order_by(batch.c.id)).all():
        setting = "KIM_DRAFTS_DAYS" if state == State.DRAF else "KIM_CELLS_DAYS"
        if max(times) < before[setting]:
            due.append((batch_id, State(state), setting))
    return due


def _clear(connection: Connection, batch_id: int, state: State) -> dict[str, int]:
    """Take the cells of a batch out, and the personal data that no KIM in the registry needs."""
    of_batch = staged_row.c.batch_id == batch_id
    gone = select(staged_row.c.id).where(of_batch)
    if state is State.MASUK:
        gone = gone.where(staged_row.c.revision_id.is_(None))
    apart = connection.execute(delete(personal).where(personal.c.staged_row_id.in_(gone)))
    cells = connection.execute(update(staged_row).where(of_batch).values(raw={}, reason=""))
    new = {"cleared": now()} | ({"state": State.DIBATALKAN} if state is State.DRAF else {})
    connection.execute(update(batch).where(batch.c.id == batch_id).values(new))
    return {"cells": cells.rowcount, "personal": apart.rowcount}

"""Why a KIM counts, or no longer does: by whom, when and from which file that came about."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, select

from geodata.analysis.change import NOWHERE, Development
from geodata.registry.database.connection import Registry
from geodata.registry.database.history import Event, read_revisions
from geodata.registry.database.relations import kim_version, revision, staged_row
from geodata.registry.database.snapshots import typed_kim
from geodata.registry.database.states import Action
from geodata.registry.database.versions import id_parts
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import Snapshot

Toggles = dict[int, list[tuple[int, str]]]
"""batch -> its undo and redo, the first first: number of the revision, action."""


def causes(
    registry: Registry, development: Development, kim_ids: Collection[int]
) -> dict[int, Event]:
    """Return what made some KIM of a development what they are at its end, without its changes.

    Of all that happened to a KIM between the two days it is the last that made it count, or not,
    or in another desa; what else was corrected of it is passed over. A KIM is left out to which
    nothing happened then: it counts since the day of registration that its row names has come.

    Parameters
    ----------
    kim_ids
        Of rows of ``development.kim``.
    """
    events: dict[int, Event] = {}
    with registry.reading() as connection:
        for some in id_parts(sorted(kim_ids)):
            events |= _causes(connection, development, some)
    return events


def _causes(
    connection: Connection, development: Development, kim_ids: Sequence[int]
) -> dict[int, Event]:
    versions = connection.execute(
        select(
            kim_version.c.kim_id,
            kim_version.c.revision_id,
            revision.c.batch_id,
            staged_row.c.sheet,
            staged_row.c.line,
            kim_version.c.tahap,
            *(kim_version.c[name] for name in COLUMNS),
        )
        .join(revision, revision.c.id == kim_version.c.revision_id)
        .join(staged_row, staged_row.c.id == kim_version.c.staged_row_id)
        .where(
            kim_version.c.kim_id.in_(kim_ids),
            kim_version.c.revision_id <= development.end.revision,
        )
        .order_by(kim_version.c.id)
    ).all()
    if not versions:  # both days are older than the registry
        return {}
    where = _where_it_counts(development, [row[5:] for row in versions])
    toggles = _toggles(connection, {row.batch_id for row in versions}, development.end.revision)
    of_kim = defaultdict(list)
    for row, desa in zip(versions, where, strict=True):
        of_kim[row.kim_id].append((row, int(desa)))
    turns = {}
    for kim_id, own in of_kim.items():
        turn = _last_turn(own, toggles, development.start.revision)
        if turn:
            rows = [row for row, _ in own if row.revision_id == turn]
            turns[kim_id] = turn, rows[-1][3:5] if rows else ("", 0)
    numbers = {number for number, _ in turns.values()}
    events = {it.version: it for it in read_revisions(connection, revision.c.id.in_(numbers))}
    return {
        kim_id: replace(events[number], sheet=sheet, line=line)
        for kim_id, (number, (sheet, line)) in turns.items()
    }


def _where_it_counts(development: Development, versions: Sequence[Sequence]) -> np.ndarray:
    """Return the position of the desa in which each version of a KIM counts, else ``NOWHERE``."""
    end = development.end
    tahap, *values = zip(*versions, strict=True)
    table = typed_kim(dict(zip(COLUMNS, values, strict=True)))
    every = Snapshot(table, end.gazetteer, end.version, end.date, end.illustrative, tahap=tahap)
    return np.where(every.mask(development.kim_filter), every.desa, NOWHERE)


def _toggles(connection: Connection, batches: Collection[int], until: int) -> Toggles:
    toggles: Toggles = defaultdict(list)
    rows = connection.execute(
        select(revision.c.batch_id, revision.c.id, revision.c.action)
        .where(
            revision.c.batch_id.in_(batches),
            revision.c.action != Action.MASUK,
            revision.c.id <= until,
        )
        .order_by(revision.c.id)
    )
    for batch_id, number, action in rows:
        toggles[batch_id].append((number, action))
    return toggles


def _last_turn(versions: list[tuple], toggles: Toggles, since: int) -> int:
    """Return the last revision after ``since`` with which a KIM counted otherwise than before.

    ``versions`` are all of the KIM, each with the desa in which it counts. 0 if there is none.
    """
    moments = {row.revision_id for row, _ in versions}
    moments |= {number for row, _ in versions for number, _ in toggles[row.batch_id]}
    turn, counts = 0, NOWHERE
    for moment in sorted(moments):
        in_force = [
            desa
            for row, desa in versions
            if row.revision_id <= moment and not _is_undone(toggles[row.batch_id], moment)
        ]
        now = in_force[-1] if in_force else NOWHERE
        if now != counts and moment > since:
            turn = moment
        counts = now
    return turn


def _is_undone(toggles: list[tuple[int, str]], at: int) -> bool:
    last = bisect_right(toggles, at, key=lambda toggle: toggle[0])
    return last > 0 and toggles[last - 1][1] == Action.BATAL

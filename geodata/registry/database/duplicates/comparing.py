"""Compares once more, in the transaction of a commit, undo or redo, what will be in force after it.

A file is compared with the registry when it is read, but it may wait as a draft while others
commit. Whoever comes second finds what the first has put in.
"""

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    null,
    or_,
    select,
    update,
)

from geodata.packed import PART, in_parts
from geodata.registry.database.duplicates.merging import send_back
from geodata.registry.database.duplicates.recognising import doubled
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import ROW_KEY, kim_version, revision, staged_row
from geodata.registry.database.states import Choice, Effect
from geodata.registry.database.versions import id_parts, kim_to_compare, versions_in_force
from geodata.registry.intake.duplicates import Duplicates, find_twins
from geodata.registry.reasons import DOUBTING, Reason
from geodata.registry.staging import EXISTING_COLUMNS, row_key

_SUREST_FIRST = ("nomor_induk", "nama_desa", "domain")
_READ = (
    "id", "sheet", "line", "nomor_induk", "nama_kim", "kode_wilayah", "domain", "decision",
    "decided_by", "alasan", "kembar", "kim_id",
)  # fmt: skip


def compare_again(
    connection: Connection, batch_id: int, waiting: tuple[ColumnElement[bool], ...]
) -> int:
    """Send rows back to review that would double a KIM which nobody has compared them with yet.

    Parameters
    ----------
    waiting
        What holds of the rows that are to be committed.

    Returns
    -------
    How many were sent back.
    """
    freed, in_review = _free(connection, waiting)
    is_new = (*waiting, staged_row.c.merge_kim.is_(None), staged_row.c.merge_row.is_(None))
    rows = select(*(staged_row.c[name] for name in _READ)).where(*is_new).order_by(staged_row.c.id)
    if connection.execute(rows.limit(1)).first() is None:
        return in_review
    duplicates = Duplicates()
    for kim in kim_to_compare(connection):
        duplicates.add_kim(kim)
    decided = connection.execute(rows.where(staged_row.c.decided_by != "").limit(1)).first()
    if not (len(duplicates) or decided or freed):
        return in_review
    # What nobody has touched since the file was read, was compared with each other then.
    touched: set[str] = set()
    ids = array("q")
    for row in connection.execute(rows, execution_options={"yield_per": PART}):
        duplicates.add_row(row._asdict())
        ids.append(row.id)
        if row.decided_by or row.id in freed:
            touched.add(row_key(row.sheet, row.line))
    known = _Known(connection, batch_id)
    twinned = (number for number in range(len(ids)) if duplicates.of(number))
    sent_back = 0
    for numbers in in_parts(twinned):
        back = []
        of_part = rows.where(staged_row.c.id.in_([ids[number] for number in numbers]))
        for number, row in zip(numbers, connection.execute(of_part).all(), strict=True):
            own = row_key(row.sheet, row.line)
            new = [
                twin
                for twin in duplicates.of(number)
                if (isinstance(twin["with"], int) or touched & {own, twin["with"]})
                and not known.compared(own, twin)
            ]
            if new:
                back.append({"row": row.id, **doubled(row._asdict(), new)})
        send_back(connection, back)
        sent_back += len(back)
    return in_review + sent_back


def require_not_doubled(connection: Connection, before: pd.DataFrame, as_now: pd.DataFrame) -> None:
    """Make sure that no KIM that came back is one that has come anew in the meantime.

    Parameters
    ----------
    before
        What :func:`kim_in_force` returned before the batch was undone or put back.
    as_now
        What it returned when the batch was last as it is now: what was there twice then, may be.

    Raises
    ------
    RegistryError
        If one is, by name and desa, and no person has kept the two apart.
    """
    after = kim_in_force(connection)
    stayed = after["version"].isin(before["version"])
    changed = after[~stayed]
    if changed.empty:
        return
    pairs = _pairs(changed, after[stayed])
    was, then = (known["kim_id"].isin(changed["kim_id"]).to_numpy() for known in (before, as_now))
    pairs -= _pairs(before[was], after[stayed])
    pairs -= _pairs(as_now[then], as_now[~then])
    if not pairs:
        return
    apart = _kept_apart(connection, {kim_id for pair in pairs for kim_id in pair})
    for kim_id, other in sorted(pairs):
        if (kim_id, other) not in apart and (other, kim_id) not in apart:
            name = after.set_index("kim_id").at[kim_id, "nama_kim"]
            later = _made_by(connection, other)
            raise RegistryError("registry_doubled", nama=name, kim=kim_id, other=other, later=later)


def kim_in_force(connection: Connection, at: int | None = None) -> pd.DataFrame:
    """Return the KIM in force at version ``at``; default: the last.

    DataFrame with ``EXISTING_COLUMNS``, and the id of their version.
    """
    return pd.DataFrame(kim_to_compare(connection, at), columns=[*EXISTING_COLUMNS, "version"])


class _Known:
    """Which rows of a batch a person has compared with which rows and KIM."""

    def __init__(self, connection: Connection, batch_id: int) -> None:
        rows = connection.execute(
            select(*(staged_row.c[name] for name in _READ)).where(
                staged_row.c.batch_id == batch_id,
                or_(staged_row.c.decided_by != "", staged_row.c.kim_id.is_not(None)),
            )
        ).all()
        self._row_of_kim = {
            row.kim_id: row_key(row.sheet, row.line) for row in rows if row.kim_id is not None
        }
        self._noted: dict[str, Mapping[str | int, int]] = {
            row_key(row.sheet, row.line): {twin["with"]: _sureness(twin) for twin in row.kembar}
            for row in rows
            if row.decided_by and row.decision
        }

    def compared(self, own: str, twin: Mapping[str, Any]) -> bool:
        """Tell whether a person knew, for a reason at least as sure, when deciding."""
        other, sureness = twin["with"], _sureness(twin)
        names = {other, self._row_of_kim.get(other, other)}
        noted = [self._noted.get(own, {}).get(name) for name in names]
        noted += [self._noted.get(name, {}).get(own) for name in names]
        return any(known_at is not None and known_at <= sureness for known_at in noted)


def _free(connection: Connection, waiting: tuple[ColumnElement[bool], ...]) -> tuple[set[int], int]:
    """Free rows from a KIM that is gone, if not a person but we chose it.

    They are then what they would be had they come today.

    Returns
    -------
    The ids of those that are accepted, and how many are in review.
    """
    in_force = select(kim_version.c.kim_id).where(kim_version.c.id.in_(versions_in_force()))
    rows = connection.execute(
        select(*(staged_row.c[name] for name in _READ)).where(
            *waiting,
            staged_row.c.decided_by == "",
            staged_row.c.merge_kim.is_not(None),
            staged_row.c.merge_kim.not_in(in_force),
        )
    ).all()
    if not rows:
        return set(), 0
    sound = {row.id for row in rows if row.nama_kim and row.kode_wilayah and not _doubtful(row)}
    free = update(staged_row).where(staged_row.c.id == bindparam("row"))
    connection.execute(
        free.values(
            merge_kim=null(), merge_version=null(), decision="", outcome=bindparam("becomes")
        ),
        [{"row": row.id, "becomes": "diterima" if row.id in sound else "ditinjau"} for row in rows],
    )
    return sound, len(rows) - len(sound)


def _doubtful(row: Row) -> bool:
    """Tell whether there is a doubt about a row besides what it may be the same as."""
    return not DOUBTING.isdisjoint(set(row.alasan) - {Reason.TWIN, Reason.NUMBER_TAKEN})


def _sureness(twin: Mapping[str, Any]) -> int:
    return _SUREST_FIRST.index(twin["why"])


def _pairs(kim: pd.DataFrame, others: pd.DataFrame) -> set[tuple[int, int]]:
    """Return which of ``kim`` have number, or name and desa, of one of ``others``."""
    table = kim.assign(sheet="", line=kim["kim_id"])
    rows = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    known = [{str(name): value for name, value in row.items()} for row in others.to_dict("records")]
    twins_of_kim = zip(kim["kim_id"], find_twins(rows, known), strict=True)
    return {
        (int(kim_id), twin["with"])
        for kim_id, twins in twins_of_kim
        for twin in twins
        if isinstance(twin["with"], int) and twin["why"] != "domain"
    }


def _kept_apart(connection: Connection, kim_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Return the pairs of KIM that a person has compared and kept apart."""
    wanted = select(staged_row.c.kim_id, staged_row.c.batch_id, staged_row.c.kembar).where(
        staged_row.c.effect == Effect.BARU,
        staged_row.c.decision.in_([Choice.TERPISAH, Choice.TERIMA]),
    )
    rows = [
        row
        for some in id_parts(sorted(kim_ids))
        for row in connection.execute(wanted.where(staged_row.c.kim_id.in_(some)))
    ]
    batches = {row.batch_id for row in rows}
    of_place = {
        (batch_id, position): kim_id
        for batch_id, position, kim_id in connection.execute(
            select(staged_row.c.batch_id, ROW_KEY, staged_row.c.kim_id).where(
                staged_row.c.batch_id.in_(batches), staged_row.c.kim_id.is_not(None)
            )
        )
    }
    return {
        (row.kim_id, of_place.get((row.batch_id, twin["with"]), twin["with"]))
        for row in rows
        for twin in row.kembar
    }


def _made_by(connection: Connection, kim_id: int) -> int:
    """Return the batch whose version of a KIM is in force."""
    return connection.execute(
        select(revision.c.batch_id)
        .join(kim_version, kim_version.c.revision_id == revision.c.id)
        .where(kim_version.c.kim_id == kim_id, kim_version.c.id.in_(versions_in_force()))
    ).scalar_one()

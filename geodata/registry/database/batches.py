"""Batches: the rows of a file as they wait for a decision, and what became of them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from geodata.gazetteer import Gazetteer
from geodata.packed import in_parts
from geodata.people.audit import Deed, record
from geodata.progress import Report
from geodata.regions import Level
from geodata.registry.database.bulk import insert_many
from geodata.registry.database.connection import Registry
from geodata.registry.database.data_day import days_of
from geodata.registry.database.duplicates.recognising import KnownKim, recognise_kim
from geodata.registry.database.memory import remember_columns
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import (
    DATES,
    FLOATS,
    INTEGERS,
    batch,
    personal,
    revision,
    staged_row,
)
from geodata.registry.database.reported import Covers, covers_of
from geodata.registry.database.states import State
from geodata.registry.database.unrecognised import leave_out, recognised_columns
from geodata.registry.database.versions import Values, given, last_id, now
from geodata.registry.fields import column_to_bits
from geodata.registry.own_region import turn_away
from geodata.registry.schema import STATUSES
from geodata.registry.staging import COLUMNS, OUTCOMES, Outcome, Staged

_DECISION = (
    "decision", "reason", "decided_by", "decided_at", "merge_kim", "merge_row", "kim_id", "effect",
)  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """A batch and the counts of its rows; ``rows`` = diterima + ditinjau + ditolak, always.

    Attributes
    ----------
    at
        When it was staged, ISO 8601 in UTC.
    rows
        Rows of the file.
    diterima, ditinjau, ditolak
        Rows by what is to become of them.
    baru, diperbarui, sama
        Committed rows by what they did: a new KIM, a change to one, nothing new. The other rows
        that are ``diterima`` wait for a commit.
    recognised
        Headers and personal fields whose cells are kept for good; ``None`` for all of them.
    cleared
        When its time was over and the cells of its rows were taken out; "" if they are there.
    covers
        The regions that it is the list of, besides those that its rows lie in: what its last commit
        says. Codes; ``None`` is Indonesia.
    region
        The code of the only region whose KIM it may change; ``None`` is Indonesia.
    as_of
        The day that its data are of, as its last commit says; ``None`` before the first.
    touched
        When it was last worked on: staged, decided about, committed, undone, put back.
    """

    id: int
    file_name: str
    sha256: str
    sender: str
    who: str
    at: str
    state: State
    rows: int
    diterima: int = 0
    ditinjau: int = 0
    ditolak: int = 0
    baru: int = 0
    diperbarui: int = 0
    sama: int = 0
    recognised: list[str] | None = None
    cleared: str = ""
    touched: str = ""
    covers: Covers = ()
    region: str | None = None
    as_of: date | None = None

    @property
    def waiting(self) -> int:
        """Accepted rows that are not committed yet."""
        return self.diterima - self.baru - self.diperbarui - self.sama


def stage(
    registry: Registry,
    staged: Staged,
    gazetteer: Gazetteer,
    *,
    who: str,
    region: str | None = None,
    update: bool = False,
    keep_unrecognised: bool = False,
    progress: Report | None = None,
) -> Batch:
    """Keep the rows of a file as a new batch in state ``draf``.

    Cells of columns that were not recognised are left out of accepted rows. The others keep theirs
    as long as they are not in the registry, so that they can be handed back as they came.

    A row that is in all that it says the same as a KIM of the registry is accepted and will change
    nothing. One that has a KIM's nomor_induk but says something else goes to review.

    Parameters
    ----------
    who
        Whose batch it is.
    region
        The code of the only region whose KIM it may change; ``None`` is Indonesia. Rows that lie
        elsewhere are rejected, and no KIM that stands elsewhere is changed.
    update
        Have such rows update their KIM instead of going to review.
    keep_unrecognised
        Keep the cells of all columns.
    progress
        Is told how much is kept.

    Raises
    ------
    RegistryError
        If the database cannot be written.
    ValueError
        If the rows are not as ``Staged`` says: a mistake in our code, never in a user's file.
    """
    report = progress or (lambda *_: None)
    recognised = None if keep_unrecognised else recognised_columns(staged)
    with registry.writing() as connection:
        batch_id = last_id(connection, batch) + 1
        entry = {"id": batch_id, "file_name": staged.file_name, "sha256": staged.sha256}
        entry |= {"sender": staged.sender, "who": who, "at": now(), "state": State.DRAF}
        entry |= {"recognised": recognised, "cleared": "", "rows": len(staged.rows)}
        connection.execute(insert(batch), entry | {"region": region})
        new = {"rows": len(staged.rows)}
        record(connection, Deed.KIRIM, who=who, region=region, batch_id=batch_id, new=new)
        next_id = last_id(connection, staged_row) + 1
        known = KnownKim(connection)
        end = next_id + len(staged.rows)
        for part in in_parts(staged.rows):
            _require_sound(part, gazetteer)
            rows = [as_record(row, batch_id, row_id) for row_id, row in enumerate(part, next_id)]
            turn_away(rows, region)
            fields = [given(row["personal"]) for row in part]
            recognise_kim(known, rows, fields, update=update, region=region)
            leave_out(rows, fields, recognised)
            insert_many(connection, staged_row, rows)
            apart = [
                {"staged_row_id": row["id"], "fields": own}
                for row, own in zip(rows, fields, strict=True)
                if own
            ]
            insert_many(connection, personal, apart)
            next_id += len(part)
            report("Keeping", 1 - (end - next_id) / len(staged.rows))
        remember_columns(connection, staged.sender, staged.mapping)
        kept = _read(connection, batch_id)
    registry.remember_made()
    return kept


def list_batches(registry: Registry, state: State | None = None) -> list[Batch]:
    """Return the batches, the latest first; with ``state`` only those in it."""
    with registry.reading() as connection:
        wanted = select(batch.c.id).order_by(batch.c.id.desc())
        if state is not None:
            wanted = wanted.where(batch.c.state == state)
        return _read_all(connection, connection.execute(wanted).scalars().all())


def count_batches(registry: Registry) -> dict[State, int]:
    """Return how many batches are in each state."""
    with registry.reading() as connection:
        counted = select(batch.c.state, func.count()).group_by(batch.c.state)
        counts = {state: count for state, count in connection.execute(counted)}
    return {state: counts.get(state, 0) for state in State}


def find_batch(registry: Registry, batch_id: int) -> Batch:
    """Return a batch.

    Raises
    ------
    RegistryError
        If there is none of that number.
    """
    with registry.reading() as connection:
        return _read(connection, batch_id)


def committed_before(registry: Registry, sha256: str) -> list[Batch]:
    """Return the batches in the registry that came from a file of the same bytes."""
    with registry.reading() as connection:
        same = select(batch.c.id).where(batch.c.sha256 == sha256, batch.c.state == State.MASUK)
        return _read_all(connection, connection.execute(same).scalars().all())


def read_staged_rows(
    registry: Registry,
    batch_id: int,
    outcome: Outcome | None = None,
    *,
    ids: Iterable[int] | None = None,
    with_personal: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return rows of a batch in the file's order.

    Parameters
    ----------
    ids
        Only these rows, a page of them at most.
    with_personal
        Fill the column ``personal``, which is for the operator's eyes only; else it holds {}.

    Returns
    -------
    DataFrame indexed by the row's id, with ``staging.COLUMNS`` (dates as datetime.date, missing
    numbers as NaN) and what was decided: decision, reason, decided_by, decided_at, merge_kim,
    merge_row, and, once it is committed, kim_id and effect.
    """
    names = [name for name in COLUMNS if name != "personal"]
    columns = [staged_row.c[name] for name in ("id", *names, *_DECISION)]
    wanted = (
        select(*columns, personal.c.fields.label("personal"))
        .outerjoin(personal, (personal.c.staged_row_id == staged_row.c.id) & with_personal)
        .where(staged_row.c.batch_id == batch_id)
        .order_by(staged_row.c.id)
        .limit(limit)
        .offset(offset)
    )
    if outcome is not None:
        wanted = wanted.where(staged_row.c.outcome == outcome)
    if ids is not None:
        wanted = wanted.where(staged_row.c.id.in_(list(ids)))
    with registry.reading() as connection:
        result = connection.execute(wanted)
        table = pd.DataFrame(result.all(), columns=list(result.keys())).set_index("id")
    apart = pd.Series(
        [fields or {} for fields in table["personal"]], index=table.index, dtype=object
    )
    return table.assign(personal=apart)[[*COLUMNS, *_DECISION]]


def require(connection: Connection, batch_id: int) -> State:
    """Return the state of a batch.

    Raises
    ------
    RegistryError
        If there is none of that number.
    """
    state = connection.execute(select(batch.c.state).where(batch.c.id == batch_id)).scalar()
    if state is None:
        raise RegistryError("registry_no_batch", batch=batch_id)
    return State(state)


def _read(connection: Connection, batch_id: int) -> Batch:
    require(connection, batch_id)
    return _read_all(connection, [batch_id])[0]


def _read_all(connection: Connection, ids: Sequence[int]) -> list[Batch]:
    """Return batches in the order of ``ids``, with their counts."""
    result = connection.execute(select(batch).where(batch.c.id.in_(ids)))
    known = {row.id: {**row._asdict(), "touched": row.at} for row in result}
    kinds = (staged_row.c.batch_id, staged_row.c.outcome, staged_row.c.effect)
    counts = connection.execute(
        select(*kinds, func.max(staged_row.c.decided_at), func.count())
        .where(staged_row.c.batch_id.in_(ids))
        .group_by(*kinds)
    )
    revised = connection.execute(
        select(revision.c.batch_id, func.max(revision.c.at))
        .where(revision.c.batch_id.in_(ids))
        .group_by(revision.c.batch_id)
    )
    for batch_id, at in revised:
        known[batch_id]["touched"] = max(known[batch_id]["touched"], at)
    for batch_id, covers in covers_of(connection, ids).items():
        known[batch_id]["covers"] = covers
    for batch_id, day in days_of(connection, ids).items():
        known[batch_id]["as_of"] = day
    for batch_id, outcome, effect, decided, count in counts:
        known[batch_id]["touched"] = max(known[batch_id]["touched"], decided)
        for name in filter(None, (outcome, effect)):
            known[batch_id][name] = known[batch_id].get(name, 0) + count
    return [Batch(**{**known[i], "state": State(known[i]["state"])}) for i in ids]


def _require_sound(rows: Sequence[Mapping[str, Any]], gazetteer: Gazetteer) -> None:
    """Refuse what would later make the registry unreadable."""
    for row in rows:
        accepted, code = row["outcome"] == "diterima", row["kode_wilayah"]
        placed = len(code) == Level.DESA.code_length and code in gazetteer
        unsound = {
            "outcome": row["outcome"] not in OUTCOMES,
            "status": row["status"] not in ("", *STATUSES),
            "nama_kim": accepted and not row["nama_kim"],
            "kode_wilayah": not placed and (accepted or code != ""),
        }
        for name, wrong in unsound.items():
            if wrong:
                raise ValueError(f"staged row {row['line']} has a wrong {name}")
    column_to_bits(pd.Series([row["bidang"] for row in rows]))


_UNDECIDED: Values = {
    **dict.fromkeys(("decision", "reason", "decided_by", "decided_at", "effect"), ""),
    **dict.fromkeys(("merge_kim", "merge_version", "merge_row", "revision_id", "kim_id")),
}
_MADE: tuple[tuple[Iterable[str], Callable[[str], Any]], ...] = (
    (DATES, date.fromisoformat),
    (INTEGERS, int),
    (FLOATS, float),
)


def as_record(row: Mapping[str, Any], batch_id: int, row_id: int) -> Values:
    """Return a staged row as one of the table, text of days and numbers made what it says."""
    record = {name: row[name] for name in COLUMNS if name != "personal"}
    for names, made in _MADE:
        for name in names:
            record[name] = made(row[name]) if row[name] else None
    record["skor"] = None if math.isnan(row["skor"]) else float(row["skor"])
    return {"id": row_id, "batch_id": batch_id, **record, **_UNDECIDED}

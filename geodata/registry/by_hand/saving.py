"""Changes by hand: each is a file of one row a KIM, staged and committed in one transaction.

So undo, redo, history, snapshots and erasing know nothing of it. A row by hand says all of its KIM:
where it is empty, the KIM is empty, too.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select

from geodata.days import today
from geodata.gazetteer import load_gazetteer
from geodata.matching.candidate import Method
from geodata.people.audit import Deed, record
from geodata.people.rights import Person, Right, require
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.doubts import Doubt, doubts_of_point, doubts_of_twins
from geodata.registry.by_hand.kim import Kim, kim_as_now
from geodata.registry.database.batches import as_record
from geodata.registry.database.bulk import insert_many
from geodata.registry.database.committing import commit_within
from geodata.registry.database.connection import Registry
from geodata.registry.database.history import kim_history
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, personal, staged_row
from geodata.registry.database.states import Choice, State
from geodata.registry.database.versions import Values, kim_to_compare, last_id, now
from geodata.registry.staging import COLUMNS, EXISTING_COLUMNS, PERSONAL_FIELDS, VALUES
from geodata.registry.steps import step_after
from geodata.text import DEFAULT_LANGUAGE, text
from geodata.view.words import region_title


@dataclass(frozen=True)
class Saved:
    """What a change did: the batch, by which it is undone, and the KIM that it is about."""

    batch_id: int
    kim_ids: tuple[int, ...]
    version: int


@dataclass(frozen=True)
class Doubtful:
    """A change that was not saved, since there are doubts that nobody has confirmed."""

    doubts: frozenset[Doubt]


Outcome = Saved | Doubtful | Conflict


def save(registry: Registry, changes: Sequence[Change], *, person: Person) -> Outcome:
    """Make the changes, all of them as one batch, or none.

    Changes that say nothing new are left out.

    Returns
    -------
    What was done; or, with nothing written, the first KIM that was changed since it was seen, or
    the doubts that are to be confirmed.

    Raises
    ------
    NotAllowed
        If the person may not change KIM in the desa where one is, or where it is to be.
    RegistryError
        If a KIM is gone, a nomor_induk is another KIM's, or nothing is to be changed.
    """
    for change in changes:
        for kode in {change.values["kode_wilayah"], *([change.seen.kode] if change.seen else [])}:
            require(person, Right.UBAH, kode)
    stepped = map(_stepped, changes)
    telling = [it for it in stepped if it.seen is None or _says_more(it, it.seen)]
    if not telling:
        raise RegistryError("by_hand_same")
    return put_in(registry, telling, person)


def put_in(
    registry: Registry,
    telling: Sequence[Change],
    person: Person,
    completed: Callable[[Connection, Sequence[Change]], Sequence[Change]] = lambda _, it: it,
) -> Outcome:
    """Make changes of somebody who may, as :func:`save` does.

    Parameters
    ----------
    completed
        Adds to the changes, within the writer's transaction, what only the registry knows then.
    """
    far = [doubts_of_point(it.values, it.seen.values if it.seen else None) for it in telling]
    with registry.writing() as connection:
        stale = _stale(connection, telling)
        if stale is None:
            doubts = [
                own | of_point
                for own, of_point in zip(_twins_of(connection, telling), far, strict=True)
            ]
            unknown = [own - it.confirmed for own, it in zip(doubts, telling, strict=True)]
            if any(unknown):
                return Doubtful(frozenset[Doubt]().union(*unknown))
            saved = _write(connection, completed(connection, telling), doubts, person)
    if stale is not None:
        seen, as_now, mine = stale
        events = kim_history(registry, seen.kim_id)
        since = tuple(event for event in events if event.version > seen.revision)
        return Conflict(seen, as_now, mine, since)
    registry.remember_made()
    return saved


def _says_more(change: Change, seen: Kim) -> bool:
    return dict(change.values) != dict(seen.values) or bool(change.personal)


def _stepped(change: Change) -> Change:
    """Return a change with what becomes of the step of its KIM: no change of values takes one."""
    tahap = ""
    if change.seen is not None:
        before = change.seen.values
        tahap = step_after(before, {**change.values, "tahap": before["tahap"]})
    return replace(change, values={**change.values, "tahap": tahap})


def _stale(
    connection: Connection, changes: Sequence[Change]
) -> tuple[Kim, Kim, Mapping[str, str]] | None:
    """Return the first KIM that is not what was seen: as seen, as it is, and as it is wanted."""
    current = kim_as_now(connection, [it.seen.kim_id for it in changes if it.seen])
    for change in changes:
        if change.seen is None:
            continue
        as_now = current.get(change.seen.kim_id)
        if as_now is None:
            raise RegistryError("registry_no_kim", kim=f"#{change.seen.kim_id}")
        if as_now.version != change.seen.version:
            return change.seen, as_now, change.values
    return None


def _twins_of(connection: Connection, changes: Sequence[Change]) -> list[frozenset[Doubt]]:
    """Return what each change makes a KIM be like; nobody has to be asked where nothing tells it.

    Raises
    ------
    RegistryError
        If a nomor_induk is another KIM's.
    """
    told = [it for it in changes if it.seen is None or _tells(it.values) != _tells(it.seen.values)]
    known = list(kim_to_compare(connection)) if told else []
    twins: dict[int, frozenset[Doubt]] = {}
    for change in told:
        own = change.seen.kim_id if change.seen else None
        others = [kim for kim in known if kim["kim_id"] != own]
        number = change.values["nomor_induk"]
        holder = next((kim for kim in others if number and kim["nomor_induk"] == number), None)
        if holder is not None:
            raise RegistryError("by_hand_number", nomor_induk=number, kim=holder["nama_kim"])
        before = change.seen.values if change.seen else None
        twins[id(change)] = doubts_of_twins(change.values, before, others)
    return [twins.get(id(change), frozenset()) for change in changes]


def _tells(values: Mapping[str, str]) -> list[str]:
    return [values[name] for name in EXISTING_COLUMNS if name in values]


def _write(
    connection: Connection,
    changes: Sequence[Change],
    doubts: Sequence[frozenset[Doubt]],
    person: Person,
) -> Saved:
    """Keep the changes as a batch of accepted rows, commit it, and log each KIM."""
    batch_id, ids = keep(connection, changes, doubts, person.name, person.region, office_of(person))
    done = commit_within(connection, batch_id, who=person.name, as_of=today())
    assert not done.kembali  # what is doubtful was asked, and whoever writes is alone
    kim_of_row = dict(
        connection.execute(
            select(staged_row.c.id, staged_row.c.kim_id).where(staged_row.c.batch_id == batch_id)
        ).all()
    )
    for row_id, change in zip(ids, changes, strict=True):
        _log(connection, change, kim_of_row[row_id], batch_id, person.name)
    return Saved(batch_id, tuple(kim_of_row.values()), done.version)


def keep(
    connection: Connection,
    changes: Sequence[Change],
    doubts: Sequence[frozenset[Doubt]],
    who: str,
    region: str | None,
    sender: str,
) -> tuple[int, Sequence[int]]:
    """Keep changes as a draft of accepted rows; return the numbers of the batch and of its rows."""
    batch_id, first = last_id(connection, batch) + 1, last_id(connection, staged_row) + 1
    made = {"id": batch_id, "file_name": "", "sha256": "", "sender": sender}
    made |= {"who": who, "at": now(), "state": State.DRAF, "rows": len(changes)}
    made |= {"recognised": list(PERSONAL_FIELDS), "cleared": "", "region": region}
    connection.execute(insert(batch), made)
    ids = range(first, first + len(changes))
    rows = [
        _row(change, own, batch_id, row_id, line, who)
        for line, (row_id, change, own) in enumerate(zip(ids, changes, doubts, strict=True), 1)
    ]
    insert_many(connection, staged_row, rows)
    apart = [
        {"staged_row_id": row_id, "fields": dict(change.personal)}
        for row_id, change in zip(ids, changes, strict=True)
        if change.personal
    ]
    insert_many(connection, personal, apart)
    return batch_id, ids


def _row(
    change: Change, doubts: frozenset[Doubt], batch_id: int, row_id: int, line: int, who: str
) -> Values:
    """Return the staged row of a change."""
    seen = change.seen
    row: Values = dict.fromkeys(COLUMNS, "") | dict(change.values) | {"line": line, "raw": {}}
    row |= {"metode": Method.PILIHAN.value, "skor": math.nan, "kandidat": []}
    if seen is not None and seen.kode == change.values["kode_wilayah"]:
        row |= {"metode": seen.metode, "skor": math.nan if seen.skor is None else seen.skor}
    twins = [doubt for doubt in doubts if doubt.kim_id is not None]
    row["kembar"] = [{"with": twin.kim_id, "why": twin.why} for twin in twins]
    row["alasan"] = [doubt.why for doubt in doubts if doubt.kim_id is None]
    row["outcome"] = "diterima"
    record = as_record(row, batch_id, row_id) | {"reason": change.reason}
    record |= {"decided_by": who, "decided_at": now()}
    if seen is None:
        return record | {"decision": Choice.TERPISAH if twins else Choice.TERIMA}
    to_kim = {"merge_kim": seen.kim_id, "merge_version": seen.version}
    return record | {"decision": Choice.UBAH} | to_kim


def office_of(person: Person) -> str:
    """Return as whose change it is published: the region of the office, or its role in words."""
    if person.region is not None:
        return region_title(load_gazetteer(), person.region, DEFAULT_LANGUAGE)
    return text(f"role.{person.role}", DEFAULT_LANGUAGE)


def _log(connection: Connection, change: Change, kim_id: int, batch_id: int, who: str) -> None:
    """Log a KIM with what is public of the change, and only the names of what is not."""
    before = change.seen.values if change.seen else dict.fromkeys(VALUES, "")
    changed = [name for name in VALUES if change.values[name] != before[name]]
    new: dict[str, Any] = {name: change.values[name] for name in changed}
    if change.personal:
        new["pribadi"] = sorted(change.personal)
    record(
        connection,
        Deed.UBAH,
        who=who,
        region=change.values["kode_wilayah"],
        kim_id=kim_id,
        batch_id=batch_id,
        old={name: before[name] for name in changed},
        new=new,
    )

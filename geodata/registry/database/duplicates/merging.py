"""Rows that are part of a KIM the registry has, or of another row of their batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from geodata.registry.database.duplicates.recognising import changes, sent_to_review
from geodata.registry.database.relations import kim_version, personal, revision, staged_row
from geodata.registry.database.states import Effect
from geodata.registry.database.versions import (
    Values,
    last_id,
    read_current,
    read_personal,
)
from geodata.registry.own_region import is_elsewhere
from geodata.registry.staging import VALUES
from geodata.registry.steps import step_after


@dataclass
class Merged:
    """What became of the rows that were to be merged."""

    versions: list[Values] = field(default_factory=list)
    rows: list[Values] = field(default_factory=list)
    back: list[Values] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """Rows that changed a KIM."""
        return len(self.versions)

    @property
    def same(self) -> int:
        """Rows that told nothing new."""
        return len(self.rows) - len(self.versions)

    @property
    def sent_back(self) -> int:
        """Rows that a person has to look at again."""
        return len(self.back)


def merge_rows(
    connection: Connection,
    batch_id: int,
    waiting: tuple[ColumnElement[bool], ...],
    number: int,
    region: str | None,
) -> Merged:
    """Write a new version of each KIM that a waiting row has something new about.

    What a row says replaces what the KIM said; empty cells of a file replace nothing. What another
    batch has changed since it was decided is not replaced, nor is a KIM that stands outside
    ``region``: such a row goes back to review.
    """
    rows = connection.execute(
        select(staged_row, personal.c.fields)
        .outerjoin(personal, personal.c.staged_row_id == staged_row.c.id)
        .where(*waiting)  # new KIM are no longer among them
        .order_by(staged_row.c.merge_row.is_not(None), staged_row.c.id)
    ).all()
    merged = Merged()
    if not rows:
        return merged
    current, of_kim = read_current(connection), read_personal(connection)
    holders = {kim["nomor_induk"]: kim_id for kim_id, kim in current.items() if kim["nomor_induk"]}
    kim_of_row = _kim_of_targets(connection, waiting)
    own = _own_versions(connection, batch_id)
    next_id = last_id(connection, kim_version) + 1
    for record in rows:
        row = record._asdict()
        kim_id = row["merge_kim"] or kim_of_row.get(row["merge_row"])
        holder = holders.get(row["nomor_induk"], kim_id)
        if (
            kim_id not in current
            or holder != kim_id
            or is_elsewhere(current[kim_id]["kode_wilayah"], region)
        ):
            merged.back.append(_back(row, None if holder == kim_id else holder))
            continue
        says_more = _says_more(row, current[kim_id], of_kim.setdefault(kim_id, {}))
        if says_more and current[kim_id]["id"] not in {row["merge_version"], *own}:
            merged.back.append(_back(row, None))
            continue
        kim_of_row[row["id"]] = kim_id
        effect = Effect.SAMA
        if says_more:
            version = _next_version(row, current[kim_id], next_id)
            holders.pop(current[kim_id]["nomor_induk"], None)
            if version["nomor_induk"]:
                holders[version["nomor_induk"]] = kim_id
            merged.versions.append(version | {"kim_id": kim_id, "revision_id": number})
            of_kim[kim_id].update(row["fields"] or {})
            current[kim_id] = version
            own.add(next_id)
            next_id += 1
            effect = Effect.DIPERBARUI
        merged.rows.append({"row": row["id"], "kim": kim_id, "what": effect})
    _write(connection, merged, number)
    return merged


def _kim_of_targets(
    connection: Connection, waiting: tuple[ColumnElement[bool], ...]
) -> dict[int | None, int]:
    """Return the KIM of each committed row that another is to be merged with."""
    target = staged_row.alias()
    result = connection.execute(
        select(target.c.id, target.c.kim_id)
        .join(staged_row, staged_row.c.merge_row == target.c.id)
        .where(*waiting, target.c.kim_id.is_not(None))
    )
    return {row_id: kim_id for row_id, kim_id in result}


def _own_versions(connection: Connection, batch_id: int) -> set[int]:
    """Return the versions of KIM that a batch has made, this commit's among them."""
    made = select(kim_version.c.id).join(revision, revision.c.id == kim_version.c.revision_id)
    return set(connection.execute(made.where(revision.c.batch_id == batch_id)).scalars())


def _says_more(row: Values, kim: Values, of_kim: dict[str, str]) -> bool:
    return bool(changes(row, kim) or (row["fields"] or {}).items() - of_kim.items())


def _next_version(row: Values, kim: Values, version_id: int) -> dict[str, Any]:
    new = changes(row, kim)
    new["tahap"] = step_after(kim, {**kim, **new})
    placed = row if "kode_wilayah" in new else kim
    return {
        **{name: new.get(name, kim[name]) for name in VALUES},
        "metode": placed["metode"],
        "skor": placed["skor"],
        "id": version_id,
        "replaces": kim["id"],
        "staged_row_id": row["id"],
    }


def _back(row: Values, holder: int | None) -> Values:
    return {"row": row["id"], **sent_to_review(row, holder)}


def send_back(connection: Connection, rows: Sequence[Values]) -> None:
    """Send rows back to review: each its id as ``row``, and the columns that say why."""
    if rows:
        columns = {
            name: bindparam(f"new_{name}", type_=staged_row.c[name].type)
            for name in rows[0]
            if name != "row"
        }
        given_back = [
            {"row": row["row"], **{f"new_{name}": row[name] for name in columns}} for row in rows
        ]
        to_row = update(staged_row).where(staged_row.c.id == bindparam("row"))
        connection.execute(to_row.values(columns), given_back)


def _write(connection: Connection, merged: Merged, number: int) -> None:
    to_row = update(staged_row).where(staged_row.c.id == bindparam("row"))
    if merged.versions:
        connection.execute(insert(kim_version), merged.versions)
    if merged.rows:
        done = {"revision_id": number, "kim_id": bindparam("kim"), "effect": bindparam("what")}
        connection.execute(to_row.values(done), merged.rows)
    send_back(connection, merged.back)

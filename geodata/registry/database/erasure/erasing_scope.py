"""What is erased: a KIM or a batch, and the rows in which there may be personal data of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, or_, select

from geodata.registry.database.connection import Registry
from geodata.registry.database.history import find_kim, kim_id_or_number, named_number
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, kim_version, personal, staged_row
from geodata.registry.database.versions import id_parts
from geodata.registry.personal import NAMED, marks


@dataclass(frozen=True)
class ErasingTarget:
    """A KIM or a batch whose personal data are to be taken out."""

    kind: Literal["kim", "batch"]
    id: int

    def __str__(self) -> str:
        """Return how the log names it: by a number, since a nomor_induk may be a person's."""
        return f"KIM #{self.id}" if self.kind == "kim" else f"batch {self.id}"


def find_target(registry: Registry, written: str) -> ErasingTarget:
    """Return the KIM or batch that an operator names.

    Parameters
    ----------
    written
        ``3`` or ``batch:3`` for a batch; ``#7``, a nomor_induk, or ``kim:`` and a nomor_induk.

    Raises
    ------
    RegistryError
        If there is none, or a number is both that of a batch and a nomor_induk.
    """
    kind, _, rest = written.partition(":")
    if kind not in ("batch", "kim"):
        kind, rest = "", written
    with registry.reading() as connection:
        number = named_number(rest)
        batch_id = connection.execute(select(batch.c.id).where(batch.c.id == number)).scalar()
        if kind == "batch" and batch_id is None:
            raise RegistryError("registry_no_batch", batch=rest)
        if kind == "batch" and batch_id is not None:
            return ErasingTarget("batch", batch_id)
        same = select(kim_version.c.id).where(kim_version.c.nomor_induk == rest).limit(1)
        if not kind and batch_id is not None:
            if connection.execute(same).first() is not None:
                raise RegistryError("registry_erase_which", written=written)
            return ErasingTarget("batch", batch_id)
        if not kind and number is not None and connection.execute(same).first() is None:
            raise RegistryError("registry_no_batch", batch=rest)
        return ErasingTarget("kim", find_kim(connection, kim_id_or_number(rest)))


def rows_in(
    connection: Connection, target: ErasingTarget
) -> tuple[Sequence[RowMapping], tuple[int, ...]]:
    """Return the rows of a batch; or those of a KIM, and of no KIM yet that may be about it.

    Returns
    -------
    Rows of ``staged_row`` with their personal ``fields``; and the kim_id of other KIM whose rows
    hold a number or mail address of this one.
    """
    rows = select(staged_row, personal.c.fields).outerjoin(
        personal, personal.c.staged_row_id == staged_row.c.id
    )
    if target.kind == "batch":
        of_batch = rows.where(staged_row.c.batch_id == target.id).order_by(staged_row.c.id)
        return connection.execute(of_batch).mappings().all(), ()
    ids, others = _rows_of_kim(connection, target.id)
    taken: list[RowMapping] = []
    for some in id_parts(ids):
        of_kim = rows.where(staged_row.c.id.in_(some)).order_by(staged_row.c.id)
        taken += connection.execute(of_kim).mappings()
    return taken, others


_SCANNED = ("id", "batch_id", "kim_id", "merge_kim", "merge_row", "nomor_induk", "nama_kim",
            "kode_wilayah", "kembar")  # fmt: skip


def _rows_of_kim(connection: Connection, kim_id: int) -> tuple[list[int], tuple[int, ...]]:
    """Return the ids of the rows of a KIM, and the other KIM that share a number with it.

    Of the rows that are no KIM (in review, rejected, drafts) those are taken that name this one,
    have its nomor_induk or its name and desa, or hold a number or mail address of its rows; and
    those with its chair's name in the files of its senders. Elsewhere a name may be anybody's.
    """
    versions = connection.execute(
        select(
            kim_version.c.staged_row_id,
            kim_version.c.nomor_induk,
            kim_version.c.nama_kim,
            kim_version.c.kode_wilayah,
        ).where(kim_version.c.kim_id == kim_id)
    ).all()
    made = {version.staged_row_id for version in versions}
    numbers = {version.nomor_induk for version in versions} - {""}
    names = {(version.nama_kim.casefold(), version.kode_wilayah) for version in versions}
    rows = connection.execute(
        select(*(staged_row.c[name] for name in _SCANNED), batch.c.sender, personal.c.fields)
        .join(batch, batch.c.id == staged_row.c.batch_id)
        .outerjoin(personal, personal.c.staged_row_id == staged_row.c.id)
        .where(or_(staged_row.c.kim_id.is_(None), personal.c.staged_row_id.is_not(None),
                   staged_row.c.kim_id == kim_id))
    ).mappings().all()  # fmt: skip
    own = [
        row for row in rows
        if row["id"] in made or kim_id in (row["kim_id"], row["merge_kim"])
    ]  # fmt: skip
    ids = made | {row["id"] for row in own}
    told = _marks_of(own)
    chairs = {_chair(row) for row in own} - {""}
    batches, senders = {row["batch_id"] for row in own}, {row["sender"] for row in own} - {""}
    others = set()
    for row in rows:
        shared = bool(told) and not told.isdisjoint(_marks_of([row]))
        if row["kim_id"] is not None:
            others |= {row["kim_id"]} if shared else set()
            continue
        of_sender = row["batch_id"] in batches or row["sender"] in senders
        if (
            shared
            or row["nomor_induk"] in numbers
            or (row["nama_kim"].casefold(), row["kode_wilayah"]) in names
            or any(twin["with"] == kim_id for twin in row["kembar"])
            or (of_sender and _chair(row) in chairs)
        ):
            ids.add(row["id"])
    # A row is part of the one that it is merged with, which may itself be merged with another.
    into = {row["id"]: row["merge_row"] for row in rows if row["kim_id"] is None}
    while merged := {row_id for row_id, other in into.items() if other in ids} - ids:
        ids |= merged
    return sorted(ids), tuple(sorted(others - {kim_id}))


def _chair(row: Any) -> str:
    return (row["fields"] or {}).get(NAMED, "").strip().casefold()


def _marks_of(rows: Iterable[Any]) -> set[str]:
    cells = (cell for row in rows for cell in (row["fields"] or {}).values())
    return set().union(*map(marks, cells))

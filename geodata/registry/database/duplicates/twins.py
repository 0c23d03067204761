"""Rows that may be the same as a KIM of the registry, or as another row of their batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import select, update

from geodata.registry.database.batches import find_batch, read_staged_rows
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import Decision
from geodata.registry.database.relations import ROW_KEY, kim_version, staged_row
from geodata.registry.database.reviewing import Queue, waiting_rows
from geodata.registry.database.states import Choice
from geodata.registry.database.versions import Values, read_personal, versions_in_force
from geodata.registry.own_region import is_elsewhere
from geodata.registry.reasons import Reason
from geodata.registry.staging import EXISTING_COLUMNS, VALUES


@dataclass(frozen=True)
class Twin:
    """What a row may be the same as: a KIM (``kim_id``) or a row of its batch (``row_id``).

    Attributes
    ----------
    why
        ``nomor_induk``, ``nama_desa`` or ``domain``.
    where
        ``staging.row_key`` of a row, "" for a KIM.
    values
        ``staging.VALUES``, and the personal data, which are for whoever keeps its region.
    elsewhere
        Whether it stands outside the region of the batch: it cannot be merged with.
    """

    why: str
    values: Mapping[str, Any]
    kim_id: int | None = None
    row_id: int | None = None
    where: str = ""
    elsewhere: bool = False


def twins_of(registry: Registry, batch_id: int, row: pd.Series) -> list[Twin]:
    """Return what ``row`` (of ``read_rows``) may be the same as, as far as it is still there."""
    region = find_batch(registry, batch_id).region
    kim_ids = [twin["with"] for twin in row["kembar"] if isinstance(twin["with"], int)]
    lines = [twin["with"] for twin in row["kembar"] if isinstance(twin["with"], str)]
    of_kim = select(kim_version).where(
        kim_version.c.kim_id.in_(kim_ids), kim_version.c.id.in_(versions_in_force())
    )
    of_row = select(ROW_KEY, staged_row.c.id).where(
        staged_row.c.batch_id == batch_id, ROW_KEY.in_(lines)
    )
    with registry.reading() as connection:
        kim = {version.kim_id: version._asdict() for version in connection.execute(of_kim)}
        away = {i for i, own in kim.items() if is_elsewhere(own["kode_wilayah"], region)}
        apart = read_personal(connection, list(kim.keys() - away))
        ids = {position: row_id for position, row_id in connection.execute(of_row)}
    rows = read_staged_rows(registry, batch_id, ids=ids.values(), with_personal=True)
    twins = []
    for twin in row["kembar"]:
        other = twin["with"]
        if other in kim:
            said = {name: kim[other][name] for name in VALUES} | apart.get(other, {})
            twins.append(Twin(twin["why"], said, kim_id=other, elsewhere=other in away))
        elif other in ids:
            said = values_of(rows.loc[ids[other]])
            away_too = is_elsewhere(said["kode_wilayah"], region)
            twins.append(Twin(twin["why"], said, None, ids[other], other, away_too))
    return twins


def values_of(row: pd.Series) -> dict[str, Any]:
    """Return what a row (of ``read_rows``) says: ``staging.VALUES`` and its personal data."""
    return {name: row[name] for name in VALUES} | row["personal"]


def merged_with_first(registry: Registry, queue: Queue) -> dict[int, Decision]:
    """Return the decisions that merge each row of a queue with the first it may be the same as.

    Where that stands outside the region of the batch, there is none.
    """
    region = find_batch(registry, queue.batch_id).region
    all_rows = select(ROW_KEY, staged_row.c.id, staged_row.c.kode_wilayah)
    all_rows = all_rows.where(staged_row.c.batch_id == queue.batch_id)
    all_kim = select(kim_version.c.kim_id, kim_version.c.kode_wilayah).where(
        kim_version.c.id.in_(versions_in_force())
    )
    wanted = select(staged_row.c.id, staged_row.c.kembar).where(*waiting_rows(queue))
    with registry.reading() as connection:
        rows = connection.execute(all_rows).all()
        ids = {position: row_id for position, row_id, _ in rows}
        codes: dict[int | str, str] = {position: code for position, _, code in rows}
        codes |= {kim_id: code for kim_id, code in connection.execute(all_kim)}
        first_twins = {
            row_id: twins[0]["with"] for row_id, twins in connection.execute(wanted) if twins
        }
    return {
        row_id: Decision(Choice.GABUNG, kim_id=other)
        if isinstance(other, int)
        else Decision(Choice.GABUNG, row_id=ids[other])
        for row_id, other in first_twins.items()
        if not is_elsewhere(codes.get(other, ""), region)
    }


_COMPARED = ("sheet", "line", "nomor_induk", "nama_kim", "kode_wilayah", "domain")


def rows_to_place(registry: Registry, batch_id: int, chosen: Mapping[int, str]) -> list[Values]:
    """Return what duplicates are told by of the rows of ``chosen``, as if they lay in its desa."""
    columns = [staged_row.c[name] for name in ("id", *_COMPARED)]
    waiting = select(*columns).where(*waiting_rows(Queue(batch_id, "desa")))
    in_order = waiting.order_by(staged_row.c.id)
    with registry.reading() as connection:
        rows = [row._asdict() for row in connection.execute(in_order) if row.id in chosen]
    return [row | {"kode_wilayah": chosen[row["id"]]} for row in rows]


def rows_in_desa(
    registry: Registry, batch_id: int, chosen: Mapping[int, str]
) -> tuple[list[Values], list[Values]]:
    """Return the KIM in force and the other rows of the batch in the desa of ``chosen``.

    Returns
    -------
    The KIM (``staging.EXISTING_COLUMNS``), and the rows as :func:`rows_to_place` does.
    """
    codes = set(chosen.values())
    first, last = min(codes, default=""), max(codes, default="")
    kim = select(*(kim_version.c[name] for name in EXISTING_COLUMNS)).where(
        kim_version.c.id.in_(versions_in_force()),
        kim_version.c.kode_wilayah.between(first, last),
    )
    rows = select(*(staged_row.c[name] for name in _COMPARED)).where(
        staged_row.c.batch_id == batch_id,
        staged_row.c.outcome != "ditolak",
        staged_row.c.kode_wilayah.between(first, last),
    )
    with registry.reading() as connection:
        of_desa = [row._asdict() for row in connection.execute(kim) if row.kode_wilayah in codes]
        others = connection.execute(rows.order_by(staged_row.c.id)).all()
    return of_desa, [row._asdict() for row in others if row.kode_wilayah in codes]


def note_twins(registry: Registry, twins_of_rows: Mapping[int, list[dict[str, Any]]]) -> None:
    """Note on rows what else they may be the same as, beside what was known.

    Parameters
    ----------
    twins_of_rows
        ``kembar`` as in ``staging``, by the id of the row.
    """
    with registry.writing() as connection:
        for row_id, twins in twins_of_rows.items():
            own = staged_row.c.id == row_id
            row = connection.execute(
                select(staged_row.c.kembar, staged_row.c.alasan).where(own)
            ).one()
            known = {twin["with"] for twin in row.kembar}
            noted = [*row.kembar, *(twin for twin in twins if twin["with"] not in known)]
            reasons = list(dict.fromkeys([*row.alasan, Reason.TWIN]))
            connection.execute(update(staged_row).where(own).values(kembar=noted, alasan=reasons))

"""What of a batch a person has still to decide: the desa of a row, or whether it is a duplicate.

A row is asked about its desa first. Once that is settled it may turn out to be a KIM that the
registry or the same file has already, and is asked about that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import ColumnElement, Text, cast, func, or_, select, update

from geodata.regions import LEVELS
from geodata.registry.database.batches import read_rows
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import Decision
from geodata.registry.database.recognising import NUMBER_TAKEN, TWIN
from geodata.registry.database.states import Choice
from geodata.registry.database.tables import kim_version, staged_row
from geodata.registry.database.versions import Values, read_personal, versions_in_force
from geodata.registry.staging import EXISTING_COLUMNS, PLACE_WRITTEN, VALUES

Question = Literal["desa", "kembar"]
_ABOVE_DESA = tuple(level.code_length for level in reversed(LEVELS[:-1]))
QUESTIONS: tuple[Question, ...] = ("desa", "kembar")


@dataclass(frozen=True)
class Queue:
    """Which rows of a batch wait for a decision.

    Attributes
    ----------
    question
        What is asked about them.
    reason
        Only rows with this reason; "" for all.
    least_score
        Only rows whose best candidate has at least this score, 0 to 1.
    """

    batch_id: int
    question: Question
    reason: str = ""
    least_score: float = 0.0


@dataclass(frozen=True)
class Twin:
    """What a row may be the same as: a KIM (``kim_id``) or a row of its batch (``row_id``).

    Attributes
    ----------
    why
        ``nomor_induk``, ``nama_desa`` or ``domain``.
    where
        ``"sheet!line"`` of a row, "" for a KIM.
    values
        ``staging.VALUES``, and the personal data, which are for the operator's eyes only.
    """

    why: str
    values: Mapping[str, Any]
    kim_id: int | None = None
    row_id: int | None = None
    where: str = ""


def count_reasons(registry: Registry, batch_id: int) -> dict[Question, dict[str, int]]:
    """Return how many rows wait, by question and reason; "" counts those of a question in all.

    A row of several reasons counts in each.
    """
    counts: dict[Question, dict[str, int]] = {}
    said = cast(staged_row.c.alasan, Text)
    with registry.reading() as connection:
        for question in QUESTIONS:
            of_question: dict[str, int] = {"": 0}
            groups = select(said, func.count()).where(*_where(Queue(batch_id, question)))
            for reasons, rows in connection.execute(groups.group_by(said)):
                for reason in ("", *json.loads(reasons)):
                    of_question[reason] = of_question.get(reason, 0) + rows
            counts[question] = of_question
    return counts


def queue_ids(registry: Registry, queue: Queue) -> list[int]:
    """Return the ids of the rows in a queue, in the file's order."""
    wanted = select(staged_row.c.id).where(*_where(queue)).order_by(staged_row.c.id)
    with registry.reading() as connection:
        return list(connection.execute(wanted).scalars())


def best_candidates(registry: Registry, queue: Queue) -> dict[int, str]:
    """Return, of the rows in a queue that have candidates, the code of the best by row id."""
    wanted = select(staged_row.c.id, staged_row.c.kandidat).where(*_where(queue))
    with registry.reading() as connection:
        return {row_id: found[0]["kode"] for row_id, found in connection.execute(wanted) if found}


def same_place(registry: Registry, row_id: int) -> list[int]:
    """Return the other rows of the batch that wait for a desa and write the place just as this one.

    A desa written without kecamatan and kabupaten/kota may be any of many: it has no others.
    """
    columns = [staged_row.c[name] for name in ("batch_id", *PLACE_WRITTEN)]
    with registry.reading() as connection:
        row = connection.execute(select(*columns).where(staged_row.c.id == row_id)).one()
        if not row.desa or not (row.kecamatan or row.kabupaten_kota):
            return []
        alike = [staged_row.c[name] == getattr(row, name) for name in PLACE_WRITTEN]
        others = select(staged_row.c.id).where(
            *_where(Queue(row.batch_id, "desa")), *alike, staged_row.c.id != row_id
        )
        return list(connection.execute(others.order_by(staged_row.c.id)).scalars())


def placed_in(registry: Registry, batch_id: int, chosen: Mapping[int, str]) -> dict[int, Decision]:
    """Return the decisions that put rows of a batch into desa, by the id of the row.

    A row that may be a duplicate as well stays in review, to be asked about that.

    Parameters
    ----------
    chosen
        Code of the desa by the id of the row.
    """
    twins = select(staged_row.c.id).where(
        staged_row.c.batch_id == batch_id,
        staged_row.c.outcome == "ditinjau",
        or_(_has_reason(TWIN), _has_reason(NUMBER_TAKEN)),
    )
    with registry.reading() as connection:
        asked_again = set(connection.execute(twins).scalars())
    return {
        row_id: Decision(Choice.TINJAU if row_id in asked_again else Choice.TERIMA, kode=kode)
        for row_id, kode in chosen.items()
    }


_COMPARED = ("sheet", "line", "nomor_induk", "nama_kim", "kode_wilayah", "domain")


def rows_to_place(registry: Registry, batch_id: int, chosen: Mapping[int, str]) -> list[Values]:
    """Return what duplicates are told by of the rows of ``chosen``, as if they lay in its desa."""
    columns = [staged_row.c[name] for name in ("id", *_COMPARED)]
    waiting = select(*columns).where(*_where(Queue(batch_id, "desa"))).order_by(staged_row.c.id)
    with registry.reading() as connection:
        rows = [row._asdict() for row in connection.execute(waiting) if row.id in chosen]
    return [row | {"kode_wilayah": chosen[row["id"]]} for row in rows]


def rows_in_desa(
    registry: Registry, batch_id: int, chosen: Mapping[int, str]
) -> tuple[pd.DataFrame, list[Values]]:
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
        found = [row for row in connection.execute(kim) if row.kode_wilayah in codes]
        others = connection.execute(rows.order_by(staged_row.c.id)).all()
    return (
        pd.DataFrame(found, columns=list(EXISTING_COLUMNS)),
        [row._asdict() for row in others if row.kode_wilayah in codes],
    )


def note_twins(registry: Registry, found: Mapping[int, list[dict[str, Any]]]) -> None:
    """Note on rows what else they may be the same as, beside what was known.

    Parameters
    ----------
    found
        ``kembar`` as in ``staging``, by the id of the row.
    """
    with registry.writing() as connection:
        for row_id, twins in found.items():
            own = staged_row.c.id == row_id
            row = connection.execute(
                select(staged_row.c.kembar, staged_row.c.alasan).where(own)
            ).one()
            known = {twin["with"] for twin in row.kembar}
            noted = [*row.kembar, *(twin for twin in twins if twin["with"] not in known)]
            reasons = list(dict.fromkeys([*row.alasan, TWIN]))
            connection.execute(update(staged_row).where(own).values(kembar=noted, alasan=reasons))


def twins_of(registry: Registry, batch_id: int, row: pd.Series) -> list[Twin]:
    """Return what ``row`` (of ``read_rows``) may be the same as, as far as it is still there."""
    kim_ids = [twin["with"] for twin in row["kembar"] if isinstance(twin["with"], int)]
    places = [twin["with"] for twin in row["kembar"] if isinstance(twin["with"], str)]
    where = staged_row.c.sheet + "!" + cast(staged_row.c.line, Text)
    of_kim = select(kim_version).where(
        kim_version.c.kim_id.in_(kim_ids), kim_version.c.id.in_(versions_in_force())
    )
    of_row = select(where, staged_row.c.id).where(
        staged_row.c.batch_id == batch_id, where.in_(places)
    )
    with registry.reading() as connection:
        kim = {one.kim_id: one._asdict() for one in connection.execute(of_kim)}
        apart = read_personal(connection) if kim else {}
        ids = {place: row_id for place, row_id in connection.execute(of_row)}
    rows = read_rows(registry, batch_id, ids=ids.values(), with_personal=True)
    twins = []
    for twin in row["kembar"]:
        other = twin["with"]
        if other in kim:
            said = {name: kim[other][name] for name in VALUES} | apart.get(other, {})
            twins.append(Twin(twin["why"], said, kim_id=other))
        elif other in ids:
            said = values_of(rows.loc[ids[other]])
            twins.append(Twin(twin["why"], said, row_id=ids[other], where=other))
    return twins


def merged_with_first(registry: Registry, queue: Queue) -> dict[int, Decision]:
    """Return the decisions that merge each row of a queue with the first it may be the same as."""
    where = staged_row.c.sheet + "!" + cast(staged_row.c.line, Text)
    all_rows = select(where, staged_row.c.id).where(staged_row.c.batch_id == queue.batch_id)
    wanted = select(staged_row.c.id, staged_row.c.kembar).where(*_where(queue))
    with registry.reading() as connection:
        ids = {place: row_id for place, row_id in connection.execute(all_rows)}
        found = {row_id: twins[0]["with"] for row_id, twins in connection.execute(wanted) if twins}
    return {
        row_id: Decision(Choice.GABUNG, kim_id=other)
        if isinstance(other, int)
        else Decision(Choice.GABUNG, row_id=ids[other])
        for row_id, other in found.items()
    }


def region_of(registry: Registry, batch_id: int) -> str | None:
    """Return the finest region above desa that holds all that a batch put into the registry.

    ``None`` is Indonesia, also if nothing was.
    """
    code = staged_row.c.kode_wilayah
    ends = select(func.min(code), func.max(code)).where(
        staged_row.c.batch_id == batch_id, staged_row.c.revision_id.is_not(None)
    )
    with registry.reading() as connection:
        first, last = connection.execute(ends).one()
    if first is None:
        return None
    # What the first and the last code share, all between them share too.
    return next((first[:size] for size in _ABOVE_DESA if first[:size] == last[:size]), None)


def values_of(row: pd.Series) -> dict[str, Any]:
    """Return what a row (of ``read_rows``) says: ``staging.VALUES`` and its personal data."""
    return {name: row[name] for name in VALUES} | row["personal"]


def _where(queue: Queue) -> list[ColumnElement[bool]]:
    unplaced = staged_row.c.kode_wilayah == ""
    conditions = [
        staged_row.c.batch_id == queue.batch_id,
        staged_row.c.outcome == "ditinjau",
        unplaced if queue.question == "desa" else ~unplaced,
    ]
    if queue.reason:
        conditions.append(_has_reason(queue.reason))
    if queue.least_score:
        conditions.append(staged_row.c.skor >= queue.least_score)
    return conditions


def _has_reason(reason: str) -> ColumnElement[bool]:
    return cast(staged_row.c.alasan, Text).contains(f'"{reason}"', autoescape=True)

"""What of a batch a person has still to decide: the desa of a row, or whether it is a duplicate.

A row is asked about its desa first. Once that is settled it may turn out to be a KIM that the
registry or the same file has already, and is asked about that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Text, case, cast, distinct, func, or_, select

from geodata.regions import LEVELS
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import Decision
from geodata.registry.database.relations import staged_row
from geodata.registry.database.states import Choice
from geodata.registry.reasons import Reason
from geodata.registry.staging import PLACE_WRITTEN

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


def count_reasons(registry: Registry, batch_id: int) -> dict[Question, dict[str, int]]:
    """Return how many rows wait, by question and reason; "" counts those of a question in all.

    A row of several reasons counts in each.
    """
    counts: dict[Question, dict[str, int]] = {}
    said = cast(staged_row.c.alasan, Text)
    with registry.reading() as connection:
        for question in QUESTIONS:
            of_question: dict[str, int] = {"": 0}
            groups = select(said, func.count()).where(*waiting_rows(Queue(batch_id, question)))
            for reasons, rows in connection.execute(groups.group_by(said)):
                for reason in ("", *json.loads(reasons)):
                    of_question[reason] = of_question.get(reason, 0) + rows
            counts[question] = of_question
    return counts


def queue_ids(registry: Registry, queue: Queue) -> list[int]:
    """Return the ids of the rows in a queue, in the file's order."""
    wanted = select(staged_row.c.id).where(*waiting_rows(queue)).order_by(staged_row.c.id)
    with registry.reading() as connection:
        return list(connection.execute(wanted).scalars())


def best_candidates(registry: Registry, queue: Queue) -> dict[int, str]:
    """Return, of the rows in a queue that have candidates, the code of the best by row id."""
    wanted = select(staged_row.c.id, staged_row.c.kandidat).where(*waiting_rows(queue))
    with registry.reading() as connection:
        return {
            row_id: candidates[0]["kode"]
            for row_id, candidates in connection.execute(wanted)
            if candidates
        }


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
            *waiting_rows(Queue(row.batch_id, "desa")), *alike, staged_row.c.id != row_id
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
        or_(_has_reason(Reason.TWIN), _has_reason(Reason.NUMBER_TAKEN)),
    )
    with registry.reading() as connection:
        asked_again = set(connection.execute(twins).scalars())
    return {
        row_id: Decision(Choice.TINJAU if row_id in asked_again else Choice.TERIMA, kode=kode)
        for row_id, kode in chosen.items()
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


@dataclass(frozen=True)
class Result:
    """Which KIM the accepted rows of a batch that wait are about: several rows may be one KIM.

    Attributes
    ----------
    new, known
        KIM that they make, and KIM of the registry that they change or confirm.
    """

    new: int
    known: int


def result_of(registry: Registry, batch_id: int) -> Result:
    """Return how many KIM come of the accepted rows of a batch that wait to be committed."""
    target = staged_row.alias()
    kim = func.coalesce(staged_row.c.merge_kim, target.c.kim_id)
    is_new = staged_row.c.merge_kim.is_(None) & staged_row.c.merge_row.is_(None)
    counted = (
        select(func.count(case((is_new, 1))), func.count(distinct(kim)))
        .select_from(staged_row)
        .outerjoin(target, target.c.id == staged_row.c.merge_row)
        .where(
            staged_row.c.batch_id == batch_id,
            staged_row.c.outcome == "diterima",
            staged_row.c.revision_id.is_(None),
        )
    )
    with registry.reading() as connection:
        return Result(*connection.execute(counted).one())


def waiting_rows(queue: Queue) -> list[ColumnElement[bool]]:
    """Return what holds of the staged rows in a queue."""
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

"""Cells of columns that nobody recognised: kept no longer than somebody may need them.

What a column holds that has no meaning to us may be anything, a person's number included. A row in
the registry goes without; one that is not in it keeps its cells for a time, so that it can be
handed back to the sender as it came.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, update

from geodata.registry.database.relations import batch, personal, staged_row
from geodata.registry.database.versions import Values
from geodata.registry.staging import PERSONAL_FIELDS, Staged


def recognised_columns(staged: Staged) -> list[str]:
    """Return the headers and personal fields whose cells are kept."""
    return sorted({*staged.mapping, *PERSONAL_FIELDS})


def leave_out(
    rows: Sequence[Values], fields: list[dict[str, str]], recognised: Collection[str] | None
) -> None:
    """Take the other cells, in place, out of accepted rows of ``staged_row`` and their fields.

    Parameters
    ----------
    recognised
        Headers and personal fields; ``None`` to keep all.
    """
    if recognised is None:
        return
    for position, row in enumerate(rows):
        if row["outcome"] == "diterima":
            row["raw"] = _only(row["raw"], recognised)
            fields[position] = _only(fields[position], recognised)


def _only(cells: Mapping[str, str], recognised: Collection[str]) -> dict[str, str]:
    return {header: cell for header, cell in cells.items() if header in recognised}


def leave_out_of_committed(connection: Connection, batch_id: int, number: int) -> None:
    """Take cells of columns nobody recognised out of the rows that a person has let in."""
    kept = connection.execute(select(batch.c.recognised).where(batch.c.id == batch_id)).scalar()
    if kept is None:
        return
    rows = connection.execute(
        select(staged_row.c.id, staged_row.c.raw, personal.c.fields)
        .outerjoin(personal, personal.c.staged_row_id == staged_row.c.id)
        .where(staged_row.c.revision_id == number, staged_row.c.decided_by != "")
    )
    cells, apart = [], []
    for row_id, raw, fields in rows:
        if raw.keys() - set(kept):
            cells.append({"row": row_id, "new": _only(raw, kept)})
        if fields and fields.keys() - set(kept):
            apart.append({"row": row_id, "new": _only(fields, kept)})
    for own, column, new in (
        (staged_row.c.id, staged_row.c.raw, cells),
        (personal.c.staged_row_id, personal.c.fields, apart),
    ):
        if new:
            given = {column.name: bindparam("new", type_=column.type)}
            to_row = update(column.table).where(own == bindparam("row")).values(given)
            connection.execute(to_row, new)

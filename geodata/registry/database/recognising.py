"""Recognises, as a file is staged, the rows that are about a KIM the registry has already."""

from typing import Any

from sqlalchemy import Connection

from geodata.registry.database.states import Choice
from geodata.registry.database.versions import Values, given, read_current, read_personal
from geodata.registry.staging import VALUES

TWIN = "kembar"
"""Reason of a row that a reader of files has found to be like another."""
NUMBER_TAKEN = "nomor_dipakai"
"""Reason of a row whose nomor_induk a KIM of the registry has, and which says something else."""


def recognise(
    connection: Connection, rows: list[Values], personal: list[dict[str, str]], *, update: bool
) -> None:
    """Mark, in place, those of ``rows`` that say the same as a KIM, and those that would change it.

    Parameters
    ----------
    rows
        Rows of the table ``staged_row``.
    personal
        Their personal fields that are not empty.
    update
        Let a row with the nomor_induk of a KIM change that KIM without review.
    """
    current = read_current(connection)
    if not current:
        return
    of_kim = read_personal(connection)
    by_number = {one["nomor_induk"]: kim_id for kim_id, one in current.items()}
    for row, fields in zip(rows, personal, strict=True):
        if row["outcome"] == "ditolak" or not set(row["alasan"]) <= {TWIN}:
            continue
        known = by_number.get(row["nomor_induk"]) if row["nomor_induk"] else None
        kim_id = known or _only_twin(row)
        if kim_id not in current:
            continue
        says_the_same = not changes(row, current[kim_id]) and not (
            fields.items() - of_kim.get(kim_id, {}).items()
        )
        if (says_the_same and row["nama_kim"] and row["kode_wilayah"]) or (known and update):
            row |= {"outcome": "diterima", "alasan": []}
            row |= {"decision": Choice.GABUNG, "merge_kim": kim_id}
        elif known and row["outcome"] == "diterima":
            row["outcome"] = "ditinjau"
            add_twin(row, known)


def changes(row: Values, kim: Values) -> Values:
    """Return what ``row`` says otherwise than ``kim``; its empty cells say nothing."""
    said = given({name: row[name] for name in VALUES})
    return {name: value for name, value in said.items() if value != kim[name]}


def add_twin(row: dict[str, Any], kim_id: int) -> None:
    """Note on a row that a KIM of the registry has its nomor_induk."""
    row["alasan"] = [*row["alasan"], NUMBER_TAKEN]
    if not any(twin["with"] == kim_id for twin in row["kembar"]):
        row["kembar"] = [*row["kembar"], {"with": kim_id, "why": "nomor_induk"}]


def _only_twin(row: Values) -> int | None:
    twins = {twin["with"] for twin in row["kembar"] if isinstance(twin["with"], int)}
    return twins.pop() if len(twins) == 1 else None

"""What operators decided before and is used again: columns of a sender's files, names of places."""

from collections.abc import Iterable, Mapping

import pandas as pd
from sqlalchemy import Connection, delete, insert, or_, select

from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import alias, batch, column_mapping, staged_row
from geodata.registry.database.versions import Values, last_id, now
from geodata.registry.intake.sheets.headers import guess, personal_fields
from geodata.registry.staging import PLACE_WRITTEN, PlaceKey, place_key

_KEY = [alias.c[name] for name in PLACE_WRITTEN]


def remember_columns(connection: Connection, sender: str, mapping: Mapping[str, str]) -> None:
    """Keep header -> column for the next file of ``sender``, unless nobody is named."""
    if not (sender and mapping):
        return
    said = (column_mapping.c.sender == sender) & column_mapping.c.header.in_(list(mapping))
    connection.execute(delete(column_mapping).where(said))
    entries = [
        {"sender": sender, "header": header, "column": column, "at": now()}
        for header, column in mapping.items()
    ]
    connection.execute(insert(column_mapping), entries)


def mapping_of(registry: Registry, sender: str) -> dict[str, str]:
    """Return header -> column as it was last used for a file of ``sender``; {} if never.

    Anybody may name any sender: a header that tells of a person is never remembered as something
    that is published. Whoever means that says so each time.
    """
    with registry.reading() as connection:
        columns = select(column_mapping.c.header, column_mapping.c.column)
        rows = connection.execute(columns.where(column_mapping.c.sender == sender)).all()
    kept_apart = ("", *personal_fields())
    return {
        header: column for header, column in rows if column in kept_apart or not guess(header)[2]
    }


def remember_places(connection: Connection, chosen: Iterable[Values], who: str) -> None:
    """Keep which desa a person chose for a place as written.

    Parameters
    ----------
    chosen
        For each row: its id, :data:`~geodata.registry.staging.PLACE_WRITTEN`, kode and sender.
        A desa written without a kecamatan or kabupaten/kota may be any of many: it is not kept.
    """
    first = last_id(connection, alias) + 1
    kept = [row for row in chosen if row["desa"] and (row["kecamatan"] or row["kabupaten_kota"])]
    entries = [
        {
            "id": number,
            **dict(zip(PLACE_WRITTEN, place_key(*(row[n] for n in PLACE_WRITTEN)), strict=True)),
            "kode": row["kode"],
            "sender": row["sender"],
            "who": who,
            "at": now(),
            "staged_row_id": row["id"],
        }
        for number, row in enumerate(kept, start=first)
    ]
    if entries:
        connection.execute(insert(alias), entries)


def aliases_for(registry: Registry, sender: str, region: str | None = None) -> dict[PlaceKey, str]:
    """Return which desa each place means in a file of ``sender``, by the last decision on it.

    A place written with its kabupaten/kota means the same to everybody; one written without it is
    only known from the sender's own files. What was decided in a batch of a region counts for the
    batches of that region (a code; ``None`` is Indonesia): elsewhere others decide.
    """
    wanted = select(*_KEY, alias.c.kode).order_by(alias.c.id)
    wanted = wanted.where(or_(alias.c.kabupaten_kota != "", alias.c.sender == sender))
    of_row = wanted.join(staged_row, staged_row.c.id == alias.c.staged_row_id)
    of_batch = of_row.join(batch, batch.c.id == staged_row.c.batch_id)
    wanted = of_batch.where(or_(batch.c.region.is_(None), batch.c.region == region))
    with registry.reading() as connection:
        return {tuple(row[:4]): row[4] for row in connection.execute(wanted)}


def list_aliases(registry: Registry) -> pd.DataFrame:
    """Return all decisions on places: the place, kode, sender, who and when, from which row.

    Returns
    -------
    DataFrame in the order they were made, with the columns of
    :data:`~geodata.registry.staging.PLACE_WRITTEN`, kode, sender, who, at, file_name, sheet, line,
    and batch_id.
    """
    wanted = (
        select(
            *_KEY,
            *(alias.c[name] for name in ("kode", "sender", "who", "at")),
            batch.c.file_name,
            staged_row.c.sheet,
            staged_row.c.line,
            staged_row.c.batch_id,
        )
        .join(staged_row, staged_row.c.id == alias.c.staged_row_id)
        .join(batch, batch.c.id == staged_row.c.batch_id)
        .order_by(alias.c.id)
    )
    with registry.reading() as connection:
        result = connection.execute(wanted)
        return pd.DataFrame(result.all(), columns=list(result.keys()))

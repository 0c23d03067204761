"""Tables that leave the database: rejected rows to be mended, KIM to compare new rows with."""

import pandas as pd
from sqlalchemy import select

from geodata.registry.database.batches import find_batch, read_staged_rows
from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import kim_version
from geodata.registry.database.versions import versions_in_force
from geodata.registry.staging import EXISTING_COLUMNS, Outcome
from geodata.text import text


def rows_to_mend(
    registry: Registry, batch_id: int, lang: str, outcome: Outcome = "ditolak"
) -> pd.DataFrame:
    """Return rows of a batch as they stood in the file, with why they did not go in.

    Personal data are left out; they stay in the sender's own file.

    Returns
    -------
    DataFrame of text in the file's order: sheet, line, alasan (in words), and a column for each
    header of the file.

    Raises
    ------
    RegistryError
        If there is no such batch.
    """
    find_batch(registry, batch_id)
    rows = read_staged_rows(registry, batch_id, outcome)
    table = rows[["sheet", "line"]].copy()
    table["alasan"] = [
        "; ".join([*(text(f"registry.reason.{key}", lang) for key in keys), *filter(None, [said])])
        for keys, said in zip(rows["alasan"], rows["reason"], strict=True)
    ]
    cells = pd.DataFrame(rows["raw"].tolist(), index=rows.index, dtype=object).fillna("")
    cells = cells.rename(columns={name: f"{name} (2)" for name in table.columns})
    return table.join(cells).reset_index(drop=True)


def existing_kim(registry: Registry) -> pd.DataFrame:
    """Return the KIM in force, to compare the rows of a file with: ``EXISTING_COLUMNS``."""
    wanted = select(*(kim_version.c[name] for name in EXISTING_COLUMNS))
    wanted = wanted.where(kim_version.c.id.in_(versions_in_force()))
    with registry.reading() as connection:
        rows = connection.execute(wanted.order_by(kim_version.c.kim_id)).all()
    return pd.DataFrame(rows, columns=list(EXISTING_COLUMNS))

"""Tables that leave the database: rejected rows to be mended, KIM to compare new rows with."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import find_batch, read_staged_rows
from geodata.registry.database.connection import Registry
from geodata.registry.database.memory import mapping_of
from geodata.registry.database.versions import kim_to_compare
from geodata.registry.intake.sheets.headers import fields_of, header_in_template
from geodata.registry.own_region import reason_in_words
from geodata.registry.staging import PLACE_WRITTEN, Outcome

_OWN = ["sheet", "line", "alasan"]
_NEEDED = ("nama_kim", "kabupaten_kota", "kecamatan", "desa")  # for a row to go in


def rows_to_mend(
    registry: Registry, batch_id: int, lang: str, outcome: Outcome = "ditolak"
) -> pd.DataFrame:
    """Return rows of a batch as they stood in the file, with why they did not go in.

    The table can be mended and imported: it has all columns of the file, also those that are empty,
    and one for the name of the KIM and for each part of its place where the file has none. A region
    that the file names in a title or in a row above stands in the row itself.

    Personal data are left out, their columns empty; they stay in the sender's own file.

    Returns
    -------
    DataFrame of text in the file's order: sheet, line, alasan (in words), and a column for each
    header of the file.

    Raises
    ------
    RegistryError
        If there is no such batch.
    """
    batch = find_batch(registry, batch_id)
    rows = read_staged_rows(registry, batch_id, outcome)
    table = rows[["sheet", "line"]].copy()
    gazetteer = load_gazetteer()
    table["alasan"] = [
        "; ".join(
            [
                *(reason_in_words(key, lang, code, batch.region, gazetteer) for key in keys),
                *filter(None, [said]),
            ]
        )
        for keys, said, code in zip(
            rows["alasan"], rows["reason"], rows["kode_wilayah"], strict=True
        )
    ]
    cells = pd.DataFrame(rows["raw"].tolist(), index=rows.index, dtype=object).fillna("")
    if set(_OWN) <= set(cells):  # the file was such a table itself
        cells = cells.drop(columns=_OWN)
    if len(cells.columns):
        fields = fields_of(cells.columns, mapping_of(registry, batch.sender))
        cells = _with_what_is_needed(cells, rows, fields)
    cells = cells.rename(columns={name: f"{name} (2)" for name in _OWN})
    return table.join(cells).reset_index(drop=True)


def _with_what_is_needed(
    cells: pd.DataFrame, rows: pd.DataFrame, fields: Mapping[str, str]
) -> pd.DataFrame:
    """Return cells with what is known of name and place, and a column for what is not.

    ``fields`` are the headers of ``cells`` by field.
    """
    known = {}
    for name in ("nama_kim", *PLACE_WRITTEN):
        said = rows[name]
        if name in fields:
            header = fields[name]
            known[header] = cells[header].where(cells[header] != "", said)
        elif name in _NEEDED or said.any():
            known.setdefault(header_in_template(name), said)
    return cells.assign(**known)


def existing_kim(registry: Registry) -> Iterator[dict[str, Any]]:
    """Yield the KIM in force, to compare the rows of a file with: ``EXISTING_COLUMNS`` of each."""
    with registry.reading() as connection:
        yield from kim_to_compare(connection)

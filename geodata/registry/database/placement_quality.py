"""How sure the place of each KIM is, and what its row lacks: for the page on the data's quality."""

from functools import lru_cache

import pandas as pd
from sqlalchemy import func, select

from geodata.registry.database.connection import Registry, again_if_cut
from geodata.registry.database.history import version_key
from geodata.registry.database.relations import DATES, batch, kim_version, staged_row
from geodata.registry.database.states import State
from geodata.registry.database.versions import versions_in_force

EXPECTED = ("nomor_induk", "bidang", "tanggal_terdaftar", "tanggal_diperbarui", "domain")
"""Columns that a well-kept row fills beside its name, desa and status."""

_SHARED = ("nama_kim", "kode_wilayah", "metode", "skor", "lat", "lng", *EXPECTED)
_COLUMNS = ("kim_id", "batch_id", "row_id", "outcome", *_SHARED)


@again_if_cut
def latest_quality(registry: Registry) -> pd.DataFrame:
    """Return :func:`placement_quality` as it stands, read again only when something has changed."""
    return _kept(registry, quality_version(registry))


def quality_version(registry: Registry) -> tuple:
    """Return what changes whenever :func:`placement_quality` does."""
    decided = select(func.count(), func.max(staged_row.c.decided_at)).where(
        staged_row.c.decision != ""
    )
    with registry.reading() as connection:
        decisions = tuple(connection.execute(decided).one())
    return version_key(registry), decisions


@lru_cache(maxsize=1)
def _kept(registry: Registry, _version: tuple) -> pd.DataFrame:
    return placement_quality(registry)


def placement_quality(registry: Registry) -> pd.DataFrame:
    """Return how each KIM in force was placed, and the rows that could not be brought in.

    Returns
    -------
    DataFrame, a row each, of

    kim_id
        Integer; missing for a row in review or rejected, of a batch that is in the registry.
    batch_id, row_id
        The batch and its row, which the version in force came from.
    outcome
        ``diterima`` for a KIM, else ``ditinjau`` or ``ditolak``.
    nama_kim, kode_wilayah
        Text; for a row without a desa that of its best candidate, else "".
    metode, skor
        As in ``staging``, or ``pilihan`` where a person chose; skor 0 to 1 or NaN.
    lat, lng
        EPSG:4326 degrees, NaN if the row gives none.
    :data:`EXPECTED`
        Text, "" where missing; days as datetime64.
    missing
        Those of :data:`EXPECTED` that are empty, joined by ";".
    """
    kim = select(
        kim_version.c.kim_id,
        staged_row.c.batch_id,
        staged_row.c.id.label("row_id"),
        *(kim_version.c[name] for name in _SHARED),
    ).join(staged_row, staged_row.c.id == kim_version.c.staged_row_id)
    outside = (
        select(
            staged_row.c.batch_id,
            staged_row.c.id.label("row_id"),
            staged_row.c.outcome,
            staged_row.c.kandidat,
            *(staged_row.c[name] for name in _SHARED),
        )
        .join(batch, batch.c.id == staged_row.c.batch_id)
        .where(staged_row.c.outcome != "diterima", batch.c.state == State.MASUK)
        .order_by(staged_row.c.id)
    )
    with registry.reading() as connection:
        result = connection.execute(
            kim.where(kim_version.c.id.in_(versions_in_force())).order_by(kim_version.c.kim_id)
        )
        inside = [row._asdict() | {"outcome": "diterima"} for row in result]
        waiting = [row._asdict() for row in connection.execute(outside)]
    for row in waiting:
        best = row.pop("kandidat")[:1]
        row["kode_wilayah"] = row["kode_wilayah"] or (best[0]["kode"] if best else "")
    table = pd.DataFrame(inside + waiting, columns=list(_COLUMNS))
    table = table.astype({"kim_id": "Int64", "skor": float, "lat": float, "lng": float})
    for name in DATES:
        table[name] = pd.to_datetime(table[name])
    empty = {name: table[name].isna() | (table[name] == "") for name in EXPECTED}
    lacks = [";".join(n for n, lacking in zip(EXPECTED, empties, strict=True) if lacking)
             for empties in zip(*empty.values(), strict=True)]  # fmt: skip
    return table.assign(missing=lacks)

"""The registry at one of its versions, as a snapshot; and how each KIM was placed."""

import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.provenance import Sidecar, Source
from geodata.registry.database.connection import Registry
from geodata.registry.database.data_day import data_day
from geodata.registry.database.history import version_key
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, erasure, kim_version, revision
from geodata.registry.database.relations import registry as this_registry
from geodata.registry.database.reported import unreported_at
from geodata.registry.database.versions import last_commits, versions_in_force
from geodata.registry.personal import without_personal
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import Snapshot
from geodata.text import LANGUAGES, text

_reading = threading.Lock()


def latest_snapshot(registry: Registry) -> Snapshot | None:
    """Return the registry as it stands, read once a version; ``None`` if no batch is in it."""
    snapshot = snapshot_of_version(registry, version_key(registry), None)
    return snapshot if snapshot.sources[0].sources else None


def snapshot_of_version(
    registry: Registry, key: tuple[str, int, int], version: int | None
) -> Snapshot:
    """Return the registry at ``version`` (``None``: that of ``key``), read once.

    ``key`` is what ``history.version_key`` has just returned.
    """
    uuid, latest, erased = key
    with _reading:  # after an import all readers come at once: one reads, the others wait for it
        return _kept(registry, uuid, erased, latest if version is None else version)


# The version in use, that which other readers still look at, and some that are asked for by day.
@lru_cache(maxsize=5)
def _kept(registry: Registry, _uuid: str, _erased: int, version: int) -> Snapshot:
    return read_snapshot_at(registry, version, load_gazetteer())


def read_snapshot_at(registry: Registry, version: int, gazetteer: Gazetteer) -> Snapshot:
    """Return the registry as it was at ``version``, in the order in which its KIM came.

    Raises
    ------
    RegistryError
        If the registry has not come to that version yet.
    """
    columns = [kim_version.c[name] for name in ("kim_id", "tahap", *COLUMNS)]
    with registry.reading() as connection:
        made = connection.execute(select(revision.c.at).where(revision.c.id == version)).scalar()
        if made is None and version != 0:
            raise RegistryError("registry_no_version", version=version)
        rows = connection.execute(
            select(*columns)
            .where(kim_version.c.id.in_(versions_in_force(version)))
            .order_by(kim_version.c.kim_id)
        )
        # Column by column: of rows pandas asks each, slowly, what kind of row it is.
        kim_ids, tahap, *values = tuple(zip(*rows.all(), strict=True)) or ((),) * len(columns)
        table = typed_kim(dict(zip(COLUMNS, values, strict=True)))
        uuid, erased = connection.execute(
            select(
                this_registry.c.uuid,
                select(func.count()).where(erasure.c.published > 0).scalar_subquery(),
            )
        ).one()
        # Whoever keeps a version by its name must not go on showing what was erased from it.
        name = f"{uuid[:8]}-{version}" + (f".{erased}" if erased else "")
        day = data_day(connection, version)
        date = day.isoformat() if day else "1970-01-01"
        source = _provenance(connection, version, name, date, len(table))
        unreported = unreported_at(connection, version, gazetteer)
        came = select(func.coalesce(func.max(kim_version.c.kim_id), 0))
        last_kim = connection.execute(came.where(kim_version.c.revision_id <= version)).scalar_one()
    return Snapshot(
        table,
        gazetteer,
        name,
        date,
        illustrative=False,
        sources=(source,),
        unreported=unreported,
        kim_ids=kim_ids,
        tahap=tahap if any(tahap) else (),
        revision=version,
        last_kim=last_kim,
    )


def typed_kim(values: Mapping[str, Sequence]) -> pd.DataFrame:
    """Return the columns of a snapshot's KIM, of what the database has, in the types they have."""
    table = pd.DataFrame({name: np.array(column, object) for name, column in values.items()})
    for name, kind in COLUMNS.items():
        if kind == "date":
            table[name] = pd.to_datetime(table[name])
        else:
            table[name] = table[name].astype(kind)
    return table


def _provenance(connection: Connection, version: int, name: str, date: str, rows: int) -> Sidecar:
    """Say from which files the rows in force came, by sender."""
    result = connection.execute(
        select(batch.c.sender, batch.c.file_name, revision.c.as_of)
        .join(revision, revision.c.batch_id == batch.c.id)
        .where(revision.c.id.in_(last_commits(version)))
        .order_by(batch.c.sender, batch.c.id)
    )
    by_sender: dict[str, dict[str, str]] = {}
    for sender, file_name, day in result:
        named = without_personal(sender) or "–"
        by_sender.setdefault(named, {})[without_personal(file_name) or "–"] = day.isoformat()
    sources = [
        Source(sender, ", ".join(files), "registry import", "", max(files.values()))
        for sender, files in by_sender.items()
    ]
    said = {lang: text("registry.source", lang, version=version) for lang in LANGUAGES}
    made_by = "python -m geodata registry"
    return Sidecar(said, "", date, made_by, sources, [], rows, sha256=name)

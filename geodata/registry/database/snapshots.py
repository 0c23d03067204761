"""The registry at one of its versions, as a snapshot; and how each KIM was placed."""

import threading
from functools import lru_cache

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
    key = version_key(registry)
    with _reading:  # after an import all readers come at once: one reads, the others wait for it
        return _kept(registry, key)


@lru_cache(maxsize=2)  # the version in use, and the one that other readers still look at
def _kept(registry: Registry, key: tuple[str, int, int]) -> Snapshot | None:
    snapshot = read_snapshot_at(registry, key[1], load_gazetteer())
    return snapshot if snapshot.sources[0].sources else None


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
        table = pd.DataFrame(rows.all(), columns=["kim_id", "tahap", *COLUMNS], dtype=object)
        kim_ids, tahap = tuple(table.pop("kim_id")), tuple(table.pop("tahap"))
        table = _typed(table)
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
    )


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the columns the types that the sample's have."""
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

"""A KIM as somebody sees it who may change it: what is known of it, and at which version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.versions import (
    last_id,
    read_current,
    read_personal,
    versions_in_force,
)
from geodata.registry.snapshot import Snapshot
from geodata.registry.staging import VALUES
from geodata.search.search import search_of
from geodata.search.terms import KIM


@dataclass(frozen=True)
class Kim:
    """A KIM in force.

    Attributes
    ----------
    version
        The number of its version, which a change rests on.
    revision
        The version of the registry at which it was read.
    values
        :data:`~geodata.registry.staging.VALUES` as text, "" where empty.
    metode, skor
        How it was placed (``geodata.matching.candidate.Method``), and how surely: 0 to 1.
    personal
        What is known of persons, if it was asked for.
    """

    kim_id: int
    version: int
    revision: int
    values: Mapping[str, str]
    metode: str
    skor: float | None
    personal: Mapping[str, str] = field(default_factory=dict)

    @property
    def kode(self) -> str:
        """The code of its desa."""
        return self.values["kode_wilayah"]


def read_kim(registry: Registry, kim_id: int, *, with_personal: bool = False) -> Kim:
    """Return a KIM as it is now.

    Parameters
    ----------
    with_personal
        Read what is known of persons, too; for those who may, who are logged.

    Raises
    ------
    RegistryError
        If there is no such KIM in force.
    """
    with registry.reading() as connection:
        kim = kim_as_now(connection, [kim_id]).get(kim_id)
        if kim is None:
            raise RegistryError("registry_no_kim", kim=f"#{kim_id}")
        if not with_personal:
            return kim
        of_kim = read_personal(connection, [kim_id]).get(kim_id, {})
    return Kim(**{**kim.__dict__, "personal": of_kim})


def read_several(registry: Registry, kim_ids: Sequence[int]) -> list[Kim]:
    """Return those of ``kim_ids`` that are in force, in that order."""
    with registry.reading() as connection:
        known = kim_as_now(connection, kim_ids)
    return [known[kim_id] for kim_id in kim_ids if kim_id in known]


def kim_as_now(connection: Connection, kim_ids: Sequence[int]) -> dict[int, Kim]:
    """Return those of ``kim_ids`` that are in force, without what is known of persons."""
    at = last_id(connection, revision)
    versions = select(kim_version.c.id).where(
        kim_version.c.kim_id.in_(kim_ids), kim_version.c.id.in_(versions_in_force())
    )
    current = read_current(connection, connection.execute(versions).scalars().all())
    return {
        kim_id: Kim(
            kim_id,
            kim["id"],
            at,
            {name: as_text(kim[name]) for name in VALUES},
            kim["metode"],
            kim["skor"],
        )
        for kim_id, kim in current.items()
    }


def as_text(value: Any) -> str:
    """Return a value of the database as staged rows and forms write it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def find_kim_by_words(snapshot: Snapshot, words: str, limit: int) -> list[int]:
    """Return the kim_id of the KIM that the map's search finds by a few words, the likest first.

    Parameters
    ----------
    words
        Parts of the name, a nomor_induk, or names of the regions in which KIM are looked for.
    """
    hits = search_of(snapshot).find(f"{KIM} {words}", limit).hits
    return [snapshot.kim_ids[hit.row] for hit in hits if hit.row is not None]

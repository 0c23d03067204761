"""The targets of regions in the registry's database: the last one holds, the others are history."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from geodata.people.audit import Deed, record
from geodata.regions import is_within
from geodata.registry.database.connection import Registry, again_if_cut, registry_if_made
from geodata.registry.database.relations import target as table
from geodata.registry.database.versions import last_id, now
from geodata.targets.region_target import RegionTarget, TargetKind

Key = tuple[str, int, TargetKind]
"""Region, year and kind: of these one target holds."""


@dataclass(frozen=True)
class Entry:
    """A line of the history: what was set, by whom, when, and from which file.

    Attributes
    ----------
    value
        As of a ``RegionTarget``; ``None``: it was taken back.
    at
        ISO 8601 in UTC.
    file_name
        "" where it was typed in.
    """

    region: str
    year: int
    kind: TargetKind
    value: float | None
    who: str
    at: str
    file_name: str


def set_targets(
    registry: Registry, targets: Iterable[RegionTarget], *, who: str, file_name: str = ""
) -> int:
    """Set targets in one transaction, and return how many of them are others than before."""
    with registry.writing() as connection:
        wanted: dict[Key, float | None] = {_key(it): it.value for it in targets}
        return _write(connection, wanted, who, file_name)


def withdraw_target(registry: Registry, key: Key, *, who: str) -> int:
    """Take a target back, and return how many there were: 1, or 0."""
    with registry.writing() as connection:
        return _write(connection, {key: None}, who, "")


def load_targets(region: str | None = None) -> tuple[RegionTarget, ...]:
    """Return the targets in force of ``region`` and what is inside it, in order.

    Without a registry there are none.

    Parameters
    ----------
    region
        A code; ``None`` is Indonesia.
    """
    registry = registry_if_made()
    return () if registry is None else read_targets(registry, region)


def load_history(region: str | None = None) -> list[Entry]:
    """Return all that was ever set for ``region`` and what is inside it, the latest first."""
    registry = registry_if_made()
    return [] if registry is None else target_history(registry, region)


@again_if_cut
def read_targets(registry: Registry, region: str | None = None) -> tuple[RegionTarget, ...]:
    """Return the same as :func:`load_targets` of a registry."""
    with registry.reading() as connection:
        held = _in_force(connection)
    return tuple(
        sorted(
            RegionTarget(*key, value)
            for key, value in held.items()
            if value is not None and is_within(key[0], region)
        )
    )


@again_if_cut
def target_history(registry: Registry, region: str | None = None) -> list[Entry]:
    """Return the same as :func:`load_history` of a registry."""
    columns = [column for column in table.c if column.name != "id"]
    with registry.reading() as connection:
        rows = connection.execute(select(*columns).order_by(table.c.id.desc())).all()
    entries = (Entry(**row._asdict() | {"kind": TargetKind(row.kind)}) for row in rows)
    return [entry for entry in entries if is_within(entry.region, region)]


def _key(target: RegionTarget) -> Key:
    return target.region, target.year, target.kind


def _in_force(connection: Connection) -> dict[Key, float | None]:
    last = select(func.max(table.c.id)).group_by(table.c.region, table.c.year, table.c.kind)
    names = (table.c.region, table.c.year, table.c.kind, table.c.value)
    rows = connection.execute(select(*names).where(table.c.id.in_(last)))
    return {(region, year, TargetKind(kind)): value for region, year, kind, value in rows}


def _write(
    connection: Connection, wanted: dict[Key, float | None], who: str, file_name: str
) -> int:
    held = _in_force(connection)
    changed = {key: value for key, value in wanted.items() if held.get(key) != value}
    first, at = last_id(connection, table) + 1, now()
    rows = [
        {"id": number, "region": region, "year": year, "kind": kind, "value": value}
        | {"who": who, "at": at, "file_name": file_name}
        for number, ((region, year, kind), value) in enumerate(changed.items(), start=first)
    ]
    if rows:
        connection.execute(insert(table), rows)
    for (region, year, kind), value in changed.items():
        old, new = (_said(year, kind, it) for it in (held.get((region, year, kind)), value))
        record(connection, Deed.SASARAN, who=who, region=region or None, old=old, new=new)
    return len(changed)


def _said(year: int, kind: TargetKind, value: float | None) -> dict[str, object]:
    """Return what the log says of a target; nothing of none."""
    if value is None:
        return {}
    return {"tahun": year, "sasaran_untuk": str(kind), "nilai_sasaran": kind.written(value)}

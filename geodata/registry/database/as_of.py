"""The registry as of a day: the version that was in force when the day was over."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from sqlalchemy import func, select

from geodata.days import day_is_over, office_date
from geodata.registry.database.connection import Registry
from geodata.registry.database.history import version_key
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.snapshots import snapshot_of_version
from geodata.registry.database.versions import commits_in_force
from geodata.registry.snapshot import Snapshot, registered_by


def snapshot_as_of(registry: Registry, day: date, region: str | None = None) -> Snapshot:
    """Return the registry as it stood at the end of ``day``, its version read once.

    Parameters
    ----------
    region
        Whose midnight ends the day (``geodata.days.ZONES``); ``None``: the office's, WIB.

    Returns
    -------
    The version that was in force then. Where there was none yet, the KIM that were registered by
    ``day`` according to the oldest version of which something still holds; the others of it, whose
    day nobody knows, are its ``undated``.
    """
    key = version_key(registry)
    then = select(func.max(revision.c.id)).where(revision.c.at < day_is_over(day, region))
    oldest = select(func.min(kim_version.c.revision_id)).where(
        kim_version.c.revision_id.in_(commits_in_force(key[1]))
    )
    with registry.reading() as connection:
        version = connection.execute(then).scalar()
        if version is None:
            first = connection.execute(oldest).scalar() or 0
            return _registered_by(snapshot_of_version(registry, key, first), day)
    return _at_the_end_of(snapshot_of_version(registry, key, version), day)


def first_version_day(registry: Registry) -> date:
    """Return the office's day of the first version of a registry that has one."""
    with registry.reading() as connection:
        return office_date(connection.execute(select(func.min(revision.c.at))).scalar_one())


@lru_cache(maxsize=8)
def _registered_by(oldest: Snapshot, day: date) -> Snapshot:
    return registered_by(oldest, day)


@lru_cache(maxsize=8)
def _at_the_end_of(snapshot: Snapshot, day: date) -> Snapshot:
    then = day.isoformat()
    return replace(snapshot, version=f"{snapshot.version}-{then}", as_of=then)

"""What happened to the KIM of a region, version by version: for whoever follows it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from geodata.registry.database.connection import Registry, again_if_cut
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.relations import registry as this_registry
from geodata.registry.database.states import Action

_BEFORE = kim_version.alias("before")
"""The version that another one replaces."""


@dataclass(frozen=True)
class RegionVersion:
    """A version of the registry that changed KIM of a region.

    Attributes
    ----------
    version
        Its number.
    action
        ``masuk``: KIM came in or were changed; ``batal``, ``ulang``: that was undone, or put back.
    at
        When, ISO 8601 in UTC.
    baru, diperbarui
        KIM that it made, and those that it changed, in the region or out of it. Of an undo those
        that the commits of its batch had made or changed.
    """

    version: int
    action: Action
    at: str
    baru: int
    diperbarui: int


@again_if_cut
def region_history(
    registry: Registry, region: str | None, most: int, since: int | None = None
) -> tuple[str, list[RegionVersion]]:
    """Return which registry this is, and its last versions that changed KIM of a region.

    Parameters
    ----------
    region
        A code; ``None`` is Indonesia.
    most
        How many versions; the latest come first.
    since
        The number of a version: those after it, of which the earliest come first.
    """
    with registry.reading() as connection:
        uuid = connection.execute(select(this_registry.c.uuid)).scalar_one()
        asked = connection, region, most, since
        versions = _changing(*asked) + _toggling(*asked)
    latest_first = since is None
    return uuid, sorted(versions, key=lambda it: it.version, reverse=latest_first)[:most]


def _changing(
    connection: Connection, region: str | None, most: int, since: int | None
) -> list[RegionVersion]:
    """Return the commits that made or changed KIM of a region."""
    is_new, touched = _touched(region)
    made = (
        select(revision.c.id, revision.c.action, revision.c.at, *is_new)
        .join(kim_version, kim_version.c.revision_id == revision.c.id)
        .outerjoin(_BEFORE, _BEFORE.c.id == kim_version.c.replaces)
        .where(touched)
        .group_by(revision.c.id, revision.c.action, revision.c.at)
    )
    return _read(connection, made, most, since)


def _toggling(
    connection: Connection, region: str | None, most: int, since: int | None
) -> list[RegionVersion]:
    """Return the undos and redos of batches that had made or changed KIM of a region."""
    is_new, touched = _touched(region)
    commits = revision.alias("commits")
    turned = (
        select(revision.c.id, revision.c.action, revision.c.at, *is_new)
        .join(commits, commits.c.batch_id == revision.c.batch_id)
        .join(kim_version, kim_version.c.revision_id == commits.c.id)
        .outerjoin(_BEFORE, _BEFORE.c.id == kim_version.c.replaces)
        .where(touched, revision.c.action != Action.MASUK, commits.c.id < revision.c.id)
        .group_by(revision.c.id, revision.c.action, revision.c.at)
    )
    return _read(connection, turned, most, since)


def _touched(
    region: str | None,
) -> tuple[tuple[ColumnElement[int], ColumnElement[int]], ColumnElement[bool]]:
    """Return how new and changed KIM are counted, and which versions are of the region."""
    new = func.count(func.distinct(case((kim_version.c.replaces.is_(None), kim_version.c.kim_id))))
    all_kim = func.count(func.distinct(kim_version.c.kim_id))
    inside = (region or "") + "%"
    touched = or_(kim_version.c.kode_wilayah.like(inside), _BEFORE.c.kode_wilayah.like(inside))
    return (new.label("baru"), all_kim.label("semua")), touched


def _read(
    connection: Connection, wanted: Select, most: int, since: int | None
) -> list[RegionVersion]:
    if since is None:
        wanted = wanted.order_by(revision.c.id.desc())
    else:
        wanted = wanted.where(revision.c.id > since).order_by(revision.c.id)
    return [
        RegionVersion(row.id, Action(row.action), row.at, row.baru, row.semua - row.baru)
        for row in connection.execute(wanted.limit(most))
    ]

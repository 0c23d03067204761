"""Who has reported: the kabupaten/kota whose list of KIM is in the registry.

A commit reports for the kabupaten/kota that its rows lie in, and for those of the regions that it
is said to cover: a kabupaten's list may hold none, and a national one does not name who has none.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, func, select

from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.regions import Level, level_of, parent
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import kim_version, revision, staged_row
from geodata.registry.database.states import Action
from geodata.registry.database.versions import commits_in_force, last_commits
from geodata.registry.own_region import require_inside

Covers = tuple[str | None, ...]
"""Codes of provinsi and kabupaten/kota; ``None`` is Indonesia."""

_SIZE = Level.KABUPATEN_KOTA.code_length


def unreported_at(connection: Connection, version: int, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the codes of the kabupaten/kota that have not reported by ``version``."""
    in_force = commits_in_force(version)
    named = connection.execute(
        select(func.substr(kim_version.c.kode_wilayah, 1, _SIZE))
        .where(kim_version.c.revision_id.in_(in_force))
        .distinct()
    )
    said = connection.execute(
        select(revision.c.covers).where(revision.c.id.in_(last_commits(version)))
    )
    covers = [code for covers in said.scalars() for code in covers or ()]
    codes = gazetteer.codes(Level.KABUPATEN_KOTA).tolist()
    return frozenset(codes) - reported_by(named.scalars(), covers, gazetteer)


def reported_by(
    named: Iterable[str], covers: Iterable[str | None], gazetteer: Gazetteer
) -> set[str]:
    """Return the kabupaten/kota that lists report for: those ``named``, and those in ``covers``."""
    regions = tuple(code or "" for code in covers)
    codes = gazetteer.codes(Level.KABUPATEN_KOTA).tolist()
    return {*named, *(code for code in codes if code.startswith(regions))}


def covers_of(connection: Connection, batches: Sequence[int]) -> dict[int, Covers]:
    """Return what the last commit of each batch was said to cover besides where its rows lie."""
    last = (
        select(func.max(revision.c.id))
        .where(revision.c.batch_id.in_(batches), revision.c.action == Action.MASUK)
        .group_by(revision.c.batch_id)
    )
    said = select(revision.c.batch_id, revision.c.covers).where(revision.c.id.in_(last))
    return {batch_id: tuple(covers or ()) for batch_id, covers in connection.execute(said)}


def checked(covers: Collection[str | None], region: str | None) -> Covers:
    """Return ``covers``, each once, in the order of their codes.

    Raises
    ------
    RegistryError
        If one is no provinsi or kabupaten/kota, or not all of it lies in ``region``.
    """
    for code in filter(None, covers):
        if code not in load_gazetteer() or level_of(code).is_below(Level.KABUPATEN_KOTA):
            raise RegistryError("registry_covers", value=code)
    require_inside(covers, region)
    return tuple(sorted(set(covers), key=lambda code: code or ""))


def kabupaten_of_batch(registry: Registry, batch_id: int) -> list[str]:
    """Return the codes of the kabupaten/kota that the accepted rows of a batch lie in."""
    code = func.substr(staged_row.c.kode_wilayah, 1, _SIZE)
    rows = (
        select(code)
        .where(staged_row.c.batch_id == batch_id, staged_row.c.outcome == "diterima")
        .distinct()
        .order_by(code)
    )
    with registry.reading() as connection:
        return list(connection.execute(rows).scalars())


def doubtful_scope(kabupaten: Sequence[str], gazetteer: Gazetteer) -> list[str]:
    """Return the provinsi of which a list names most kabupaten/kota, but not all.

    Such a list may be that of the whole provinsi, the others having no KIM: somebody has to say so.
    """
    named = Counter(parent(code) for code in kabupaten)
    return [
        code
        for code, count in named.items()
        if code is not None and count < len(reported_by([], [code], gazetteer)) < 2 * count
    ]

"""Four eyes: a KIM is verified by somebody else than who registered it.

A verification says that the name and the desa of a KIM are right. It is worth nothing from whoever
wrote them: that is who registered the KIM or handed it in again, and who has changed its name or
desa since.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from geodata.people.rights import Person, Role
from geodata.registry.by_hand.kim import Kim
from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.versions import commits_in_force
from geodata.registry.schema import REGISTERED
from geodata.registry.steps import is_another

_READ = ("kim_id", "nama_kim", "kode_wilayah", "tahap")


def own_work(registry: Registry, several: Sequence[Kim], person: Person) -> list[Kim]:
    """Return those of ``several`` that somebody may not verify, since it is their own work.

    Of whoever sits at the machine, where nobody signs in, none: there is nobody else.
    """
    if person.role is Role.OPERATOR:
        return []
    versions = (
        select(*(kim_version.c[name] for name in _READ), revision.c.who)
        .join(revision, revision.c.id == kim_version.c.revision_id)
        .where(
            kim_version.c.kim_id.in_([kim.kim_id for kim in several]),
            revision.c.id.in_(commits_in_force()),
        )
        .order_by(kim_version.c.id)
    )
    before: dict[int, dict[str, Any]] = {}
    by: dict[int, set[str]] = {}
    with registry.reading() as connection:
        for version in connection.execute(versions):
            row = version._asdict()
            kim_id, last = row["kim_id"], before.get(row["kim_id"])
            before[kim_id] = row
            if last is None or last["tahap"] != row["tahap"] == REGISTERED:
                by[kim_id] = {row["who"]}
            elif is_another(last, row):
                by[kim_id].add(row["who"])
    return [kim for kim in several if person.name in by.get(kim.kim_id, ())]

"""Contacts of the KIM in an area: for who may see them, and each look is logged."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import select

from geodata.people.audit import record_look
from geodata.people.rights import Person, Right
from geodata.regions import Level, ancestor
from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import kim_version
from geodata.registry.database.versions import id_parts, read_personal, versions_in_force
from geodata.registry.snapshot import Snapshot
from geodata.registry.staging import PERSONAL_FIELDS


def look(registry: Registry, snapshot: Snapshot, rows: Sequence[int], who: str) -> None:
    """Note that ``who`` looks at what is personal of KIM: a line for each kabupaten/kota."""
    codes = snapshot.kim["kode_wilayah"].iloc[list(rows)]
    for region in sorted({ancestor(code, Level.KABUPATEN_KOTA) for code in codes}):
        record_look(registry, who=who, region=region)


def contacts(
    registry: Registry, snapshot: Snapshot, rows: Sequence[int], person: Person
) -> pd.DataFrame:
    """Return what is known of persons of the KIM at ``rows``: nama_kim, desa, PERSONAL_FIELDS.

    KIM of which nothing is known are left out, and so are those that stand by now where ``person``
    may not see it.
    """
    of_kim = {snapshot.kim_ids[row]: row for row in rows}
    now = select(kim_version.c.kim_id, kim_version.c.kode_wilayah).where(
        kim_version.c.id.in_(versions_in_force())
    )
    persons: dict[int, dict[str, str]] = {}
    with registry.reading() as connection:
        for ids in id_parts(list(of_kim)):
            there = connection.execute(now.where(kim_version.c.kim_id.in_(ids)))
            own = [kim_id for kim_id, code in there if person.may(Right.PRIBADI, code)]
            persons |= read_personal(connection, own)
    names = snapshot.gazetteer.tables[Level.DESA]["nama"].array
    known = [(of_kim[kim_id], fields) for kim_id, fields in persons.items() if fields]
    known.sort(key=lambda entry: list(rows).index(entry[0]))
    return pd.DataFrame(
        [
            {
                "nama_kim": snapshot.kim["nama_kim"].iloc[row],
                "desa": names[snapshot.desa[row]],
                **{name: fields.get(name, "") for name in PERSONAL_FIELDS},
            }
            for row, fields in known
        ],
        columns=["nama_kim", "desa", *PERSONAL_FIELDS],
    )

"""Contacts of the KIM in an area: for who may see them, and each look is logged."""

from collections.abc import Sequence

import pandas as pd

from geodata.exports.personal_extract import persons_of
from geodata.people.audit import record_look
from geodata.people.rights import Person, Right
from geodata.regions import Level, ancestor
from geodata.registry.database.connection import Registry
from geodata.registry.snapshot import Snapshot
from geodata.registry.staging import PERSONAL_FIELDS


def of_whom_may_see(snapshot: Snapshot, rows: Sequence[int], person: Person) -> list[int]:
    """Return those of ``rows`` of a snapshot whose contacts ``person`` may see."""
    if snapshot.illustrative or not person.may_somewhere(Right.PRIBADI):
        return []
    codes = snapshot.kim["kode_wilayah"].array
    return [row for row in rows if person.may(Right.PRIBADI, codes[row])]


def look(registry: Registry, snapshot: Snapshot, rows: Sequence[int], who: str) -> None:
    """Note that ``who`` looks at what is personal of KIM: a line for each kabupaten/kota."""
    codes = snapshot.kim["kode_wilayah"].array
    for region in sorted({ancestor(codes[row], Level.KABUPATEN_KOTA) for row in rows}):
        record_look(registry, who=who, region=region)


def contacts(
    registry: Registry, snapshot: Snapshot, rows: Sequence[int], person: Person
) -> pd.DataFrame:
    """Return what is known of persons of the KIM at ``rows``: nama_kim, desa, PERSONAL_FIELDS.

    KIM of which nothing is known are left out, and so are those that stand by now where ``person``
    may not see it.
    """
    kim_ids = [snapshot.kim_ids[row] for row in rows]
    persons = persons_of(registry, kim_ids, lambda code: person.may(Right.PRIBADI, code))
    names, of_desa = snapshot.kim["nama_kim"].array, snapshot.gazetteer.tables[Level.DESA]["nama"]
    table = [
        {
            "nama_kim": names[row],
            "desa": of_desa.array[snapshot.desa[row]],
            **{name: persons[kim_id].get(name, "") for name in PERSONAL_FIELDS},
        }
        for row, kim_id in zip(rows, kim_ids, strict=True)
        if persons.get(kim_id)
    ]
    return pd.DataFrame(table, columns=["nama_kim", "desa", *PERSONAL_FIELDS])

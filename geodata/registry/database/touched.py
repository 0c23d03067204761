"""When each KIM was last touched: the day of the data of its version, or its tanggal_diperbarui."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, case, func, or_, select

from geodata.gazetteer import Gazetteer
from geodata.registry.database.connection import Registry, again_if_cut
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.versions import last_commits, versions_in_force

_LISTED = ("nomor_induk", "nama_kim", "kode_wilayah", "status", "tanggal_diperbarui")


def _in_force(*columns) -> Select:  # type: ignore[no-untyped-def]
    """Select of the KIM in force; ``_LAST`` has the day that the data of their version are of."""
    return (
        select(*columns)
        .join(revision, revision.c.id == kim_version.c.revision_id)
        .join(_LAST, _LAST.c.batch_id == revision.c.batch_id)
        .where(kim_version.c.id.in_(versions_in_force()))
    )


# What the last commit of a batch says of it holds for all that came in with it.
_LAST = (
    select(revision.c.batch_id, revision.c.as_of)
    .where(revision.c.id.in_(last_commits()))
    .subquery("last_commit")
)


def count_touched(
    connection: Connection, since: date, code_length: int
) -> dict[str, tuple[int, int]]:
    """Return by code how many KIM are in force, and how many of them were touched since a day.

    Parameters
    ----------
    code_length
        Of the codes of the level by which is counted.
    """
    code = func.substr(kim_version.c.kode_wilayah, 1, code_length)
    fresh = func.sum(case((_is_touched(since), 1), else_=0))
    counted = _in_force(code, func.count(), fresh).group_by(code)
    return {code: (kim, int(touched)) for code, kim, touched in connection.execute(counted)}


@again_if_cut
def untouched_by_region(
    registry: Registry, gazetteer: Gazetteer, region: str | None, since: date
) -> pd.DataFrame:
    """Return how many KIM of each part of a region nothing has touched since a day.

    Returns
    -------
    DataFrame, a row for each region next below ``region``, of kode, nama, kim, tak_tersentuh, and
    bagian_tak_tersentuh, their share of kim, 0 to 1; missing without KIM.
    """
    children = gazetteer.children(region)[["kode", "nama"]].reset_index(drop=True)
    size = len(str(children["kode"].iat[0]))
    with registry.reading() as connection:
        counts = count_touched(connection, since, size)
    kim, touched = zip(*(counts.get(code, (0, 0)) for code in children["kode"]), strict=True)
    table = children.assign(kim=kim, tak_tersentuh=np.subtract(kim, touched))
    return table.assign(bagian_tak_tersentuh=table["tak_tersentuh"] / table["kim"])


@again_if_cut
def untouched_kim(registry: Registry, region: str | None, since: date) -> pd.DataFrame:
    """Return the KIM of a region that nothing has touched since a day.

    Returns
    -------
    DataFrame of kim_id, nomor_induk, nama_kim, kode_wilayah, status, tanggal_diperbarui (NaT where
    the row has none) and tanggal_data (of the data that made the version), the longest first.
    """
    names = ("kim_id", *_LISTED)
    wanted = _in_force(*(kim_version.c[name] for name in names), _LAST.c.as_of)
    wanted = wanted.where(
        ~_is_touched(since), kim_version.c.kode_wilayah.like((region or "") + "%")
    ).order_by(_LAST.c.as_of, kim_version.c.kim_id)
    with registry.reading() as connection:
        rows: Iterable = connection.execute(wanted).all()
    table = pd.DataFrame(rows, columns=[*names, "tanggal_data"])
    for name in ("tanggal_diperbarui", "tanggal_data"):
        table[name] = pd.to_datetime(table[name])
    return table


def _is_touched(since: date):  # type: ignore[no-untyped-def]
    updated = func.coalesce(kim_version.c.tanggal_diperbarui, date.min)
    return or_(_LAST.c.as_of >= since, updated >= since)

"""How complete the columns of KIM were, day after day: by the versions that were in force."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Connection, case, cast, func, select
from sqlalchemy.types import Text

from geodata.days import day_is_over
from geodata.registry.database.connection import Registry, again_if_cut
from geodata.registry.database.placement_quality import EXPECTED
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.versions import versions_in_force


@again_if_cut
def completeness(registry: Registry, region: str | None, days: Sequence[date]) -> pd.DataFrame:
    """Return which share of the KIM of a region had each expected column filled.

    Parameters
    ----------
    region
        A code; ``None`` is Indonesia. A day is over when it is so there.

    Returns
    -------
    DataFrame, a row for each of ``days`` on which there was a version, of per_hari, kim (in force
    at its end) and, for each column of ``EXPECTED``, terisi_<column>, 0 to 1; missing without KIM.
    """
    rows, counted = [], dict[int, list[int]]()
    with registry.reading() as connection:
        for day in days:
            then = select(func.max(revision.c.id)).where(revision.c.at < day_is_over(day, region))
            version = connection.execute(then).scalar()
            if version is None:
                continue
            if version not in counted:
                counted[version] = _filled(connection, region, version)
            rows.append([day, *counted[version]])
    names = [f"terisi_{name}" for name in EXPECTED]
    table = pd.DataFrame(rows, columns=["per_hari", "kim", *names])
    table["per_hari"] = pd.to_datetime(table["per_hari"])
    table[names] = table[names].div(table["kim"].where(table["kim"] > 0), axis=0)
    return table


def _filled(connection: Connection, region: str | None, version: int) -> list[int]:
    """Return how many KIM were in force, and in how many of them each expected column is filled."""
    cells = (func.coalesce(cast(kim_version.c[name], Text), "") for name in EXPECTED)
    filled = (func.coalesce(func.sum(case((cell != "", 1), else_=0)), 0) for cell in cells)
    wanted = select(func.count(), *filled).where(
        kim_version.c.id.in_(versions_in_force(version)),
        kim_version.c.kode_wilayah.like((region or "") + "%"),
    )
    return [int(count) for count in connection.execute(wanted).one()]

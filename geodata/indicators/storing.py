"""Indicators in the registry's database: imports, each of which can be taken out and put back.

An import and its rows are never changed. It is in force unless its last change took it out.
"""

from dataclasses import asdict, dataclass
from functools import partial

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, insert, select

from geodata.gazetteer import Gazetteer
from geodata.indicators.figures import Given, in_order
from geodata.indicators.indicator import Indicator, IndicatorError
from geodata.indicators.reading import ROW_COLUMNS, Prepared
from geodata.indicators.shipped import KEYS
from geodata.packed import in_parts
from geodata.people.audit import Deed, record
from geodata.progress import Report
from geodata.regions import Level
from geodata.registry.database.bulk import insert_many
from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import (
    indicator_import,
    indicator_row,
    indicator_version,
)
from geodata.registry.database.relations import registry as this_registry
from geodata.registry.database.states import Action
from geodata.registry.database.versions import last_id, now


@dataclass(frozen=True)
class Import:
    """A file of an indicator that was brought in.

    Attributes
    ----------
    at
        When, ISO 8601 in UTC.
    rows, accepted
        Rows of the file, and how many of them give a value.
    in_force
        False since it was taken out.
    """

    id: int
    indicator: Indicator
    file_name: str
    who: str
    at: str
    rows: int
    accepted: int
    in_force: bool


def keep(
    registry: Registry, prepared: Prepared, *, who: str, progress: Report | None = None
) -> int:
    """Keep a file's rows, and let its values count; all or nothing.

    Returns
    -------
    The number of the import.

    Raises
    ------
    IndicatorError
        If no row gives a value, or an indicator of that key means something else by now.
    RegistryError
        If the database cannot be written.
    """
    if not prepared.accepted:
        raise IndicatorError("indicator_nothing", file=prepared.file_name)
    report = progress or (lambda *_: None)
    own = prepared.indicator
    with registry.writing() as connection:
        _require_alike(connection, own)
        number = last_id(connection, indicator_import) + 1
        entry = {"id": number, "key": own.key, "level": own.level, "year": own.year}
        entry |= {"about": asdict(own), "file_name": prepared.file_name}
        entry |= {"sha256": prepared.sha256, "who": who, "at": now()}
        entry |= {"rows": len(prepared.rows), "accepted": prepared.accepted}
        connection.execute(insert(indicator_import), entry)
        rows = enumerate(
            prepared.rows[list(ROW_COLUMNS)].itertuples(index=False, name=None), start=1
        )
        for part in in_parts(_row(number, place, row) for place, row in rows):
            insert_many(connection, indicator_row, part)
            report("Keeping", part[-1]["number"] / len(prepared.rows))
        _change(connection, Action.MASUK, number, own, prepared.accepted, who)
    return number


def take_out(registry: Registry, number: int, *, who: str) -> None:
    """Let the values of an import no longer count.

    Raises
    ------
    IndicatorError
        If there is no such import, it is out already, or the mean of another one that is in force
        is weighted by it.
    """
    _turn(registry, number, Action.BATAL, who)


def put_back(registry: Registry, number: int, *, who: str) -> None:
    """Let the values of an import that was taken out count again.

    Raises
    ------
    IndicatorError
        If there is no such import, it is not out, or an indicator of that key means something else
        by now.
    """
    _turn(registry, number, Action.ULANG, who)


def imports(registry: Registry) -> list[Import]:
    """Return all imports, the latest first."""
    with registry.reading() as connection:
        return _imports(connection)[::-1]


def find_import(registry: Registry, number: int) -> Import:
    """Return an import.

    Raises
    ------
    IndicatorError
        If there is none of that number.
    """
    with registry.reading() as connection:
        return _find(connection, number)


def rows_of(registry: Registry, number: int, *, rejected: bool = False) -> pd.DataFrame:
    """Return what became of each row of an import, with the columns ``reading.ROW_COLUMNS``.

    With ``rejected`` only of those that give no value.
    """
    columns = [indicator_row.c[name] for name in ROW_COLUMNS]
    wanted = select(*columns).where(indicator_row.c.import_id == number)
    if rejected:
        wanted = wanted.where(indicator_row.c.reason != "")
    with registry.reading() as connection:
        rows = connection.execute(wanted.order_by(indicator_row.c.number)).all()
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS)).astype({"value": float})


def version_key(registry: Registry) -> tuple[str, int]:
    """Return which registry this is, and the number of the last change of what is in force."""
    last = select(func.coalesce(func.max(indicator_version.c.id), 0)).scalar_subquery()
    with registry.reading() as connection:
        uuid, number = connection.execute(select(this_registry.c.uuid, last)).one()
    return uuid, number


def given_in(registry: Registry, gazetteer: Gazetteer) -> list[Given]:
    """Return the values of each import in force, in their order; they are read when asked for."""
    return [
        Given(kept.indicator, partial(_values, registry, kept, gazetteer))
        for kept in imports(registry)[::-1]
        if kept.in_force
    ]


def _values(registry: Registry, kept: Import, gazetteer: Gazetteer) -> np.ndarray:
    wanted = select(indicator_row.c.kode, indicator_row.c.value).where(
        indicator_row.c.import_id == kept.id, indicator_row.c.reason == ""
    )
    with registry.reading() as connection:
        codes, values = zip(*connection.execute(wanted).all(), strict=True)
    return in_order(gazetteer, kept.indicator.level, np.array(codes), np.array(values, float))


def _turn(registry: Registry, number: int, action: Action, who: str) -> None:
    with registry.writing() as connection:
        kept = _find(connection, number)
        if kept.in_force is (action is Action.ULANG):
            raise IndicatorError(f"indicator_{action}", number=number)
        if action is Action.ULANG:
            _require_alike(connection, kept.indicator)
        _change(connection, action, number, kept.indicator, kept.accepted, who)


def _change(
    connection: Connection, action: Action, number: int, own: Indicator, values: int, who: str
) -> None:
    entry = {"id": last_id(connection, indicator_version) + 1, "action": action}
    entry |= {"import_id": number, "who": who, "at": now()}
    connection.execute(insert(indicator_version), entry)
    _require_weights(connection)
    table = {"indicator": own.key, "level": own.level, "tahun": own.year}
    table |= {"values": values, "import": number}
    old = table if action is Action.BATAL else None
    new = None if action is Action.BATAL else table
    record(connection, Deed.INDIKATOR, who=who, old=old, new=new)


def _find(connection: Connection, number: int) -> Import:
    kept = next((kept for kept in _imports(connection) if kept.id == number), None)
    if kept is None:
        raise IndicatorError("indicator_import_unknown", number=number)
    return kept


def _imports(connection: Connection) -> list[Import]:
    """Return all imports in their order."""
    last = select(func.max(indicator_version.c.id)).group_by(indicator_version.c.import_id)
    states = select(indicator_version.c.import_id, indicator_version.c.action).where(
        indicator_version.c.id.in_(last)
    )
    actions = {number: action for number, action in connection.execute(states)}
    kept = connection.execute(select(indicator_import).order_by(indicator_import.c.id))
    return [
        Import(
            row.id,
            _read(row.about),
            row.file_name,
            row.who,
            row.at,
            row.rows,
            row.accepted,
            actions[row.id] != Action.BATAL,
        )
        for row in kept
    ]


def _read(about: dict) -> Indicator:
    typed = {"level": Level(about["level"]), "categories": tuple(about["categories"])}
    return Indicator(**about | typed)


def _require_alike(connection: Connection, own: Indicator) -> None:
    """Make sure that no import in force of the same key means something else.

    Raises
    ------
    IndicatorError
        If one does: somebody else brought it in since.
    """
    for kept in _imports(connection):
        other = kept.indicator
        same = own.kind == other.kind and own.categories == other.categories
        if kept.in_force and other.key == own.key and not same:
            raise IndicatorError("indicator_differs", indicator=own.key, field="kind")


def _require_weights(connection: Connection) -> None:
    """Make sure that every mean that is there has what it is weighted by.

    Raises
    ------
    IndicatorError
        If that of one is, or would be, taken out.
    """
    in_force = [kept.indicator for kept in _imports(connection) if kept.in_force]
    there = {own.key for own in in_force} | {*KEYS}
    for own in in_force:
        if own.weight is not None and own.weight not in there:
            raise IndicatorError("indicator_weighs", weight=own.weight, indicator=own.key)


def _row(number: int, place: int, row: tuple) -> dict:
    values = dict(zip(ROW_COLUMNS, row, strict=True))
    value = None if np.isnan(values["value"]) else float(values["value"])
    return values | {"import_id": number, "number": place, "value": value}

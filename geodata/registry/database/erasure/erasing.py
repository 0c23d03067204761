"""Takes personal data out of rows, of all versions of KIM, and of what was remembered.

The rows and versions stay, so counts, history, undo and redo go on as before; they bring back all
but what was taken out. Files are in ``geodata.registry.forgetting``.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from geodata.registry.database.connection import Registry
from geodata.registry.database.erasure.erasing_plan import Erased, Plan, make_plan
from geodata.registry.database.erasure.erasing_scope import ErasingTarget
from geodata.registry.database.erasure.erasures import log
from geodata.registry.database.own_kim import own_region
from geodata.registry.database.relations import (
    alias,
    audit,
    batch,
    column_mapping,
    kim_version,
    personal,
    staged_row,
)
from geodata.registry.database.versions import id_parts
from geodata.registry.staging import row_key, sheet_and_line


def preview_erasing(
    registry: Registry, target: ErasingTarget, insisted: Iterable[str] = ()
) -> Erased:
    """Return what :func:`erase_rows` would take out, and take out nothing."""
    with registry.reading() as connection:
        return make_plan(connection, target, frozenset(insisted))[1]


def erase_rows(
    registry: Registry,
    target: ErasingTarget,
    *,
    who: str,
    why: str,
    insisted: Iterable[str] = (),
    files: Sequence[str] = (),
) -> Erased:
    """Take the personal data of a KIM or batch out of the database, all in one transaction.

    Parameters
    ----------
    who, why
        Kept in the log.
    insisted
        Words to be taken out of published columns, too, even if nothing is left.
    files
        Checksums of waiting files that go, too: noted here, so that a stop does not forget them.

    Raises
    ------
    RegistryError
        If the database cannot be written.
    """
    with registry.writing() as connection:
        plan, erased = make_plan(connection, target, frozenset(insisted))
        if files:
            erased.counts["files"] = len(files)
        _apply(connection, plan)
        log(
            connection,
            who=who,
            why=why,
            target=str(target),
            counts=erased.counts,
            published=len(plan.versions),
            files=files,
            region=_region_of(connection, target),
            kim_id=target.id if target.kind == "kim" else None,
            batch_id=target.id if target.kind == "batch" else None,
        )
        return erased


def _region_of(connection: Connection, target: ErasingTarget) -> str | None:
    if target.kind == "batch":
        return own_region(connection, target.id)
    code = select(kim_version.c.kode_wilayah).where(kim_version.c.kim_id == target.id)
    return connection.execute(code.order_by(kim_version.c.id.desc()).limit(1)).scalar()


def _apply(connection: Connection, plan: Plan) -> None:
    for some in id_parts(plan.cells):
        emptied = update(staged_row).where(staged_row.c.id.in_(some)).values(raw={}, reason="")
        connection.execute(emptied)
    for some in id_parts(plan.personal):
        connection.execute(delete(personal).where(personal.c.staged_row_id.in_(some)))
    _rewrite(connection, staged_row, plan.rows)
    _rewrite(connection, kim_version, plan.versions)
    _rewrite(connection, batch, plan.batches)
    for batch_id, sheet, new_name in plan.sheets:
        _rename(connection, batch_id, sheet, new_name)
    for some in id_parts(plan.aliases):
        connection.execute(delete(alias).where(alias.c.id.in_(some)))
    for sender, header in plan.headers:
        said = (column_mapping.c.sender == sender) & (column_mapping.c.header == header)
        connection.execute(delete(column_mapping).where(said))
    if plan.lines:
        with _log_may_change(connection):
            _rewrite(connection, audit, plan.lines)


@contextmanager
def _log_may_change(connection: Connection) -> Iterator[None]:
    """Put aside, within the transaction, what keeps the audit log append-only.

    Nobody else writes meanwhile, and whatever goes wrong brings it back.
    """
    if connection.dialect.name == "sqlite":
        trigger = "audit_no_update"
        made = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
        again = connection.exec_driver_sql(made, (trigger,)).scalar_one()
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    else:
        again = "ALTER TABLE audit ENABLE TRIGGER audit_no_change"
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER audit_no_change")
    yield
    connection.exec_driver_sql(again)


def _rename(connection: Connection, batch_id: int, sheet: str, new_name: str) -> None:
    """Give a sheet another name, also where rows name a row of it as their twin."""
    of_batch = staged_row.c.batch_id == batch_id
    rows = connection.execute(select(staged_row.c.id, staged_row.c.kembar).where(of_batch))
    renamed = []
    for row_id, twins in rows:
        named = [twin["with"] for twin in twins if isinstance(twin["with"], str)]
        if any(sheet_and_line(twin)[0] == sheet for twin in named):
            changed = [{**twin, "with": _in_sheet(twin["with"], sheet, new_name)} for twin in twins]
            renamed.append({"own": row_id, "new_kembar": changed})
    _rewrite(connection, staged_row, renamed)
    moved = update(staged_row).where(of_batch, staged_row.c.sheet == sheet)
    connection.execute(moved.values(sheet=new_name))


def _in_sheet(other: int | str, sheet: str, new_name: str) -> int | str:
    if isinstance(other, int):
        return other
    of_sheet, line = sheet_and_line(other)
    return row_key(new_name, line) if of_sheet == sheet else other


def _rewrite(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = [name.removeprefix("new_") for name in rows[0] if name != "own"]
        new: dict[str, Any] = {
            name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names
        }
        connection.execute(update(table).where(table.c.id == bindparam("own")).values(new), rows)

"""Committing a batch: its accepted rows become versions of KIM, all in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)

from geodata.people.audit import Deed, record
from geodata.progress import Done, Report
from geodata.registry.database.batches import require
from geodata.registry.database.connection import Registry
from geodata.registry.database.data_day import checked_day, days_of, own_day
from geodata.registry.database.duplicates.comparing import compare_again
from geodata.registry.database.duplicates.merging import merge_rows, send_back
from geodata.registry.database.duplicates.recognising import sent_to_review
from geodata.registry.database.own_kim import own_region, require_own_kim
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, kim, kim_version, revision, staged_row
from geodata.registry.database.reported import checked, covers_of
from geodata.registry.database.states import Action, Choice, Effect, State
from geodata.registry.database.unrecognised import leave_out_of_committed
from geodata.registry.database.versions import (
    add_revision,
    last_id,
    require_unique_numbers,
    standing_in,
    versions_in_force,
)
from geodata.registry.staging import VALUES, row_key

UNVERIFIED = "belum_terverifikasi"
"""Status of a KIM whose file does not say one."""


@dataclass(frozen=True)
class Commit:
    """What a commit did.

    Attributes
    ----------
    version
        The registry's version since; the same as before if all rows went back.
    baru, diperbarui, sama
        Rows that made a KIM, changed one, or told nothing new.
    kembali
        Rows that went back to review: in the meantime a KIM came that they may be the same as,
        their nomor_induk was taken, or the KIM to be merged with was changed or is gone.
    """

    version: int
    baru: int
    diperbarui: int
    sama: int
    kembali: int


def commit(
    registry: Registry,
    batch_id: int,
    *,
    who: str,
    covers: Collection[str | None] | None = None,
    as_of: date | None = None,
    progress: Report | None = None,
) -> Commit:
    """Put the accepted rows of a batch into the registry; those in review stay there.

    A batch that is in the registry can be committed again only to say anew what it covers,
    or which day its data are of.

    The process may be killed at any moment: the registry then is as it was before or as after.

    Parameters
    ----------
    covers
        Codes of the provinsi and kabupaten/kota (``None``: Indonesia) that it is the list of,
        besides those that its rows lie in; by default what was said of the batch before.
    as_of
        The day that its data are of; by default what was said before, else ``data_day.own_day``.
    progress
        Is told how far it is.

    Raises
    ------
    RegistryError
        If there is no such batch, it was undone, none of its accepted rows waits, or a region that
        it is to cover is no provinsi or kabupaten/kota; if the day has not come yet; or if anything
        of it, or a KIM that it changes, lies outside the region of the batch.
    """
    with registry.writing() as connection:
        before = standing_in(connection)
        done = commit_within(
            connection, batch_id, who=who, covers=covers, as_of=as_of, progress=progress
        )
        if done.version != before["version"]:
            day = days_of(connection, [batch_id])[batch_id].isoformat()
            effects = {
                "as_of": day,
                "baru": done.baru,
                "diperbarui": done.diperbarui,
                "sama": done.sama,
            }
            record(
                connection,
                Deed.MASUK,
                who=who,
                region=own_region(connection, batch_id),
                batch_id=batch_id,
                old=before,
                new=standing_in(connection) | effects,
            )
        return done


def commit_within(
    connection: Connection,
    batch_id: int,
    *,
    who: str,
    covers: Collection[str | None] | None = None,
    as_of: date | None = None,
    progress: Report | None = None,
) -> Commit:
    """Do what :func:`commit` does within the writer's transaction, and log nothing."""
    report = progress or (lambda *_: None)
    state = require(connection, batch_id)
    if state is State.DIBATALKAN:
        raise RegistryError("registry_batch_undone", batch=batch_id)
    region = own_region(connection, batch_id)
    wanted = None if covers is None else checked(covers, region)
    said = covers_of(connection, [batch_id]).get(batch_id, ())
    day = days_of(connection, [batch_id]).get(batch_id)
    wanted_day = checked_day(as_of) if as_of else day or own_day(connection, batch_id)
    said_anew = state is State.MASUK and (wanted not in (None, said) or wanted_day != day)
    waiting = _waiting(batch_id)
    first = connection.execute(select(staged_row.c.id).where(*waiting).limit(1)).first()
    if first is None and not said_anew:
        raise RegistryError("registry_nothing_waits", batch=batch_id)
    number = add_revision(
        connection,
        Action.MASUK,
        batch_id,
        who,
        said if wanted is None else wanted,
        wanted_day,
    )
    report("Comparing", 0.0)
    sent_back = compare_again(connection, batch_id, waiting)
    sent_back += _settle_numbers(connection, waiting)
    report("Comparing", 1.0)
    baru = _add_new(connection, waiting, number, partial(report, "Committing"))
    merged = merge_rows(connection, batch_id, waiting, number, region)
    sent_back += merged.sent_back
    require_unique_numbers(connection)
    require_own_kim(connection, number, region)
    if not (baru or merged.rows or said_anew):  # no version, and a draft stays one
        connection.execute(delete(revision).where(revision.c.id == number))
        return Commit(number - 1, 0, 0, 0, sent_back)
    leave_out_of_committed(connection, batch_id, number)
    report("Committing", 1.0)
    connection.execute(update(batch).where(batch.c.id == batch_id).values(state=State.MASUK))
    return Commit(number, baru, merged.changed, merged.same, sent_back)


def _waiting(batch_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        staged_row.c.batch_id == batch_id,
        staged_row.c.outcome == "diterima",
        staged_row.c.revision_id.is_(None),
    )


_SETTLED = ("id", "sheet", "line", "nomor_induk", "decision", "alasan", "kembar")
_IS_NEW = (staged_row.c.merge_kim.is_(None), staged_row.c.merge_row.is_(None))


def _settle_numbers(connection: Connection, waiting: tuple[ColumnElement[bool], ...]) -> int:
    """Give each nomor_induk to one KIM: to the one that has it, else to the first row with it.

    A row that comes too late goes back to review. If a person decided that it is a KIM of its own,
    it comes in without the number, which stays in what was read of the file.
    """
    held = select(kim_version.c.nomor_induk, kim_version.c.kim_id).where(
        kim_version.c.id.in_(versions_in_force()), kim_version.c.nomor_induk != ""
    )
    named = (*waiting, *_IS_NEW, staged_row.c.nomor_induk != "")
    all_numbers = union_all(
        select(held.subquery().c.nomor_induk), select(staged_row.c.nomor_induk).where(*named)
    ).subquery()
    several = (
        select(all_numbers.c.nomor_induk)
        .group_by(all_numbers.c.nomor_induk)
        .having(func.count() > 1)
    )
    holders: dict[str, Any] = {
        number: kim_id
        for number, kim_id in connection.execute(held.where(kim_version.c.nomor_induk.in_(several)))
    }
    rows = connection.execute(
        select(*(staged_row.c[name] for name in _SETTLED))
        .where(*named, staged_row.c.nomor_induk.in_(several))
        .order_by(staged_row.c.decision == Choice.TERPISAH, staged_row.c.id)
    )
    late: list[tuple[Row, Any]] = []
    for row in rows:
        own = row_key(row.sheet, row.line)
        holder = holders.setdefault(row.nomor_induk, own)
        if holder != own:
            late.append((row, holder))
    apart = [{"row": row.id} for row, _ in late if row.decision == Choice.TERPISAH]
    if apart:
        to_row = update(staged_row).where(staged_row.c.id == bindparam("row"))
        connection.execute(to_row.values(nomor_induk=""), apart)
    back = [
        {"row": row.id, **sent_to_review(row._asdict(), holder)}
        for row, holder in late
        if row.decision != Choice.TERPISAH
    ]
    send_back(connection, back)
    return len(back)


def _add_new(
    connection: Connection, waiting: tuple[ColumnElement[bool], ...], number: int, done: Done
) -> int:
    """Make a KIM and its first version of each waiting row that is no merge; return how many."""
    done(0.0)
    position = func.row_number().over(order_by=staged_row.c.id)
    kim_id = literal(last_id(connection, kim)) + position
    connection.execute(insert(kim).from_select(["id"], select(kim_id).where(*waiting, *_IS_NEW)))
    done(0.1)
    values: dict[str, ColumnElement] = {name: staged_row.c[name] for name in VALUES}
    values["status"] = case((staged_row.c.status == "", UNVERIFIED), else_=staged_row.c.status)
    version = {
        "id": literal(last_id(connection, kim_version)) + position,
        "kim_id": kim_id,
        "revision_id": literal(number),
        "staged_row_id": staged_row.c.id,
        "replaces": null(),
        **values,
        "metode": staged_row.c.metode,
        "skor": staged_row.c.skor,
    }
    rows = select(*(value.label(name) for name, value in version.items()))
    connection.execute(
        insert(kim_version).from_select(list(version), rows.where(*waiting, *_IS_NEW))
    )
    done(0.5)
    of_row = (
        select(kim_version.c.kim_id)
        .where(kim_version.c.staged_row_id == staged_row.c.id)
        .scalar_subquery()
    )
    made = {"revision_id": number, "kim_id": of_row, "effect": Effect.BARU}
    return connection.execute(update(staged_row).where(*waiting, *_IS_NEW).values(made)).rowcount

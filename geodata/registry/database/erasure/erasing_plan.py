"""What is to be taken out of the database: found first, so that it can be counted and looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from geodata.registry.database.erasure.erasing_scope import ErasingTarget, rows_in
from geodata.registry.database.relations import (
    alias,
    audit,
    batch,
    column_mapping,
    kim_version,
    staged_row,
)
from geodata.registry.database.versions import id_parts
from geodata.registry.personal import Words, telling_values
from geodata.registry.staging import PLACE_WRITTEN, VALUES

_NAMES = ("nomor_induk", "nama_kim", "bidang_lain", "domain")


@dataclass(frozen=True)
class Erased:
    """What was taken out, or would be.

    Attributes
    ----------
    counts
        place -> how many: rows by outcome (``diterima``, ``ditinjau``, ``ditolak``); of these
        ``cells`` (as read), ``personal`` (stored apart), ``reasons`` (an operator's words),
        ``texts`` (columns as understood); ``versions`` of KIM, ``aliases``, ``headers``
        (remembered), ``batches`` (file name or sender), ``sheets`` (names), ``lines`` of the audit
        log, ``files`` that wait.
    words
        What was looked for elsewhere, by which files are searched. It is never shown or kept.
    sha256, senders
        Of the files that the rows came from.
    others
        kim_id of other KIM whose rows hold the same number or mail address; they are left alone.
    names
        KIM whose name is left although a word stands in it: it says nothing else.
    """

    counts: dict[str, int]
    words: Words
    sha256: frozenset[str]
    senders: frozenset[str]
    others: tuple[int, ...]
    names: int


@dataclass
class Plan:
    """What becomes of which rows: ids to be emptied or deleted, and new texts by column."""

    cells: list[int] = field(default_factory=list)
    personal: list[int] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    aliases: list[int] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    batches: list[dict[str, Any]] = field(default_factory=list)
    sheets: list[tuple[int, str, str]] = field(default_factory=list)
    """Batch, name of the sheet, and its new name."""
    lines: list[dict[str, Any]] = field(default_factory=list)
    """Of the audit log."""


def make_plan(
    connection: Connection, target: ErasingTarget, insisted: frozenset[str]
) -> tuple[Plan, Erased]:
    """Find all that is to be taken out of ``target``."""
    rows, others = rows_in(connection, target)
    words = _words_by_kim(target, rows, insisted)
    every = Words(frozenset().union(*(own.values for own in words.values())), insisted)
    plan = Plan()
    counts: dict[str, int] = dict.fromkeys(("diterima", "ditinjau", "ditolak"), 0)
    reasons = 0
    for row in rows:
        changed = _cleaned(row, (*PLACE_WRITTEN, *_NAMES), words[_key(target, row)], every)
        reasons += bool(row["reason"])
        if row["raw"] or row["reason"]:
            plan.cells.append(row["id"])
        if row["fields"]:
            plan.personal.append(row["id"])
        if changed:
            plan.rows.append(changed)
        counts[row["outcome"]] += bool(row["raw"] or row["reason"] or row["fields"] or changed)
    left = _plan_versions(connection, target, rows, words, every, plan)
    _plan_log(connection, words, every, plan)
    sha256, senders = _plan_memory(connection, rows, words, every, target, plan)
    counts |= {
        "cells": sum(bool(row["raw"]) for row in rows),
        "personal": len(plan.personal),
        "reasons": reasons,
        "texts": len(plan.rows),
        "versions": len(plan.versions),
        "aliases": len(plan.aliases),
        "headers": len(plan.headers),
        "batches": len(plan.batches),
        "sheets": len(plan.sheets),
        "lines": len(plan.lines),
    }
    return plan, Erased(counts, every, sha256, senders, others, left)


def _key(target: ErasingTarget, row: RowMapping) -> int:
    """Return whose words count for a row: those of its KIM, else its own."""
    if target.kind == "kim":
        return target.id
    return row["kim_id"] or -row["id"]


def _words_by_kim(
    target: ErasingTarget, rows: Sequence[RowMapping], insisted: frozenset[str]
) -> dict[int, Words]:
    values: dict[int, frozenset[str]] = {}
    for row in rows:
        regions = [row[name] for name in PLACE_WRITTEN]
        told = telling_values(row["fields"] or {}, regions)
        key = _key(target, row)
        values[key] = values.get(key, frozenset()) | told
    return {key: Words(told, insisted) for key, told in values.items()}


def _cleaned(
    row: RowMapping, columns: Iterable[str], own: Words, every: Words
) -> dict[str, Any] | None:
    """Return the columns of a row without its own words and the sure ones of all rows.

    It is ``None`` if they stand in none.
    """
    new = {name: _without(name, row[name], own, every) for name in columns}
    if all(new[name] == row[name] for name in new):
        return None
    return {"own": row["id"], **{f"new_{name}": text for name, text in new.items()}}


def _without(name: str, text: str, own: Words, every: Words) -> str:
    """Return what a column says without the words."""
    if not text:
        return text
    if name == "nomor_induk":  # a number of its own is nobody's phone
        return "" if text in own.values | own.insisted else text
    if name == "nama_kim":
        return own.without_in_name(every.without_in_name(text))
    if name == "domain":
        return "" if own.stand_in(text) or every.sure.stand_in(text) else text
    return own.without(every.sure.without(text))


def _plan_versions(
    connection: Connection,
    target: ErasingTarget,
    rows: Sequence[RowMapping],
    words: dict[int, Words],
    every: Words,
    plan: Plan,
) -> int:
    """Plan for all versions of the KIM; return how many of them keep a name with a word in it."""
    kim = {target.id} if target.kind == "kim" else {row["kim_id"] for row in rows} - {None}
    columns = [kim_version.c[name] for name in ("id", "kim_id", *_NAMES)]
    keeping = set()
    for some in id_parts(sorted(kim)):
        result = connection.execute(select(*columns).where(kim_version.c.kim_id.in_(some)))
        for version in result.mappings():
            of_kim = words.get(version["kim_id"])
            if of_kim is None:
                continue
            changed = _cleaned(version, _NAMES, of_kim, every)
            if changed:
                plan.versions.append(changed)
            name = changed["new_nama_kim"] if changed else version["nama_kim"]
            if of_kim.stand_in(name):
                keeping.add(version["kim_id"])
    return len(keeping)


def _plan_log(connection: Connection, words: Mapping[int, Words], every: Words, plan: Plan) -> None:
    """Plan for what the audit log says of the KIM: their names, and whatever else is no code."""
    coded = set(VALUES) - set(_NAMES)
    of_kim = [audit.c[name] for name in ("id", "kim_id", "old", "new")]
    for some in id_parts(sorted(words)):
        for line in connection.execute(select(*of_kim).where(audit.c.kim_id.in_(some))):
            said = {
                f"new_{when}": {
                    name: _without(name, value, words[line.kim_id], every)
                    if isinstance(value, str) and name not in coded
                    else value
                    for name, value in values.items()
                }
                for when, values in (("old", line.old), ("new", line.new))
            }
            if said != {"new_old": line.old, "new_new": line.new}:
                plan.lines.append({"own": line.id, **said})


def _plan_memory(
    connection: Connection,
    rows: Sequence[RowMapping],
    words: dict[int, Words],
    every: Words,
    target: ErasingTarget,
    plan: Plan,
) -> tuple[frozenset[str], frozenset[str]]:
    """Plan for aliases, headers, file names, sheets and senders.

    Returns
    -------
    The checksums of the files, and their senders.
    """
    of_row = {row["id"]: words[_key(target, row)] for row in rows}
    aliases = select(alias.c.id, alias.c.staged_row_id, *(alias.c[name] for name in PLACE_WRITTEN))
    for number, row_id, *written in connection.execute(aliases):
        own = of_row.get(row_id, every.sure)
        if any(own.stand_in(name) or every.sure.stand_in(name) for name in written):
            plan.aliases.append(number)
    batch_ids = {row["batch_id"] for row in rows} | (
        {target.id} if target.kind == "batch" else set()
    )
    senders = set()
    sha256 = set()
    for some in id_parts(sorted(batch_ids)):
        for of_batch in connection.execute(select(batch).where(batch.c.id.in_(some))):
            senders.add(of_batch.sender)
            sha256.add(of_batch.sha256)
            name, sender = (
                every.sure.without(of_batch.file_name) or "–",
                every.sure.without(of_batch.sender),
            )
            if (name, sender) != (of_batch.file_name, of_batch.sender):
                plan.batches.append(
                    {"own": of_batch.id, "new_file_name": name, "new_sender": sender}
                )
        of_batches = select(staged_row.c.batch_id, staged_row.c.sheet).distinct()
        named = connection.execute(of_batches.where(staged_row.c.batch_id.in_(some))).all()
        taken = {(batch_id, sheet) for batch_id, sheet in named}
        for batch_id, sheet in named:
            rest = every.sure.without(sheet)
            if rest != sheet:
                new_name = next(
                    name
                    for number in count(1)
                    if (batch_id, name := f"{rest} ({number})".strip()) not in taken
                )
                taken.add((batch_id, new_name))
                plan.sheets.append((batch_id, sheet, new_name))
    remembered = select(column_mapping.c.sender, column_mapping.c.header)
    for some in id_parts(sorted(senders)):
        for sender, header in connection.execute(
            remembered.where(column_mapping.c.sender.in_(some))
        ):
            if every.sure.stand_in(sender) or every.sure.stand_in(header):
                plan.headers.append((sender, header))
    return frozenset(sha256), frozenset(senders)

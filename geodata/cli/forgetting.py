"""The command line of personal data: take them out, let them expire, look into the log."""

from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import print_lines, write_table
from geodata.cli.registry import Out
from geodata.operator import operating
from geodata.people.rights import Right

if TYPE_CHECKING:
    from geodata.registry.database.erasure.erasing_plan import Erased

_PLACES = {
    "diterima": "rows accepted",
    "ditinjau": "rows in review",
    "ditolak": "rows rejected",
    "cells": "of these with cells as read",
    "personal": "of these with personal data stored apart",
    "reasons": "of these with words of an operator",
    "texts": "of these with personal data in other columns",
    "versions": "versions of KIM with personal data in their columns",
    "aliases": "remembered places",
    "headers": "remembered columns",
    "batches": "file names or senders",
    "sheets": "names of sheets",
    "lines": "lines of the audit log",
    "files": "uploaded files that wait",
}


def erase_(
    target: Annotated[
        str,
        typer.Argument(
            metavar="KIM|BATCH",
            help="A nomor_induk, #7 for the KIM with kim_id 7, or 3 for batch 3. Where a number is "
            "both: batch:3 or kim:3.",
        ),
    ],
    why: Annotated[
        str, typer.Option(help="Kept in the log: who asked for it, say; not what is taken out.")
    ],
    words: Annotated[
        list[str] | None,
        typer.Option(
            help="Take these words out of names and other columns, too, even if nothing is left "
            "there; may be given several times."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count what would be taken out.")
    ] = False,
) -> None:
    """Take the personal data of a KIM or a batch out of the registry and of uploaded files.

    The KIM itself stays, with its counts and history. This cannot be undone.
    """
    from geodata.registry import forgetting
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.erasure.erasing_scope import find_target

    registry = find_registry()
    wanted = find_target(registry, target)
    if dry_run:
        _say(forgetting.preview(registry, wanted, words or ()))
        print_lines("Nothing was taken out: this was a dry run.", to_stderr=True)
        return
    erased, complete = forgetting.erase(
        registry, wanted, who=operating(Right.HAPUS_PRIBADI), why=why, insisted=words or ()
    )
    _say(erased)
    print_lines(f"The personal data of {wanted} are taken out.", to_stderr=True)
    _require_complete(complete)


def expire_() -> None:
    """Take out what has been kept as long as the settings KIM_..._DAYS say; for a timer."""
    from geodata.registry import forgetting
    from geodata.registry.database.connection import find_registry

    expired, complete = forgetting.expire(find_registry(), who=operating(Right.HAPUS_PRIBADI))
    if expired or complete:
        print_lines(*(expired or ["Nothing was kept too long."]))
    _require_complete(complete)


def erasures(out: Out = None) -> None:
    """Write who had personal data taken out of where, when and why."""
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.erasure.erasures import list_erasures

    write_table(list_erasures(find_registry()), out)


def _require_complete(complete: bool) -> None:
    if not complete:
        print_lines(
            "Bytes may be left in the database's free space, or a file: others were using the "
            "database all the while, or a file or the disk could not be written; see the log. "
            "Mend that or wait for them, and run `registry expire`.",
            to_stderr=True,
        )
        raise typer.Exit(1)


def _say(erased: "Erased") -> None:
    for kind, said in _PLACES.items():
        if erased.counts.get(kind):
            print_lines(f"{erased.counts[kind]:,} {said}")
    if not any(erased.counts.values()):
        print_lines("There are no personal data.")
    if erased.names:
        print_lines(
            f"The names of {erased.names:,} KIM may hold the name of a person and are left: look "
            "at them, and name the words with --words.",
            to_stderr=True,
        )
    if erased.others:
        named = ", ".join(f"#{kim_id}" for kim_id in erased.others)
        print_lines(f"The same number or mail address is also kept of KIM {named}.", to_stderr=True)

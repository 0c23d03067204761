"""The command line of the registry: import files, undo and redo, look into its history."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import print_lines, print_notices, region_code, write_table
from geodata.cli.registry_lines import (
    EVERYWHERE,
    batch_lines,
    event_lines,
    say_reported,
    say_sent_back,
    sum_of,
)
from geodata.operator import operating
from geodata.people.rights import Right
from geodata.private_files import write_private

if TYPE_CHECKING:
    from geodata.registry.database.connection import Registry

registry_app = typer.Typer(
    help="The registry: import files of KIM, undo and redo, history.", no_args_is_help=True
)


class Waiting(StrEnum):
    """Rows that are not in the registry."""

    DITOLAK = "ditolak"
    DITINJAU = "ditinjau"


_LARGEST = 2**31 - 1  # number that a database takes
Number = Annotated[
    int,
    typer.Argument(min=1, max=_LARGEST, help="A batch, as `registry status` numbers it."),
]
Covering = Annotated[
    list[str] | None,
    typer.Option(
        "--covers",
        metavar="CODE",
        help="A region whose list this is, besides the kabupaten/kota of its rows: 35, 35.07, or "
        f"{EVERYWHERE}. Who has not reported is not zero. May be given several times.",
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="The day that the data are of, 2023-06-30. Default: the latest day in the file, if it "
        "says when its rows were updated; else today.",
    ),
]
Out = Annotated[Path | None, typer.Option(help="CSV file to write. Default: standard output.")]


@registry_app.callback()
def private_() -> None:
    """Keep what these commands write from the other users of the machine: it names people."""
    write_private()


@registry_app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV, XLSX, XLS or ODS file of KIM.")],
    sender: Annotated[
        str, typer.Option(help="Who sent it; its columns are remembered for their next file.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would happen to each row.")
    ] = False,
    hold: Annotated[
        bool, typer.Option("--hold", help="Keep all as a draft; commit nothing yet.")
    ] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help="Let a row with a known nomor_induk change that KIM without review."
        ),
    ] = False,
    keep_unrecognised: Annotated[
        bool,
        typer.Option(
            "--keep-unrecognised", help="Keep cells of columns that were not recognised, too."
        ),
    ] = False,
    covers: Covering = None,
    as_of: AsOf = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="Change the KIM of this region alone: rows that lie elsewhere are rejected.",
        ),
    ] = None,
) -> None:
    """Import a file: accepted rows go in, doubtful ones wait for review, rejected ones are listed.

    All of it is one batch, which `registry undo` takes back.
    """
    from geodata.gazetteer import load_gazetteer
    from geodata.progress import progress_bar
    from geodata.registry.database.batches import committed_before, find_batch, stage
    from geodata.registry.database.committing import commit
    from geodata.registry.database.connection import find_registry, open_registry
    from geodata.registry.database.handing_out import existing_kim
    from geodata.registry.database.memory import aliases_for, mapping_of
    from geodata.registry.database.registry_error import RegistryEmpty
    from geodata.registry.intake.preparing import prepare
    from geodata.registry.own_region import outcome_in
    from geodata.registry.staging import OUTCOMES

    gazetteer, own = load_gazetteer(), region_code(region)
    if own is not None:
        gazetteer.name(own)  # there is such a region
    who = operating(Right.IMPOR, own)
    known: dict = {}
    try:
        registry: Registry | None = find_registry()
    except RegistryEmpty as error:
        made = "compared with nothing" if dry_run else "it is made now"
        print_lines(f"There is no registry {error.values['url']} yet; {made}.", to_stderr=True)
        registry = None if dry_run else open_registry()
    if registry:
        known = {
            "mapping": mapping_of(registry, sender) or None,
            "aliases": aliases_for(registry, sender, own),
            "existing": existing_kim(registry),
        }
    with progress_bar() as report:
        staged = prepare(path, sender=sender, gazetteer=gazetteer, progress=report, **known)
    print_notices(staged.notices)
    for earlier in committed_before(registry, staged.sha256) if registry else []:
        print_lines(
            f"This very file is in the registry already, as batch {earlier.id}.", to_stderr=True
        )
    if dry_run or registry is None:
        counts = Counter(outcome_in(row, own) for row in staged.rows)
        named = ((outcome, counts[outcome]) for outcome in OUTCOMES)
        print_lines(sum_of(len(staged.rows), named))
        print_lines("Nothing was kept: this was a dry run.", to_stderr=True)
        return
    regions = _regions(covers)
    with progress_bar() as report:
        batch = stage(
            registry,
            staged,
            gazetteer,
            who=who,
            region=own,
            update=update,
            keep_unrecognised=keep_unrecognised,
            progress=report,
        )
        done = None
        if batch.waiting and not hold:
            done = commit(
                registry,
                batch.id,
                who=who,
                covers=regions,
                as_of=as_of.date() if as_of else None,
                progress=report,
            )
    if done:
        say_sent_back(done)
        say_reported(registry, batch.id)
    print_lines(*batch_lines(find_batch(registry, batch.id)))


@registry_app.command("commit")
def commit_(batch: Number, covers: Covering = None, as_of: AsOf = None) -> None:
    """Put the accepted rows of a batch that still wait into the registry.

    With --covers also says anew whose list a batch is that is in the registry; with --as-of, of
    which day.
    """
    from geodata.registry.database.batches import find_batch
    from geodata.registry.database.committing import commit
    from geodata.registry.database.connection import find_registry

    registry = find_registry()
    who = _operating_on(registry, batch)
    day = as_of.date() if as_of else None
    say_sent_back(commit(registry, batch, who=who, covers=_regions(covers), as_of=day))
    say_reported(registry, batch)
    print_lines(*batch_lines(find_batch(registry, batch)))


@registry_app.command("undo")
def undo_(batch: Number) -> None:
    """Take all that a batch did out of the registry again; give up a draft."""
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.undoing import undo

    registry = find_registry()
    version = undo(registry, batch, who=_operating_on(registry, batch))
    said = f"the registry is at version {version}" if version else "it was a draft"
    print_lines(f"Batch {batch} is undone; {said}.", to_stderr=True)


@registry_app.command("redo")
def redo_(batch: Number) -> None:
    """Put a batch that was undone back into the registry exactly as it was."""
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.undoing import redo

    registry = find_registry()
    version = redo(registry, batch, who=_operating_on(registry, batch))
    said = f"the registry is at version {version}" if version else "it is a draft again"
    print_lines(f"Batch {batch} is back; {said}.", to_stderr=True)


@registry_app.command("upgrade")
def upgrade_() -> None:
    """Bring the tables to this version of Peta KIM, or make them; any other command does, too."""
    from geodata.registry.database.connection import open_registry
    from geodata.registry.database.history import standing

    now = standing(open_registry())
    print_lines(f"{now.url}: its tables are those of this version.", to_stderr=True)


@registry_app.command("status")
def status_() -> None:
    """Say where the registry is, its version, how many KIM it holds, and list its batches."""
    from geodata.registry.database.batches import list_batches
    from geodata.registry.database.connection import find_registry, is_expected
    from geodata.registry.database.history import standing

    if not is_expected():
        print_lines("Nothing was imported yet; the sample registry is shown.")
        return
    registry = find_registry()
    now = standing(registry)
    print_lines(f"{now.url}: version {now.version}, {now.kim:,} KIM")
    for batch in list_batches(registry):
        print_lines(*batch_lines(batch))


@registry_app.command("history")
def history_(
    kim: Annotated[str, typer.Argument(help="A nomor_induk, or #7 for the KIM with kim_id 7.")],
) -> None:
    """Print who changed what of a KIM, from which file and line."""
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.history import kim_history, kim_id_or_number

    for event in kim_history(find_registry(), kim_id_or_number(kim)):
        print_lines(*event_lines(event))


@registry_app.command("export")
def export_(
    out: Out = None,
    version: Annotated[
        int | None,
        typer.Option(
            min=0, max=_LARGEST, help="The registry as it was at this version. Default: now."
        ),
    ] = None,
) -> None:
    """Write the KIM of the registry, now or at an earlier version, as the CSV it can import."""
    from geodata.gazetteer import load_gazetteer
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.history import standing
    from geodata.registry.database.snapshots import read_snapshot_at

    registry = find_registry()
    at = standing(registry).version if version is None else version
    write_table(read_snapshot_at(registry, at, load_gazetteer()).kim, out)


@registry_app.command("rejected")
def rejected_(
    batch: Number,
    out: Out = None,
    outcome: Annotated[
        Waiting, typer.Option(help="Rows that were rejected, or those still in review.")
    ] = Waiting.DITOLAK,
    language: Annotated[str, typer.Option(help="Language of the reasons: id or en.")] = "id",
) -> None:
    """Write the rows that did not go in, with the reason; mended, the file can be imported."""
    from geodata.people.audit import record_look
    from geodata.registry.database.batches import find_batch
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.handing_out import rows_to_mend

    registry = find_registry()
    region = find_batch(registry, batch).region
    who = operating(Right.PRIBADI, region)
    record_look(registry, who=who, region=region, batch_id=batch)
    write_table(rows_to_mend(registry, batch, language, outcome.value), out)


@registry_app.command("aliases")
def aliases_(out: Out = None) -> None:
    """Write which desa people chose for places as files write them."""
    from geodata.registry.database.connection import find_registry
    from geodata.registry.database.memory import list_aliases

    write_table(list_aliases(find_registry()), out)


def _operating_on(registry: "Registry", batch: int) -> str:
    """Return the name under which a batch is changed, once it is clear that it may be."""
    from geodata.registry.database.batches import find_batch

    return operating(Right.IMPOR, find_batch(registry, batch).region)


def _regions(covers: list[str] | None) -> list[str | None] | None:
    """Return the codes that ``--covers`` names; ``None`` if it was not given."""
    if covers is None:
        return None
    return [None if code.lower() == EVERYWHERE else region_code(code) for code in covers]

"""What the commands of the registry say: of a batch, of a commit, of what happened to a KIM."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geodata.cli.options import print_lines
from geodata.text import text

if TYPE_CHECKING:
    from geodata.registry.database.batches import Batch
    from geodata.registry.database.committing import Commit
    from geodata.registry.database.connection import Registry
    from geodata.registry.database.history import Event

_BY_HAND = "by hand"
EVERYWHERE = "indonesia"
"""What ``--covers`` calls a national list."""


def say_reported(registry: "Registry", batch_id: int) -> None:
    """Say for whom a batch reports, and ask where that may not be all."""
    from geodata.gazetteer import load_gazetteer
    from geodata.registry.database.batches import find_batch
    from geodata.registry.database.reported import doubtful_scope, kabupaten_of_batch, reported_by

    gazetteer = load_gazetteer()
    covers = find_batch(registry, batch_id).covers
    named = kabupaten_of_batch(registry, batch_id)
    count = len(reported_by(named, covers, gazetteer))
    print_lines(f"It reports for {count} kabupaten/kota.", to_stderr=True)
    for code in () if covers else doubtful_scope(named, gazetteer):
        print_lines(
            f"Those of {gazetteer.name(code)} that it does not name have not reported. If it is "
            f"the list of the whole provinsi: registry commit {batch_id} --covers {code}",
            to_stderr=True,
        )


def say_sent_back(done: "Commit") -> None:
    """Say how many rows of a commit went back to review, if any."""
    if done.kembali:
        said = "went back to review: the registry has changed since they were read"
        print_lines(f"{done.kembali:,} rows {said}.", to_stderr=True)


def sum_of(rows: int, parts: "Iterator[tuple[str, int]]") -> str:
    """Return that ``rows`` are all in one of ``parts``."""
    return f"{rows:,} rows = " + " + ".join(f"{count:,} {name}" for name, count in parts)


def batch_lines(batch: "Batch") -> Iterator[str]:
    """Say what became of a batch."""
    sender = f" of {batch.sender}" if batch.sender else ""
    sender += f", for {batch.region} alone" if batch.region else ""
    name = batch.file_name or _BY_HAND
    yield f"Batch {batch.id}, {batch.state}: {name}{sender}, {batch.at}, by {batch.who}"
    parts = ((name, getattr(batch, name)) for name in ("diterima", "ditinjau", "ditolak"))
    yield f"  {sum_of(batch.rows, parts)}"
    effects = {name: getattr(batch, name) for name in ("baru", "diperbarui", "sama")}
    if any(effects.values()):
        yield "  " + ", ".join(
            f"{text(f'registry.effect.{name}', 'en')}: {n:,}" for name, n in effects.items()
        )
    if batch.as_of:
        yield f"  data of {batch.as_of}"
    if batch.covers:
        yield "  covers " + ", ".join(code or EVERYWHERE for code in batch.covers)
    if batch.waiting:
        yield f"  accepted, not in the registry yet: {batch.waiting:,}"


def event_lines(event: "Event") -> Iterator[str]:
    """Say what happened to a KIM."""
    sheet = f"{event.sheet}, " if event.sheet else ""
    where = f", {sheet}line {event.line}" if event.line and event.file_name else ""
    action = text(f"registry.action.{event.action}", "en")
    yield (
        f"version {event.version}, {event.at}, {event.who}: {action} batch {event.batch_id} "
        f"({event.file_name or _BY_HAND}{where})"
    )
    if event.reason:
        yield f"  reason: {event.reason}"
    for name, (before, now) in event.changes.items():
        yield f"  {name}: {before} -> {now}" if before != "" else f"  {name}: {now}"

"""Personal data leave the registry: at somebody's request, or when their time is over."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from geodata.confinement.confined import ReaderEnded
from geodata.days import office_day
from geodata.errors import DataFileError
from geodata.registry import uploads
from geodata.registry.database.batches import Batch
from geodata.registry.database.connection import Registry
from geodata.registry.database.erasure.erasing import erase_rows, preview_erasing
from geodata.registry.database.erasure.erasing_plan import Erased
from geodata.registry.database.erasure.erasing_scope import ErasingTarget
from geodata.registry.database.erasure.erasures import finish, note, unfinished
from geodata.registry.database.erasure.expiring import expire_rows
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.states import State
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.uploads import Upload
from geodata.settings import settings


def preview(registry: Registry, target: ErasingTarget, insisted: Iterable[str] = ()) -> Erased:
    """Return what :func:`erase` would take out, and take out nothing."""
    erasure = preview_erasing(registry, target, insisted)
    files = len(_files_with(erasure, target))
    return replace(erasure, counts=erasure.counts | {"files": files}) if files else erasure


def erase(
    registry: Registry, target: ErasingTarget, *, who: str, why: str, insisted: Iterable[str] = ()
) -> tuple[Erased, bool]:
    """Take the personal data of a KIM or batch out of the registry and of the files that wait.

    Killed at any moment, the registry is as before or as after; what is left to do then, such as
    files to be deleted, is done by the next call of this function or of :func:`expire`.

    Parameters
    ----------
    why
        Kept in the log, so it must not tell what was taken out.
    insisted
        Words to be taken out of published columns, too, even if nothing is left.

    Returns
    -------
    What was taken out, and whether nothing of it is left; see :func:`complete`.

    Raises
    ------
    RegistryError
        If ``why`` says nothing or the database cannot be written.
    PetaKimError
        If waiting files cannot be read at the moment, such as on a full disk; nothing is taken out.
    """
    if not why.strip():
        raise RegistryError("registry_erase_why")
    insisted = frozenset(insisted)
    files: list[str] = []
    if uploads.waiting():  # files are read before the database is locked
        erasure = preview_erasing(registry, target, insisted)
        files = [upload.key for upload in _files_with(erasure, target)]
    erased = erase_rows(registry, target, who=who, why=why.strip(), insisted=insisted, files=files)
    return erased, complete(registry)


def expire(
    registry: Registry, *, who: str, today: datetime | None = None
) -> tuple[list[str], bool]:
    """Take out whatever has been kept as long as the settings say, and finish earlier erasures.

    Parameters
    ----------
    today
        Now, with a time zone; by default the clock's.

    Returns
    -------
    What expired (``batch 3``, ``file 1a2b3c4d``), and whether nothing of it, and of what was erased
    earlier, is left; see :func:`complete`.
    """
    now = settings()
    today = today or datetime.now(UTC)
    expired = expire_rows(
        registry,
        drafts_days=now.drafts_days,
        cells_days=now.cells_days,
        who=who,
        today=today,
    )
    if now.uploads_days:
        noted = {key for files in unfinished(registry).values() for key in files}
        for key in uploads.older_than(today - timedelta(now.uploads_days)):
            # What could not be deleted before, perhaps renamed, is tried again below.
            if any(earlier in key for earlier in noted):
                continue
            name = f"file {key[:8]}"
            why = f"KIM_UPLOADS_DAYS={now.uploads_days}"
            note(registry, who=who, why=why, target=name, files=[key])
            expired.append(name)
    return expired, complete(registry)


def complete(registry: Registry) -> bool:
    """Do what erasures have left to be done: delete files, and bytes in the database's free space.

    Returns
    -------
    Whether nothing is left; else others were using the database all the while, or a file or the
    database could not be written, which the log tells.
    """
    left = unfinished(registry)
    gone = [number for number, files in left.items() if _deleted(files)]
    if left and not gone:
        return False
    return not left or (finish(registry, gone) and len(gone) == len(left))


def _deleted(files: Iterable[str]) -> bool:
    try:
        for key in files:
            uploads.delete(key)
    except DataFileError as error:
        logging.getLogger(__name__).warning("%s", error)
        return False
    return True


def kept_until(what: Upload | Batch) -> str:
    """Return the last day, ISO 8601, on which a file, a draft or the cells of a batch are kept.

    It is "" if there is no such day, or they are gone.
    """
    now = settings()
    days = now.uploads_days
    if isinstance(what, Batch):
        if what.cleared:
            return ""
        days = now.drafts_days if what.state is State.DRAF else now.cells_days
    touched = what.touched if isinstance(what, Batch) else what.at
    if not days:
        return ""
    return office_day((datetime.fromisoformat(touched) + timedelta(days)).isoformat())


def _files_with(erased: Erased, target: ErasingTarget) -> list[Upload]:
    """Return the waiting files that go: those the rows came from, and those that tell of a KIM.

    A name may be anybody's in the file of another sender; a number is one person's everywhere.
    """
    return [
        upload
        for upload in uploads.waiting()
        if upload.sha256 in erased.sha256 or (target.kind == "kim" and _tells(upload, erased))
    ]


def _tells(upload: Upload, erased: Erased) -> bool:
    try:
        sheets = read_sheets(upload.path)
    except (IntakeError, ReaderEnded):  # no table: it never becomes rows, and expires
        return False
    by_name = upload.sender in erased.senders or not upload.sender
    cells = (cell for sheet in sheets for row in sheet.rows for cell in row if cell)
    return any(erased.words.told_in(cell, by_name=by_name) for cell in cells)

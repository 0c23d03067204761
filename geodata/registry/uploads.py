"""Files that were handed in and wait for a person to look at their columns.

Each has a folder, readable by the server's user only: a registry file holds personal data. It is
written beside and renamed when it is whole, so a full disk or a crash leaves no half of a file, and
deleted once its rows are in the database, or when it is given up. The same bytes of one sender and
region wait once; those of another wait beside them.
"""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from itertools import count
from pathlib import Path
from typing import IO
from unicodedata import category

from geodata.confinement.confined import ReaderEnded
from geodata.errors import DataFileError
from geodata.private_files import make_private
from geodata.settings import settings
from geodata.whole_files import to_disk

_ABOUT = "about.json"
_INSIDE = "file"  # a folder of its own, so that no name is in the way
_NAME_BYTES = 200  # a file system takes 255
_UNFINISHED = ".unfinished-"
_BEING_READ = ".reading-"
AREAS_FOLDER = ".daerah"
"""Where, beside the waiting files, areas lie that addresses name: see ``geodata.area.kept``."""
_FORGOTTEN_AFTER = 3600  # seconds; no upload takes as long


@dataclass(frozen=True)
class Upload:
    """A file that waits.

    Attributes
    ----------
    key
        Names its folder, and the file in an address.
    sha256
        Of its bytes, hexadecimal.
    path
        Where it lies.
    whole
        False if its folder holds no file that can be used; then it has neither name nor sender, and
        can only be discarded.
    broke_reader
        Whether an earlier attempt to read it did not come to an end.
    at
        When it came, ISO 8601 in UTC.
    region
        The code of the only region whose KIM its rows may change; ``None`` is Indonesia.
    """

    key: str
    sha256: str
    file_name: str
    sender: str
    path: Path
    whole: bool = True
    broke_reader: bool = False
    at: str = ""
    region: str | None = None


def upload_folder() -> Path:
    """Return the folder of waiting files."""
    return settings().uploads


def keep(file: IO[bytes], file_name: str, sender: str, region: str | None = None) -> Upload:
    """Keep a file until its columns have been looked at, or return it where it waits already.

    Raises
    ------
    DataFileError
        If it cannot be written; then nothing of it is left behind.
    """
    name = _safe_name(file_name)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    root = upload_folder()
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_private(root)
        _clear_forgotten(root)
        folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))  # others cannot enter it
        try:
            (folder / _INSIDE).mkdir()
            with (folder / _INSIDE / name).open("wb") as copy:
                shutil.copyfileobj(file, copy)
                to_disk(copy)
            with (folder / _ABOUT).open("w", encoding="utf-8") as about:
                json.dump({"file_name": name, "sender": sender, "region": region}, about)
                to_disk(about)
            return _put(folder, sha256, (sender, region))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataFileError("upload_write", file=name, folder=root, reason=reason) from error


def find_upload(key: str) -> Upload | None:
    """Return the whole file that waits under ``key``; ``None`` if there is none."""
    return next((upload for upload in waiting() if upload.key == key and upload.whole), None)


def waiting() -> list[Upload]:
    """Return the files that wait, the latest first, also those of which only a part is there.

    Raises
    ------
    DataFileError
        If their folder cannot be read.
    """
    root = upload_folder()
    try:
        folders = [path for path in root.iterdir() if not path.name.startswith(".")]
        folders.sort(key=_changed, reverse=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataFileError("upload_read", folder=root, reason=reason) from error
    return [_read(path) for path in folders]


@contextmanager
def attempt(upload: Upload) -> Iterator[None]:
    """Read a waiting file within: what ends its reader, or this process, leaves a mark on it.

    Raises
    ------
    DataFileError
        If the mark cannot be written.
    """
    mark = _mark(upload.key)
    try:
        mark.touch()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataFileError(
            "upload_write", file=upload.file_name, folder=mark.parent, reason=reason
        ) from error
    try:
        yield
    except ReaderEnded:
        raise
    except BaseException:
        mark.unlink(missing_ok=True)
        raise
    mark.unlink(missing_ok=True)


def older_than(moment: datetime) -> list[str]:
    """Return the keys of what came before ``moment``, also of what is left of a file."""
    root = upload_folder()
    before = moment.astimezone(UTC).isoformat(timespec="seconds")
    there = root.iterdir() if root.is_dir() else ()
    kept = (path for path in there if path.name != AREAS_FOLDER)
    return sorted(path.name for path in kept if _time_of(path) < before)


def discard(upload: Upload) -> None:
    """Delete a waiting file, whole or not.

    Raises
    ------
    DataFileError
        If it cannot be deleted.
    """
    delete(upload.key)


def delete(key: str) -> None:
    """Delete what waits under ``key``, if there is anything.

    Raises
    ------
    DataFileError
        If it cannot be deleted.
    """
    path = upload_folder() / key
    try:
        _mark(key).unlink(missing_ok=True)
        if path.is_dir() and not path.is_symlink():
            # Renamed first, so that what is left by an interruption is no waiting file.
            if not key.startswith(_UNFINISHED):
                path = path.rename(path.with_name(f"{_UNFINISHED}{key}-{time.time_ns()}"))
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        for path in upload_folder().glob(f"{_UNFINISHED}{escape(key)}-*"):  # an earlier attempt's
            shutil.rmtree(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataFileError("upload_delete", folder=path, reason=reason) from error


def _safe_name(sent: str) -> str:
    """Return a name that any file system takes, of that which a browser sent; its ending is kept.

    Only the last part of a path is used, so that it leads nowhere else.
    """
    name = "".join(char for char in sent if category(char) != "Cc")
    name = Path(name.replace("\\", "/")).name
    end = name.encode("utf-8", errors="replace")[-_NAME_BYTES:]
    name = end.decode("utf-8", errors="ignore")  # it may begin within a character
    return "kiriman" if name in ("", ".", "..") else name


def _put(folder: Path, sha256: str, whose: tuple[str, str | None]) -> Upload:
    """Give a complete folder its place, unless the file of that sender and region is there."""
    for number in count(1):
        target = folder.with_name(sha256 if number == 1 else f"{sha256}.{number}")
        if not target.exists():
            try:
                folder.rename(target)
            except OSError:  # somebody else was faster, else there is no way to write here
                if not target.exists():
                    raise
        there = _read(target)
        if there.whole and (there.sender, there.region) == whose:
            return there
    raise AssertionError  # the numbers do not end


def _read(folder: Path) -> Upload:
    """Return the file of a folder; one that is not whole may come from a crash or another hand."""
    sha256 = folder.name.partition(".")[0]
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        name, sender = about["file_name"], about["sender"]
        region = about.get("region")  # files that came before there were accounts have none
        file = folder / _INSIDE / name
        sound = isinstance(sender, str) and isinstance(region, str | None)
        if not sound or Path(name).name != name or not file.is_file():
            raise ValueError
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Upload(folder.name, sha256, "", "", folder, whole=False, at=_time_of(folder))
    return Upload(
        folder.name,
        sha256,
        name,
        sender,
        file,
        broke_reader=_mark(folder.name).exists(),
        at=_time_of(folder),
        region=region,
    )


def _mark(key: str) -> Path:
    """Return the file that is there while the file ``key`` is read; beside, to leave its age."""
    return upload_folder() / f"{_BEING_READ}{key}"


def _clear_forgotten(root: Path) -> None:
    """Delete what processes that were killed have left: it holds personal data."""
    for path in root.glob(f"{_UNFINISHED}*"):
        if time.time() - _changed(path) > _FORGOTTEN_AFTER:
            shutil.rmtree(path, ignore_errors=True)


def _changed(path: Path) -> float:
    """Return when a folder was made, in seconds: reading what is in it leaves that alone."""
    try:
        return path.stat(follow_symlinks=False).st_mtime
    except OSError:  # gone in the meantime
        return time.time()


def _time_of(path: Path) -> str:
    return datetime.fromtimestamp(_changed(path), UTC).isoformat(timespec="seconds")

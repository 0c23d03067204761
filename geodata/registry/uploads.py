"""Files that were handed in and wait for a person to look at their columns.

Each has a folder named by its checksum, readable by the server's user only: a registry file holds
personal data. It is deleted once its rows are in the database, or when it is given up.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geodata.errors import DataFileError
from geodata.settings import settings

_ABOUT = "about.json"
_INSIDE = "file"  # a folder of its own, so that no name is in the way
_NAME_LENGTH = 100


@dataclass(frozen=True)
class Upload:
    """A file that waits: its checksum (hexadecimal), its name, who sent it, and where it lies."""

    sha256: str
    file_name: str
    sender: str
    path: Path


def upload_folder() -> Path:
    """Return the folder of waiting files."""
    return settings().uploads


def keep(file: IO[bytes], file_name: str, sender: str) -> Upload:
    """Keep a file until its columns have been looked at; the same bytes are kept once.

    Raises
    ------
    DataFileError
        If it cannot be written.
    """
    # Of the name that a browser sent only the last part is used, so it leads nowhere else.
    name = Path(file_name.replace("\\", "/")).name[-_NAME_LENGTH:]
    name = "kiriman" if name in ("", "..") else name
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    folder = upload_folder() / sha256
    about = {"file_name": name, "sender": sender}
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        path = folder / _INSIDE / name
        path.parent.mkdir()
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
    except OSError as error:
        raise DataFileError("upload_write", file=name, reason=error.strerror) from error
    return Upload(sha256, name, sender, path)


def find(sha256: str) -> Upload | None:
    """Return the waiting file of that checksum; ``None`` if there is none."""
    return next((one for one in waiting() if one.sha256 == sha256), None)


def waiting() -> list[Upload]:
    """Return the files that wait, the latest first."""
    found = sorted(
        upload_folder().glob(f"*/{_ABOUT}"), key=lambda path: path.stat().st_mtime, reverse=True
    )
    uploads = []
    for path in found:
        about = json.loads(path.read_text(encoding="utf-8"))
        file = path.parent / _INSIDE / about["file_name"]
        uploads.append(Upload(path.parent.name, about["file_name"], about["sender"], file))
    return uploads


def discard(upload: Upload) -> None:
    """Delete a waiting file."""
    shutil.rmtree(upload_folder() / upload.sha256, ignore_errors=True)

"""Files that appear under their names only when complete, and what is said if they cannot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from geodata.errors import DataFileError


def write_whole(path: Path, body: bytes) -> Path:
    """Write a file in one step: whoever reads it sees what was there before, or all of ``body``.

    It is written beside and renamed once it is on the disk. Only one process at a time may write
    a file; what one that was killed has left beside it is written over by the next.

    Raises
    ------
    OSError
        If it cannot be written; then nothing of it is left behind.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(body)
            to_disk(file)
        return partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def to_disk(file: IO[Any]) -> None:
    """Have the system write what it holds back of an open file; a full disk may show only then.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system has against writing ``path`` into an error that names it.

    Raises
    ------
    DataFileError
        If an ``OSError`` is raised within.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataFileError("cannot_write", file=str(path), reason=reason) from error

"""Files that may name people: for the user they belong to, and nobody else of the machine."""

import os
from pathlib import Path

from geodata.errors import DataFileError

_OTHERS = 0o077


def make_private(path: Path) -> None:
    """Take from everybody but its owner what they may do with a file or folder, if there is one.

    Raises
    ------
    DataFileError
        If others may use it and it belongs to somebody else, so that this cannot be mended.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if not mode & _OTHERS:
        return
    try:
        path.chmod(mode & ~_OTHERS & 0o7777)
    except OSError as error:
        raise DataFileError("not_private", file=path) from error


def create_private(path: Path) -> None:
    """Make an empty file that is for its owner only, or make one that is there so.

    Raises
    ------
    DataFileError
        See :func:`make_private`.
    OSError
        If it cannot be made.
    """
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
    make_private(path)


def write_private() -> None:
    """Have this process make files and folders for its own user only, from now on."""
    os.umask(_OTHERS)

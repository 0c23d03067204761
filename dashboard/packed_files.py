"""What takes seconds to pack is packed once and kept in a folder."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from geodata.settings import settings


def packed(source: bytes, pack: Callable[[], bytes]) -> bytes:
    """Return what ``pack`` makes of ``source``, from the folder if it was made before.

    Parameters
    ----------
    source
        What tells the result from any other: the content that is packed, or all that it rests on.
    """
    kept = packed_before(source)
    if kept is not None:
        return kept
    result = pack()
    with suppress(OSError):  # without the folder it takes as long the next time, no more
        _write(_path(source), result)
    return result


def packed_before(source: bytes) -> bytes | None:
    """Return what was made of ``source``, or ``None`` if nothing was yet."""
    try:
        return _path(source).read_bytes()
    except OSError:
        return None


def _path(source: bytes) -> Path:
    return settings().packed / hashlib.sha256(source).hexdigest()


def _write(path: Path, body: bytes) -> None:
    """Write a file in one step, whoever else writes the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

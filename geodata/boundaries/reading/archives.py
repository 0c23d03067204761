"""Unpacks zip archives of boundary files, within limits and nowhere but where it is told."""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.files import SUFFIXES, files_below, nothing_in

# A shapefile has 16 bytes a vertex: 8.8 million, all real desa, are 0.14 GB. More by far is none.
UNPACKED_BYTES = 4_000_000_000
ENTRIES = 200_000  # a shapefile of each kecamatan, of eight parts each, is 58,000

_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)


@contextmanager
def unpacked(file: Path) -> Iterator[list[Path]]:
    """Give the boundary files in ``file``: those inside a zip archive, else itself.

    Archives in the archive are unpacked, too; those within these are not.

    Raises
    ------
    ImportFailed
        If the archive is damaged or too large, holds no boundary file, or points out of it.
    """
    if file.suffix.lower() != ".zip":
        yield [file]
        return
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder).resolve()
        left = _unpack(file, target, UNPACKED_BYTES)
        for inner in files_below(target, (".zip",)):
            beside = inner.with_name(f"{inner.stem} ({inner.suffix[1:]})")
            left = _unpack(inner, beside, left)
            inner.unlink()
        inside = files_below(target, SUFFIXES)
        if not inside:
            raise nothing_in(Path(file.name))
        yield inside


def _unpack(file: Path, target: Path, left: int) -> int:
    """Unpack into ``target`` at most ``left`` bytes, and return how many are left then."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            left -= sum(entry.file_size for entry in entries)
            if left < 0 or len(entries) > ENTRIES:
                limit = UNPACKED_BYTES // 1_000_000_000
                raise ImportFailed("import_zip_size", file=file.name, limit=limit)
            for entry in entries:
                if not (target / entry.filename).resolve().is_relative_to(target):
                    raise ImportFailed("import_zip", file=file.name, reason=entry.filename)
            archive.extractall(target)
    except _DAMAGE as error:
        raise ImportFailed("import_zip", file=file.name, reason=error) from error
    return left

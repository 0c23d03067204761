"""Which files hold boundaries, and which others stand beside them."""

import glob
from collections.abc import Collection
from pathlib import Path

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.kinds import KINDS, part_beside

SUFFIXES = tuple(KINDS)
_OF_A_MAC = "__MACOSX"  # the folder in which its archives keep a second, hidden file of each


def boundary_files(path: Path) -> list[Path]:
    """Return the files to read: ``path`` itself, or all boundary files in the folder ``path``.

    Raises
    ------
    ImportFailed
        If there is none.
    """
    if path.is_file() or path.suffix.lower() == ".gdb":
        files = [path] if path.exists() else []
    else:
        files = files_below(path, (*SUFFIXES, ".zip"))
    if not files:
        raise nothing_in(path)
    return files


def files_below(folder: Path, suffixes: Collection[str]) -> list[Path]:
    """Return the files in ``folder`` whose names end so (in any case), but for hidden ones."""
    named = (path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
    files = (path for path in named if path.suffix.lower() == ".gdb" or not path.is_dir())
    return sorted(path for path in files if not _is_hidden(path.relative_to(folder)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == _OF_A_MAC for part in path.parts)


def nothing_in(path: Path) -> ImportFailed:
    """Return the error that there is no boundary file at ``path``."""
    return ImportFailed("import_nothing", path=path, suffixes=", ".join((*SUFFIXES, ".zip")))


def parts(file: Path) -> list[Path]:
    """Return every file that the bytes of ``file`` stand in: a shapefile has several."""
    if file.is_dir():
        return sorted(part for part in file.rglob("*") if part.is_file())
    if file.suffix.lower() != ".shp":
        return [file]
    others = (part_beside(file, suffix) for suffix in (".dbf", ".prj", ".cpg", ".cst"))
    return [file, *filter(None, others)]


def beside(file: Path) -> list[Path]:
    """Return ``file`` and the files of its name with other endings, which GDAL may read with it.

    Raises
    ------
    ImportFailed
        If one of them is a link that leads out of its folder.
    """
    folder = file.parent.resolve()
    named = [
        path for path in folder.glob(f"{glob.escape(file.stem)}.*") if path != folder / file.name
    ]
    for path in named:
        if not path.resolve().is_relative_to(folder):
            raise ImportFailed("import_link", file=path.name)
    return [file.resolve(), *named]

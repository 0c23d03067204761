"""The store of boundary sets: each in a folder of its own, written once, one of them active.

A set is built in a hidden folder and renamed when it is complete; then the file ``active``, which
names the set in use, is replaced in one step. Whatever interrupts a build (a stop, a crash, a full
disk) leaves the former active set in use.
"""

import fcntl
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

import geopandas as gpd

from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.completeness import bounds_table
from geodata.boundaries.polygon_file import ROWS_TOGETHER
from geodata.boundaries.set_manifest import (
    BOUNDS_FILE,
    LAYOUT,
    MANIFEST_FILE,
    Description,
    Manifest,
    polygons_file,
    read_manifest,
    write_manifest,
)
from geodata.boundaries.tiles import write_tilesets
from geodata.errors import DataFileError, RegionError
from geodata.gazetteer import Gazetteer
from geodata.progress import Report
from geodata.provenance import sha256
from geodata.regions import LEVELS, Level
from geodata.settings import settings
from geodata.whole_files import to_disk, write_whole

_ACTIVE_FILE = "active"
_UNFINISHED = ".building"
_REMOVED = ".removed-"
_LONGEST_NAME = 255  # bytes; a longer name no folder has

# A third less of zstd than by default, for seconds; what is beyond it is hardly smaller.
_COMPRESSION = 9


def store_root() -> Path:
    """Return the folder of the store."""
    return settings().store


def write(
    description: Description,
    polygons: Mapping[Level, gpd.GeoDataFrame],
    gazetteer: Gazetteer,
    report: Report,
    documents: Mapping[str, bytes] | None = None,
) -> BoundarySet:
    """Write a new set into the store, tiles included. It is not active yet.

    Parameters
    ----------
    polygons
        As ``coverage.roll_up`` returns them.
    documents
        Content of further files that belong to the set, by their names.

    Raises
    ------
    BuildError
        If the store cannot be written, another build is under way, or tippecanoe fails.
    RegionError
        If a polygon has a code that the gazetteer does not hold.
    """
    for level in LEVELS:
        codes = polygons[level]["kode"]
        unknown = codes[gazetteer.positions(level, codes) < 0]
        if len(unknown):
            raise RegionError("region_unknown", code=unknown.iloc[0])
    root = store_root()
    with writing(root), unfinished_folder(root) as folder:
        for level in LEVELS:
            path = folder / polygons_file(level)
            polygons[level].to_parquet(
                path,
                index=False,
                compression="zstd",
                compression_level=_COMPRESSION,
                row_group_size=ROWS_TOGETHER[level],
            )
        bounds = bounds_table(polygons, gazetteer)
        bounds.to_parquet(folder / BOUNDS_FILE, index=False, compression="zstd")
        marks = write_tilesets(polygons, gazetteer, folder, report)
        for name, content in (documents or {}).items():
            (folder / name).write_bytes(content)

        counts = {level.value: len(polygons[level]) for level in LEVELS}
        manifest = Manifest(
            **{**asdict(description), "sources": description.sources},
            layout=LAYOUT,
            # To the microsecond: which of two sets is the latest must be plain.
            built=datetime.now(UTC).isoformat(timespec="microseconds"),
            counts=counts,
            marks=marks,
            missing={level: len(gazetteer.codes(Level(level))) - n for level, n in counts.items()},
            files={path.name: _seal(path) for path in sorted(folder.iterdir())},
        )
        write_manifest(manifest, folder)
        target = _free_place(root, f"{description.name}-{description.version}")
        folder.rename(target)
    return open_set(target)


def activate(boundaries: BoundarySet) -> None:
    """Make ``boundaries`` the set in use, in one step.

    Raises
    ------
    BuildError
        If the store cannot be written, or somebody else writes it.
    """
    root = boundaries.path.parent
    with writing(root), _locked(root):
        write_whole(root / _ACTIVE_FILE, f"{boundaries.path.name}\n".encode())


def active_set() -> BoundarySet:
    """Return the set in use; once another is activated, that one.

    Raises
    ------
    DataFileError
        If there is none, the file ``active`` names none, or the set is damaged or was written in
        another layout.
    """
    path = _active_path(store_root())
    if not path.is_dir():
        raise DataFileError("store_active", file=path.parent / _ACTIVE_FILE, set=path.name)
    return open_set(path)


def list_sets() -> list[BoundarySet]:
    """Return all sets of the store that are whole, by name, the latest of a name first."""
    return _sets(lambda _: True)


def _sets(wanted: Callable[[str], bool]) -> list[BoundarySet]:
    """Return the sets, as :func:`list_sets`, that are in a folder of a name that is ``wanted``."""
    sets = []
    for path in store_root().glob(f"*/{MANIFEST_FILE}"):
        if not path.parent.name.startswith(".") and wanted(path.parent.name):
            with suppress(DataFileError):
                sets.append(open_set(path.parent))
    sets.sort(key=lambda boundaries: boundaries.manifest.built, reverse=True)
    return sorted(sets, key=lambda boundaries: boundaries.name)


def set_of_version(version: str) -> BoundarySet | None:
    """Return the set of that version, active or not; ``None`` if the store holds none."""
    # Only folders that its name may be of: reading a set checks all its files, and whoever asks for
    # a version is a stranger.
    sets = _sets(lambda name: re.sub(r"\.\d+$", "", name).endswith(f"-{version}"))
    return next((boundaries for boundaries in sets if boundaries.version == version), None)


def find(name: str) -> BoundarySet:
    """Return the set in the folder ``name``, else the latest of that name.

    Raises
    ------
    DataFileError
        If there is none.
    """
    sets = list_sets()
    for boundaries in sets:
        if boundaries.path.name == name:
            return boundaries
    for boundaries in sets:
        if boundaries.name == name:
            return boundaries
    known = ", ".join(boundaries.path.name for boundaries in sets)
    raise DataFileError("set_unknown", set=name, known=known)


def remove(name: str) -> BoundarySet:
    """Remove the set that :func:`find` finds, and return what it was.

    Raises
    ------
    DataFileError
        If there is none.
    BuildError
        If it is the active one, or the store cannot be written, or somebody else writes it.
    """
    boundaries = find(name)
    root = boundaries.path.parent
    with writing(root), _locked(root):
        if _is_active(boundaries.path):
            raise BuildError("set_active", set=boundaries.path.name)
        # Renamed first, so that what is left by an interruption is no set.
        doomed = boundaries.path.rename(root / f"{_REMOVED}{boundaries.path.name}")
        shutil.rmtree(doomed)
    open_set.cache_clear()
    return boundaries


def _active_path(root: Path) -> Path:
    """Return the folder of the set in use, whether it is there or not.

    Raises
    ------
    DataFileError
        If no set is in use, or what stands in the file ``active`` is no name of a set.
    """
    file = root / _ACTIVE_FILE
    try:
        written = file.read_bytes()[:_LONGEST_NAME]
    except FileNotFoundError as error:
        raise DataFileError("store_missing", folder=root) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataFileError("store_unreadable", file=file, reason=reason) from error
    name = written.decode("utf-8", errors="replace").strip()
    # Only a name of a set: it leads to no other folder, and to none that is hidden.
    if not name or Path(name).name != name or name.startswith(".") or not name.isprintable():
        plain = "".join(char if char.isprintable() else "\ufffd" for char in name)
        raise DataFileError("store_active", file=file, set=plain)
    return root / name


def _is_active(path: Path) -> bool:
    with suppress(DataFileError):
        return _active_path(path.parent) == path
    return False


@cache
def open_set(path: Path) -> BoundarySet:
    """Return the set in the folder ``path``, its files checked once a process.

    Raises
    ------
    DataFileError
        If the set is damaged or was written in another layout.
    """
    return BoundarySet(path, read_manifest(path))


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Turn what the system has against writing into an error that names the store."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError("store_write", folder=root, reason=reason) from error


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Be the only one that writes the store; what a removal that was killed has left goes."""
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildError("store_busy", folder=root) from error
        for left in root.glob(f"{_REMOVED}*"):
            shutil.rmtree(left)
        yield


@contextmanager
def unfinished_folder(root: Path) -> Iterator[Path]:
    """Give a hidden folder to build in, to one build at a time; nothing of it is left behind."""
    with _locked(root):
        folder = root / _UNFINISHED
        if folder.exists():  # we hold the lock, so it was left by a build that was killed
            shutil.rmtree(folder)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _seal(path: Path) -> dict[str, int | str]:
    """Make sure that a file is on the disk; return its size and checksum for the manifest."""
    with path.open("rb") as file:
        to_disk(file)
    return {"bytes": path.stat().st_size, "sha256": sha256(path)}


def _free_place(root: Path, name: str) -> Path:
    """Return where the set ``name`` can stand: a set is never replaced, even by one like it."""
    paths = (root / (name if i == 1 else f"{name}.{i}") for i in count(1))
    return next(path for path in paths if not path.exists())

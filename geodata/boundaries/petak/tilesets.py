"""Petak's tilesets in the store: one a level, made of the reference alone, so all sets share them.

A level has a file of its own, since the squares of one are elsewhere than the blocks of another,
and who looks at provinsi need not load 83,000 desa.
"""

from pathlib import Path

from geodata.boundaries.petak.squares import petak
from geodata.boundaries.store import store_root, unfinished_folder, writing
from geodata.boundaries.tiles import write_squares
from geodata.gazetteer import load_gazetteer
from geodata.progress import Report
from geodata.regions import LEVELS, Level
from geodata.whole_files import to_disk

# Raised whenever the same reference would become other tiles.
_RECIPE = 1

_STEP = "Petak"


def petak_version() -> str:
    """Return what names the tilesets: another reference has others."""
    return f"{load_gazetteer().version}-{_RECIPE}"


def petak_tiles(level: Level) -> Path:
    """Return where the tileset of ``level`` stands."""
    return _folder() / f"{level}.pmtiles"


def has_petak() -> bool:
    """Tell whether the store has the tilesets."""
    return _folder().is_dir()


def build_petak(report: Report) -> None:
    """Make the tilesets, unless they are there already.

    Raises
    ------
    BuildError
        If the store cannot be written, another build is under way, or tippecanoe fails.
    """
    if has_petak():
        return
    root = store_root()
    report(_STEP, 0.0)
    with writing(root), unfinished_folder(root) as folder:
        for done, level in enumerate(LEVELS):
            path = folder / petak_tiles(level).name
            write_squares(petak(level), path)
            with path.open("rb") as file:
                to_disk(file)
            report(_STEP, (done + 1) / len(LEVELS))
        folder.rename(_folder())


def _folder() -> Path:
    return store_root() / f"petak-{petak_version()}"

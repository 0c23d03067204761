"""The manifest of a boundary set: what it is, and what its folder holds."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from geodata.errors import DataFileError
from geodata.provenance import Source, sha256
from geodata.regions import Level

# Raised whenever the files of a set, or what stands in them, change.
LAYOUT = 4

MANIFEST_FILE = "manifest.json"
BOUNDS_FILE = "bounds.parquet"


@dataclass(frozen=True)
class Description:
    """What the maker of a boundary set says of it.

    Attributes
    ----------
    name, version
        Together they name the set; a set of the same inputs has the same version.
    title, notes
        By language.
    vintage
        The year that the boundaries hold for.
    approximate
        Whether the boundaries are estimates, which every map must say.
    inputs
        SHA-256 of each file the set was made from, by its name.
    """

    name: str
    title: dict[str, str]
    version: str
    vintage: str
    licence: str
    sources: list[Source]
    approximate: bool
    notes: list[dict[str, str]]
    inputs: dict[str, str]


@dataclass(frozen=True)
class Manifest(Description):
    """A description with what the store adds when it writes the set.

    Attributes
    ----------
    built
        When the set was made, ISO 8601 in UTC.
    counts, missing
        By level: how many regions have a polygon, and how many of the reference have none.
    marks
        How many marks of regions on small islands the tilesets have.
    files
        Size (``bytes``) and ``sha256`` of each file of the set, by its name.
    """

    layout: int
    built: str
    counts: dict[str, int]
    missing: dict[str, int]
    marks: int
    files: dict[str, dict[str, int | str]]


def polygons_file(level: Level) -> str:
    """Return the name of the file with the polygons of ``level``."""
    return f"{level}.parquet"


def tiles_file(level: Level) -> str:
    """Return the name of the file with the tileset of ``level``."""
    return f"{level}.pmtiles"


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write ``manifest`` into the folder of its set."""
    body = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / MANIFEST_FILE).write_text(body + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the set in ``folder``, whose files are then known to be intact.

    Raises
    ------
    DataFileError
        If a file is missing or damaged, or the set was written in another layout.
    """
    try:
        raw = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        if raw["layout"] != LAYOUT:
            raise DataFileError("store_layout", set=folder.name)
        manifest = Manifest(**{**raw, "sources": [Source(**source) for source in raw["sources"]]})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataFileError("store_damaged", set=folder.name, file=MANIFEST_FILE) from error
    for name, recorded in manifest.files.items():
        path = folder / name
        if not path.is_file() or sha256(path) != recorded["sha256"]:
            raise DataFileError("store_damaged", set=folder.name, file=name)
    return manifest

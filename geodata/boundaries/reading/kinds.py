"""The formats of boundary files: what the name of each ends with, and how its bytes begin.

Both have to agree, so that no file is opened as another thing than what its name says.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from geodata.boundaries.boundary_error import ImportFailed, NoBoundaries

_START_BYTES = 4096
# Of the files beside a shapefile that are a few hundred bytes of text and are read whole.
_TEXT_PARTS, _TEXT_BYTES = (".prj", ".cpg", ".cst"), 100_000
_NEEDED_PARTS = (".dbf", ".shx")  # without them there are no codes and names, or no shapes
_UTF8_MARK = b"\xef\xbb\xbf"
_FIRST_TABLE = "a00000001.gdbtable"  # of a File Geodatabase: the catalogue of its tables


@dataclass(frozen=True)
class Kind:
    """A format: what it is called, and whether a file may be one by its first bytes."""

    name: str
    fits: Callable[[bytes], bool]


def _is_json(start: bytes) -> bool:
    return start.removeprefix(_UTF8_MARK).lstrip().startswith(b"{")


def _is_kml(start: bytes) -> bool:
    elements: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: elements.append(name)
    with suppress(expat.ExpatError):
        parser.Parse(start)
    return bool(elements) and elements[0].rpartition(":")[2] == "kml"


_GEOJSON = Kind("GeoJSON", _is_json)
KINDS: dict[str, Kind] = {
    ".shp": Kind("shapefile", lambda start: start.startswith(b"\0\0\x27\x0a")),
    ".gpkg": Kind("GeoPackage", lambda start: start.startswith(b"SQLite format 3\0")),
    ".geojson": _GEOJSON,
    ".topojson": Kind("TopoJSON", _is_json),
    ".json": _GEOJSON,
    ".fgb": Kind("FlatGeobuf", lambda start: start[:3] == start[4:7] == b"fgb"),
    ".gdb": Kind("File Geodatabase", lambda start: start[:4] in (b"\x03\0\0\0", b"\x04\0\0\0")),
    ".kml": Kind("KML", _is_kml),
    ".parquet": Kind("GeoParquet", lambda start: start.startswith(b"PAR1")),
}
"""By the ending of the name, in lower case."""


def check_kind(file: Path) -> None:
    """Make sure that a boundary file is what its name says, and that no part of it is missing.

    Raises
    ------
    ImportFailed
        If it is not, or if a part of it that is read whole is too large to be one.
    NoBoundaries
        If what is named .json is none that we read.
    """
    kind = KINDS[file.suffix.lower()]
    first = file / _FIRST_TABLE if kind.name == "File Geodatabase" else file
    try:
        with first.open("rb") as opened:
            start = opened.read(_START_BYTES) if first.is_file() else b""
    except OSError:
        start = b""
    if not kind.fits(start):
        raise disguised(file)
    if kind.name == "shapefile":
        _check_parts(file)


def _check_parts(shapefile: Path) -> None:
    for suffix in _NEEDED_PARTS:
        if part_beside(shapefile, suffix) is None:
            raise ImportFailed("import_part_missing", file=shapefile.name, part=suffix)
    for suffix in _TEXT_PARTS:
        part = part_beside(shapefile, suffix)
        if part and part.stat().st_size > _TEXT_BYTES:
            raise ImportFailed("import_part_size", file=part.name, limit=_TEXT_BYTES // 1000)


def part_beside(shapefile: Path, suffix: str) -> Path | None:
    """Return the part of a shapefile that ends with ``suffix``, in lower or upper case."""
    named = (shapefile.with_suffix(written) for written in (suffix, suffix.upper()))
    return next((part for part in named if part.is_file()), None)


def disguised(file: Path) -> ImportFailed:
    """Return the error that a file is not of the format that its name says.

    Any list of facts may be called .json, so there it only says that these are no boundaries.
    """
    claimed = KINDS[file.suffix.lower()]
    known = ", ".join(dict.fromkeys(kind.name for kind in KINDS.values()))
    error = NoBoundaries if file.suffix.lower() == ".json" else ImportFailed
    return error("import_disguised", file=file.name, kind=claimed.name, known=known)

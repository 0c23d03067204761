"""Sidecars: beside each data file, who made it, under which licence, when, how, and its checksum.

The sidecar of ``regions.parquet`` is ``regions.source.json``. A data file is only read through
:func:`verified`, so a damaged or half-replaced file is an error that names itself.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from geodata.errors import DataFileError
from geodata.text import ByLanguage
from geodata.whole_files import write_whole


@dataclass(frozen=True)
class Source:
    """One producer a data file was derived from; names and words may be by language."""

    producer: ByLanguage
    title: ByLanguage
    origin: str
    licence: ByLanguage
    version: str


@dataclass(frozen=True)
class Sidecar:
    """What is known of a data file.

    ``sha256`` is of its bytes, ``date`` is ISO 8601; description and notes are by language.
    """

    description: dict[str, str]
    licence: ByLanguage
    date: str
    made_by: str
    sources: list[Source]
    notes: list[dict[str, str]]
    rows: int
    sha256: str


def sidecar_path(path: Path) -> Path:
    """Return where the sidecar of the data file ``path`` stands."""
    return path.with_suffix(".source.json")


def sha256(path: Path) -> str:
    """Return the SHA-256 checksum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sidecar(
    path: Path,
    *,
    description: dict[str, str],
    licence: ByLanguage,
    date: str,
    made_by: str,
    sources: list[Source],
    rows: int,
    notes: list[dict[str, str]] | None = None,
) -> None:
    """Write the sidecar of the data file ``path``, which must be complete by now."""
    sidecar = Sidecar(description, licence, date, made_by, sources, notes or [], rows, sha256(path))
    body = json.dumps(asdict(sidecar), ensure_ascii=False, indent=2)
    write_whole(sidecar_path(path), f"{body}\n".encode())


def read_sidecar(path: Path) -> Sidecar:
    """Return the sidecar of the data file ``path``.

    Raises
    ------
    DataFileError
        If the sidecar is missing or cannot be read.
    """
    try:
        raw = json.loads(sidecar_path(path).read_text(encoding="utf-8"))
        return Sidecar(**{**raw, "sources": [Source(**source) for source in raw["sources"]]})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataFileError("sidecar", file=sidecar_path(path).name) from error


@cache
def verified(path: Path) -> Path:
    """Return ``path`` once its bytes agree with its sidecar's checksum (checked once a process).

    Raises
    ------
    DataFileError
        If the file or its sidecar is missing, or the checksum differs.
    """
    if not path.is_file():
        raise DataFileError("missing_file", file=path.name)
    if sha256(path) != read_sidecar(path).sha256:
        raise DataFileError("checksum", file=path.name)
    return path

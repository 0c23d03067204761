"""Extracts as files: each with its manifest, none half written."""

import io
import tempfile
import zipfile
from pathlib import Path

from geodata.columns import column
from geodata.errors import SelectionError
from geodata.exports.extracts import Extract
from geodata.exports.formats import SEPARATORS, Format
from geodata.exports.manifest import Imprint, manifest
from geodata.exports.spreadsheets import to_csv
from geodata.provenance import sha256
from geodata.whole_files import writing


def save(
    extract: Extract, form: Format, out: Path, imprint: Imprint, separator: str = ","
) -> list[Path]:
    """Write an extract and its manifest: a workbook with two sheets, or two files.

    A file appears under its name only when it is complete.

    Returns
    -------
    The files written: ``out`` and, except for a workbook, ``<name>-keterangan.csv`` beside it.

    Raises
    ------
    DataFileError
        If a file cannot be written.
    SelectionError
        If the separator is not one of ``SEPARATORS``.
    """
    if separator not in SEPARATORS.values():
        raise SelectionError("separator", value=separator)
    with writing(out), tempfile.TemporaryDirectory(prefix=".kim-", dir=out.parent) as folder:
        made = _write(extract, form, Path(folder) / out.name, imprint, separator)
        return [path.replace(out.with_name(path.name)) for path in made]


def pack(
    extract: Extract,
    form: Format,
    name: str,
    imprint: Imprint,
    separator: str = ",",
    *,
    alone: bool = False,
) -> bytes:
    """Return one file to hand out: a ZIP of the data file and its manifest.

    ``alone`` leaves the manifest away, and the file is the data file itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / f"{name}.{form}"
        files = _write(extract, form, data, imprint, separator)
        if alone:
            return data.read_bytes()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                archive.write(path, path.name)
        return buffer.getvalue()


def _write(
    extract: Extract, form: Format, path: Path, imprint: Imprint, separator: str
) -> list[Path]:
    form.write(extract, path, imprint, separator)
    if form.has_manifest:
        return [path]
    facts = [("file", path.name), ("sha256", sha256(path))]
    if form.short_names:
        short = {name: column(name).short_name for name in extract.columns}
        facts += [("renamed", f"{new} = {name}") for name, new in short.items() if new != name]
    beside = path.with_name(f"{path.name.removesuffix(f'.{form}')}-keterangan.csv")
    beside.write_bytes(to_csv(manifest(extract, imprint, facts), separator))
    return [path, beside]

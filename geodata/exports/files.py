"""Extracts as files: each with its manifest, none half written."""

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

from geodata.errors import DataFileError, SelectionError
from geodata.exports.extracts import Extract
from geodata.exports.formats import SHAPEFILE_NAMES, Format, pieces, write_file
from geodata.exports.manifest import Imprint, manifest
from geodata.exports.tables import SEPARATORS, to_csv, write_xlsx
from geodata.provenance import sha256
from geodata.text import text


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
        If the separator is not one of ``tables.SEPARATORS``.
    """
    if separator not in SEPARATORS:
        raise SelectionError("separator", value=separator)
    try:
        with tempfile.TemporaryDirectory(prefix=".kim-", dir=out.parent) as folder:
            made = _write(extract, form, Path(folder) / out.name, imprint, separator)
            return [path.replace(out.with_name(path.name)) for path in made]
    except OSError as error:
        raise DataFileError("cannot_write", file=str(out), reason=error.strerror) from error


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
    if form is Format.XLSX:
        write_workbook(extract, path, imprint)
        return [path]
    write_file(extract, form, path, separator)
    facts = [("file", path.name), ("sha256", sha256(path))]
    if form is Format.SHP:
        facts += [
            ("renamed", f"{SHAPEFILE_NAMES[name]} = {name}")
            for name in extract.columns
            if name in SHAPEFILE_NAMES
        ]
    beside = path.with_name(f"{path.name.removesuffix(f'.{form}')}-keterangan.csv")
    beside.write_bytes(to_csv(manifest(extract, imprint, facts), separator))
    return [path, beside]


def write_workbook(extract: Extract, path: Path, imprint: Imprint) -> None:
    """Write a workbook of two sheets: the rows and their manifest.

    A file cannot hold its own checksum, so the manifest has that of the rows as CSV.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    import xlsxwriter.exceptions

    digest = hashlib.sha256()
    for piece in pieces(extract, Format.CSV):
        digest.update(piece)
    said = manifest(extract, imprint, [("sha256_csv", digest.hexdigest())])
    title = "KIM" if extract.subject == "kim" else text("column.wilayah", imprint.lang)
    try:
        write_xlsx(path, {title: extract.table(), text("unduh.sheet", imprint.lang): said})
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(*error.args) from error

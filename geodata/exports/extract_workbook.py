"""An extract as a workbook of two sheets: its rows and its manifest."""

import hashlib
from pathlib import Path

from geodata.exports.extracts import Extract
from geodata.exports.manifest import Imprint, manifest
from geodata.exports.pieces import csv_of
from geodata.exports.spreadsheets import write_xlsx
from geodata.text import text


def write_workbook(extract: Extract, path: Path, imprint: Imprint) -> None:
    """Write a workbook; it has no link to the data, only values.

    A file cannot hold its own checksum, so the manifest has that of the rows as CSV.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    import xlsxwriter.exceptions

    digest = hashlib.sha256()
    for piece in csv_of(extract, ","):
        digest.update(piece)
    about = manifest(extract, imprint, [("sha256_csv", digest.hexdigest())])
    title = "KIM" if extract.subject == "kim" else text("column.wilayah", imprint.lang)
    try:
        sheets = {title: extract.table(), text("unduh.sheet", imprint.lang): about}
        write_xlsx(path, sheets, extract.readable_in)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(*error.args) from error

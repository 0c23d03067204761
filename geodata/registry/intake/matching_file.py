"""Matches the rows of any table to regions, and gives the table back with what was found."""

import math
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.packed import in_parts
from geodata.progress import Report
from geodata.regions import LEVELS
from geodata.registry.intake.column_preview import columns_of
from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.placing import Asked, Placer
from geodata.registry.intake.point_check import boundaries_in_use, located
from geodata.registry.intake.sheets.headers import LOCATING
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.table import rows_below_headers
from geodata.registry.notice import Notice
from geodata.registry.reasons import Reason

ADDED = ("kode_wilayah", "metode", "skor", "status", "kandidat", "alasan")
_TAKEN = "hasil_"  # before the name of a column that the input has already


def match_file(
    path: Path,
    gazetteer: Gazetteer,
    *,
    corrections: Mapping[str, str] | None = None,
    progress: Report | None = None,
) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """Find the region of each row of a table: the finest that the row names.

    Parameters
    ----------
    path
        Any file that :func:`~geodata.registry.intake.files.reading.read_sheets` reads.
    corrections
        header -> field, where the guess is wrong.

    Returns
    -------
    DataFrame of text, a row for each row of the file in its order: every column of the file, then
    :data:`ADDED` (with ``hasil_`` before a name that the file has already): the code or "", method
    (a ``Method``) and score (0 to 1), the ``Verdict``, and the candidates, the best first, as
    ``kode:skor;kode:skor``. And what there is to say of how the file was read.

    Raises
    ------
    IntakeError
        If the file cannot be read, or names no places.
    """
    report = progress or (lambda *_: None)
    report("Reading", 0.0)
    sheets = read_sheets(path, partial(report, "Reading"))
    columns = columns_of(sheets, path.name, corrections, of_places=True).columns
    mapping = dict(zip(columns["header"], columns["field"], strict=True))
    if not set(LOCATING) & set(mapping.values()):
        raise IntakeError("intake_no_place", file=path.name)
    file_rows = rows_below_headers(sheets, path.name, gazetteer, mapping, of_places=True)
    report("Places", 0.0)
    rows = [row for part in file_rows.parts() for row in part]
    asked = [_asked(row) for row in rows]
    boundaries = boundaries_in_use()
    if boundaries is not None:
        there = located(np.array([(row.lat, row.lng) for row in asked]), boundaries)
        asked = [row._replace(there=str(code)) for row, code in zip(asked, there, strict=True)]
    codes = Counter(row.kode_wilayah for row in asked)
    placer = Placer(codes, gazetteer, boundaries=boundaries)
    written: list[tuple[str, ...]] = []
    for part in in_parts(asked):
        written += map(_written, placer.place(part))
        report("Places", len(written) / len(rows))
    table = pd.DataFrame([_as_read(row) for row in rows]).fillna("")
    for name, values in zip(ADDED, zip(*written, strict=True), strict=True):
        table[f"{_TAKEN}{name}" if name in table else name] = values
    return table, file_rows.notices


def _written(placement: Placement) -> tuple[str, ...]:
    """Return what is told of a row, in the order of :data:`ADDED`."""
    by = placement.by
    return (
        placement.code,
        by.method.value if by else "",
        f"{by.share:g}" if by else "",
        placement.verdict.value,
        ";".join(f"{rival.code}:{rival.share:g}" for rival in placement.candidates),
        ";".join(placement.reasons),
    )


def _asked(row: Row) -> Asked:
    if row.reason not in (None, Reason.SECTION):
        return Asked()
    point = read_point(row.value("lat"), row.value("lng"), row.value("koordinat"))
    where = point if isinstance(point, Point) else Point(math.nan, math.nan)
    provinsi, kabupaten_kota, kecamatan, desa = map(row.region, LEVELS)
    return Asked(
        row.value("kode_wilayah"),
        provinsi,
        kabupaten_kota,
        kecamatan,
        desa,
        from_above=bool(row.above),
        several=row.several,
        lat=where.lat,
        lng=where.lng,
    )


def _as_read(row: Row) -> dict[str, str]:
    headers = [column.header for column in row.header.columns]
    headers += [f"Kolom {number + 1}" for number in range(len(headers), len(row.cells))]
    return dict(zip(headers, row.cells, strict=True))

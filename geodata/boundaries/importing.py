"""Imports official boundary files into the store: read, resolve, repair, roll up, write."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.completeness import roll_up
from geodata.boundaries.import_report import (
    METHODS_FILE,
    REPORT_FILE,
    ImportReport,
    read_report,
)
from geodata.boundaries.reading.files import boundary_files, parts
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.points_inside import check_level
from geodata.boundaries.reading.reading_apart import read_apart
from geodata.boundaries.reading.sources import Schema
from geodata.boundaries.repair import Mended, merge_parts, repair_polygons
from geodata.boundaries.reporting import make_report
from geodata.boundaries.resolving import NothingPlaced, Reason, resolve, resolve_areas
from geodata.boundaries.seams import close_seams
from geodata.boundaries.set_manifest import LAYOUT, Description
from geodata.boundaries.store import list_sets, write
from geodata.boundaries.upper_levels import UPPER_FILE, compare, summary
from geodata.freed import give_back
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.progress import Report
from geodata.provenance import Source, sha256

# Raised whenever the same file would become another set.
RECIPE = 3


def import_boundaries(
    path: Path, report: Report, *, name: str | None = None, options: Options | None = None
) -> tuple[BoundarySet, ImportReport]:
    """Import a boundary file, or all in a folder, as a set of the store. It is not active yet.

    Parameters
    ----------
    path
        A file of any common format, a zip archive, or a folder of such files, of one producer. Of
        several levels the finest becomes the set; the others are compared with its unions.
    name
        Name of the set; by default that of the file.

    Returns
    -------
    The set, which is the former one if the same files were imported before, and its report.

    Raises
    ------
    ImportFailed
        If the files cannot be read or recognised, or nothing of them can be placed.
    ReaderEnded
        If reading them took more memory or time than it may, or crashed.
    BuildError
        If the store cannot be written or tippecanoe fails.
    """
    options, gazetteer = options or Options(), load_gazetteer()
    files = boundary_files(path)
    inputs = {
        str(part.relative_to(path.parent)): sha256(part) for file in files for part in parts(file)
    }
    version = _version(inputs.values(), options, gazetteer)
    for known in list_sets():
        if known.version == version and name in (None, known.name):
            return known, read_report(known)

    report("Reading", 0.0)
    read = read_apart(files, options, report)
    schema, level = read.schema, read.schema.level
    rows, kept, mended = _placed(read.rows, schema, gazetteer, report)
    upper = {
        above: _placed(given, upper_schema, gazetteer, report)[:2]
        for above, (upper_schema, given) in read.upper.items()
    }
    told = {"axes_swapped": read.axes_swapped, "passed_over": read.passed_over, "lines": read.lines}
    del read  # the polygons as they came: a third of the memory
    if kept.empty:
        raise NothingPlaced(rows["alasan"].tolist())
    check_level(kept, level, gazetteer)
    kept, seams = close_seams(kept, report)
    covered = kept.loc[kept.geometry.is_empty, "kode"]
    rows.loc[rows["kode"].isin(covered), ["kode", "alasan"]] = ["", Reason.COVERED]
    kept = kept[~kept.geometry.is_empty]
    report("Unions of desa", 0.0)
    polygons = roll_up(kept, level)
    give_back()
    report("Unions of desa", 1.0)

    report("Report", 0.0)
    compared = {
        above: compare(above, given, polygons[above]) for above, (_, given) in upper.items()
    }
    finding = make_report(
        rows,
        polygons,
        schema,
        gazetteer,
        files=inputs,
        reading=told,
        upper={
            above.value: summary(table, upper[above][0], gazetteer)
            for above, table in compared.items()
        },
        repairs=asdict(mended),
        seams=asdict(seams),
    )
    report("Report", 1.0)
    documents = {
        REPORT_FILE: finding.to_json().encode(),
        METHODS_FILE: kept[["kode", "metode", "skor"]].to_parquet(index=False),
    }
    if compared:
        documents[UPPER_FILE] = pd.concat(compared.values()).to_parquet(index=False)
    boundaries = write(
        _describe(name or _slug(path), version, schema, options, finding),
        polygons,
        gazetteer,
        report,
        documents=documents,
    )
    return boundaries, finding


def _placed(
    rows: gpd.GeoDataFrame, schema: Schema, gazetteer: Gazetteer, report: Report
) -> tuple[pd.DataFrame, gpd.GeoDataFrame, Mended]:
    """Find the region of each row and repair its polygon.

    Returns
    -------
    The rows without their geometry, with the columns of ``resolving.resolve``; one polygon for each
    kode that was found; and what was repaired.
    """
    report("Regions", 0.0)
    if schema.codes or schema.names:
        resolved = resolve(rows, schema.level, schema.adapter.scheme, gazetteer)
    else:  # areas of lines
        resolved = resolve_areas(rows.geometry, schema.level, gazetteer)
    rows = rows.join(resolved)
    report("Regions", 1.0)
    report("Repair", 0.0)
    rows, unusable, mended = repair_polygons(rows)
    rows.loc[unusable != "", "kode"] = ""
    rows["alasan"] = unusable.where(unusable != "", rows["alasan"])
    kept = merge_parts(rows[rows["kode"] != ""])
    report("Repair", 1.0)
    return rows.drop(columns="geometry"), kept, mended


def _version(checksums: Iterable[str], options: Options, gazetteer: Gazetteer) -> str:
    recipe = [LAYOUT, RECIPE, gazetteer.version, sorted(checksums), asdict(options)]
    return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:12]


def _slug(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "import"


def _describe(
    name: str, version: str, schema: Schema, options: Options, finding: ImportReport
) -> Description:
    """Return what is known of an imported set."""
    lost = len(finding.rejected)
    producer = schema.adapter.producer or name
    return Description(
        name=name,
        title={"id": f"Batas wilayah: {producer}", "en": f"Boundaries: {producer}"},
        version=version,
        vintage=options.vintage,
        licence=options.licence,
        sources=[
            Source(producer, name, ", ".join(finding.files), options.licence, options.vintage)
        ],
        approximate=False,
        notes=[
            {
                "id": f"{finding.rows} baris dibaca, {finding.polygons} poligon dipakai, "
                f"{finding.merged} baris digabung, {lost} ditolak dengan alasan.",
                "en": f"{finding.rows} rows read, {finding.polygons} polygons used, "
                f"{finding.merged} rows merged, {lost} rejected with a reason.",
            }
        ],
        inputs=finding.files,
    )

"""Reads boundary files in a process of its own (module ``confined``): strangers made them."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas as gpd

from geodata.boundaries.reading.archives import UNPACKED_BYTES
from geodata.boundaries.reading.files import beside
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.rows import Reading, read_polygons
from geodata.boundaries.reading.sources import ADAPTERS, Schema, generic
from geodata.confinement.confined import Limits, confined
from geodata.progress import Done, Report
from geodata.regions import Level
from geodata.settings import settings

_GB = 1_000_000_000


def read_apart(files: list[Path], options: Options, report: Report) -> Reading:
    """Read files as ``rows.read_polygons`` does, in a process of its own.

    Raises
    ------
    ImportFailed
        As ``read_polygons``.
    ReaderEnded
        If reading takes more memory or time than the settings allow, or crashes.
    """
    limits = Limits(
        memory=int(settings().reading_memory_gb * _GB),
        seconds=settings().reading_seconds,
        file_bytes=2 * UNPACKED_BYTES,
    )
    named = files[0].name if len(files) == 1 else files[0].parent.name
    with confined(
        _read_here,
        {"files": [str(file.absolute()) for file in files], "options": asdict(options)},
        file=named,
        limits=limits,
        readable=[part for file in files for part in beside(file)],
        done=lambda share: report("Reading", share),
    ) as (answer, folder):
        levels = [_taken_over(told, folder, options) for told in answer["levels"]]
    (schema, rows), *upper = levels
    return Reading(
        schema,
        rows,
        {given.level: (given, table) for given, table in upper},
        answer["axes_swapped"],
        answer["passed_over"],
        answer["lines"],
    )


def _read_here(asked: dict[str, Any], folder: Path, done: Done) -> dict[str, Any]:
    """Read files in this very process; the rows of each level go into a file of ``folder``."""
    options = asked["options"]
    level = options.pop("level")
    read = read_polygons(
        [Path(file) for file in asked["files"]],
        Options(level=level and Level(level), **options),
        lambda _, share: done(share),
    )
    levels = [(read.schema, read.rows), *read.upper.values()]
    return {
        "levels": list(_handed_over(levels, folder)),
        "axes_swapped": read.axes_swapped,
        "passed_over": read.passed_over,
        "lines": read.lines,
    }


def _handed_over(
    levels: Iterable[tuple[Schema, gpd.GeoDataFrame]], folder: Path
) -> Iterable[dict[str, Any]]:
    for schema, rows in levels:
        rows.to_feather(folder / schema.level.value, compression="uncompressed")
        yield {
            "adapter": schema.adapter.key,
            "level": schema.level,
            "codes": schema.codes,
            "names": schema.names,
            "kinds": schema.kinds,
        }


def _taken_over(
    told: dict[str, Any], folder: Path, options: Options
) -> tuple[Schema, gpd.GeoDataFrame]:
    level = Level(told["level"])
    known = {adapter.key: adapter for adapter in ADAPTERS}
    adapter = known.get(told["adapter"]) or generic(options.code_field, options.name_field)
    codes, names = (
        {Level(above): tuple(fields) for above, fields in told[part].items()}
        for part in ("codes", "names")
    )
    kinds = {Level(above): field for above, field in told["kinds"].items()}
    rows = gpd.read_feather(folder / level.value)
    texts = [name for name in rows.columns if name not in ("baris", "geometry")]
    rows[texts] = rows[texts].astype(object)
    return Schema(adapter, level, codes, names, kinds), rows

"""The rows of boundary files: whatever the producer's schema, in the same columns."""

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.boundaries.errors import ImportFailed
from geodata.boundaries.reading import as_text, fields_of, read_file, unpacked
from geodata.boundaries.sources import ADAPTERS, AUTO, CodeScheme, Schema, recognise
from geodata.progress import Report
from geodata.regions import LEVELS, Level

_LEVEL_OF_DIGITS = {2: Level.PROVINSI, 4: Level.KABUPATEN_KOTA, 6: Level.KECAMATAN, 10: Level.DESA}


@dataclass(frozen=True)
class Options:
    """What the user says of a file; see ``sources.recognise`` and ``reading.read_file``.

    The year that the boundaries hold for (``vintage``) and their licence stand in no file: they
    are not stated unless the user states them.
    """

    source: str = AUTO
    code_field: str | None = None
    name_field: str | None = None
    level: Level | None = None
    crs: str | None = None
    vintage: str = ""
    licence: str = ""


def read_rows(
    files: list[Path], options: Options, report: Report
) -> tuple[gpd.GeoDataFrame, Schema, list[str]]:
    """Read files of one producer and one level.

    Returns
    -------
    GeoDataFrame in EPSG:4326 with the columns berkas, baris (from 1, within its file), kode_asal
    (text as it stands there), the names by level as far as the files have them, geometry; the
    schema that was recognised; and the files whose axes stood in the wrong order.

    Raises
    ------
    ImportFailed
        If a file cannot be read or recognised, or they are of several producers or levels.
    """
    tables: list[gpd.GeoDataFrame] = []
    schemas: dict[str, Schema] = {}
    swapped = []
    for done, file in enumerate(files):
        with unpacked(file) as inner:
            for one in inner:
                table, schema = _read_one(one, options)
                label = one.name if one == file else f"{file.name}/{one.name}"
                schemas[label] = schema
                if table.attrs.pop("axes_swapped", False):
                    swapped.append(label)
                table.insert(0, "berkas", label)
                tables.append(table)
        report("Reading", (done + 1) / len(files))
    if len({(one.adapter.key, one.level) for one in schemas.values()}) > 1:
        told = (f"{label}: {one.adapter.key} {one.level}" for label, one in schemas.items())
        raise ImportFailed("import_mixed", files="; ".join(sorted(told)))
    rows = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326")
    names = [one.value for one in LEVELS if one.value in rows]
    rows[names] = rows[names].fillna("")
    return rows, next(iter(schemas.values())), swapped


def _read_one(file: Path, options: Options) -> tuple[gpd.GeoDataFrame, Schema]:
    there = fields_of(file)
    known = set().union(*(adapter.fields() for adapter in ADAPTERS))
    known |= {one.lower() for one in (options.code_field, options.name_field) if one}
    raw = read_file(file, [one for one in there if one.lower() in known], options.crs)
    columns = {name: as_text(raw[name]) for name in raw.columns if name != "geometry"}
    filled = [name for name, values in columns.items() if (values != "").any()]
    schema = recognise(
        filled if any(one.lower() in known for one in filled) else there,
        options.source,
        level=options.level,
        code_field=options.code_field,
        name_field=options.name_field,
    )
    if options.level is None:
        schema = _settle_level(schema, columns, filled, options)
    table = gpd.GeoDataFrame(geometry=raw.geometry)
    table.attrs = raw.attrs
    table["baris"] = range(1, len(table) + 1)
    table["kode_asal"] = columns[schema.code] if schema.code else ""
    for level, name in schema.names.items():
        table[level.value] = columns[name]
    return table, schema


def _settle_level(
    schema: Schema, columns: dict[str, pd.Series], filled: list[str], options: Options
) -> Schema:
    """Let the rows tell their level where one field serves all levels."""
    level = schema.level
    if by := schema.adapter.level_field:
        value = next((columns[one] for one in filled if one.lower() == by.lower()), None)
        told = re.fullmatch(r"ADM([1-4])", "" if value is None else value.mode()[0], re.IGNORECASE)
        level = LEVELS[int(told[1]) - 1] if told else level
    elif schema.code and schema.adapter.scheme is CodeScheme.KEMENDAGRI:
        digits = columns[schema.code].str.replace(r"\D", "", regex=True).str.len()
        level = _LEVEL_OF_DIGITS.get(int(digits[digits > 0].mode()[0]), level)
    if level is schema.level:
        return schema
    return recognise(
        filled,
        schema.adapter.key,
        level=level,
        code_field=options.code_field,
        name_field=options.name_field,
    )

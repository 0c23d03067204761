"""The rows of boundary files: whatever the producer's schema, in the same columns."""

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geodata.boundaries.archives import unpacked
from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.polygon_files import (
    Layer,
    as_text,
    fields_of,
    layers_of,
    read_layer,
    unreadable,
)
from geodata.boundaries.sources import ADAPTERS, AUTO, CodeScheme, Schema, recognise
from geodata.matching.vocabulary import ABBREVIATIONS, PREFIXES
from geodata.progress import Report
from geodata.regions import LEVELS, Level

_LEVEL_OF_DIGITS = {2: Level.PROVINSI, 4: Level.KABUPATEN_KOTA, 6: Level.KECAMATAN, 10: Level.DESA}


@dataclass(frozen=True)
class Options:
    """What the user says of a file; see ``sources.recognise`` and ``reading.read_layer``.

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


@dataclass(frozen=True)
class Reading:
    """What stands in boundary files.

    Attributes
    ----------
    schema, rows
        The schema of the finest level that was met, and its rows: a GeoDataFrame in EPSG:4326 with
        the columns berkas, baris (from 1, within its layer), kode_asal (text as it stands there),
        the names by level as far as the files have them, geometry.
    upper
        Schema and rows of the levels above it, where they are given too.
    axes_swapped
        Layers whose latitude and longitude stood in the wrong order.
    passed_over
        Layers without a field that we know, beside others that have some.
    """

    schema: Schema
    rows: gpd.GeoDataFrame
    upper: dict[Level, tuple[Schema, gpd.GeoDataFrame]]
    axes_swapped: list[str]
    passed_over: list[str]


def read_polygons(files: list[Path], options: Options, report: Report) -> Reading:
    """Read files of one producer, of one level or of several.

    Raises
    ------
    ImportFailed
        If a file cannot be read or recognised, or they are of several producers.
    """
    tables: dict[Level, list[gpd.GeoDataFrame]] = {}
    schemas: dict[Level, Schema] = {}
    producers: dict[str, str] = {}
    swapped, passed_over = [], []
    for done, file in enumerate(files):
        with unpacked(file) as inner:
            for part in inner:
                read, unknown = _read_file(part, options)
                within = "" if part == file else f"{file.name}/"
                passed_over += [within + layer.label for layer in unknown]
                for layer, table, schema in read:
                    label = within + layer.label
                    producers[label] = schema.adapter.key
                    if table.attrs.pop("axes_swapped", False):
                        swapped.append(label)
                    table.insert(0, "berkas", label)
                    tables.setdefault(schema.level, []).append(table)
                    schemas.setdefault(schema.level, schema)
        report("Reading", (done + 1) / len(files))
    if len(set(producers.values())) > 1:
        told = (f"{label}: {key}" for label, key in sorted(producers.items()))
        raise ImportFailed("import_mixed", files="; ".join(told))
    met = [level for level in LEVELS if level in tables]
    levels = {level: (schemas[level], _joined(tables[level])) for level in met}
    schema, rows = levels.pop(met[-1])
    return Reading(schema, rows, levels, swapped, passed_over)


def _joined(tables: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    rows = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326")
    names = [level.value for level in LEVELS if level.value in rows]
    rows[names] = rows[names].fillna("")
    return rows


_Read = list[tuple[Layer, gpd.GeoDataFrame, Schema]]


def _read_file(file: Path, options: Options) -> tuple[_Read, list[Layer]]:
    """Read the layers of a file; return those that nobody knows apart, unless there is no other."""
    read: _Read = []
    unknown, reason = [], None
    for layer in layers_of(file):
        try:
            read.append((layer, *_read_layer(layer, options)))
        except ImportFailed as error:
            if error.key != "import_fields":
                raise
            unknown.append(layer)
            reason = error
    if reason and not read:
        raise reason
    return read, unknown


def _read_layer(layer: Layer, options: Options) -> tuple[gpd.GeoDataFrame, Schema]:
    there = fields_of(layer)
    known = set().union(*(adapter.fields() for adapter in ADAPTERS))
    known |= {name.lower() for name in (options.code_field, options.name_field) if name}
    raw = read_layer(layer, [name for name in there if name.lower() in known], options.crs)
    try:
        columns = {name: as_text(raw[name]) for name in raw.columns if name != "geometry"}
    except pa.ArrowException as error:  # text of a GeoParquet that is none
        raise unreadable(layer, error) from error
    filled = [name for name, values in columns.items() if (values != "").any()]
    schema = recognise(
        filled if any(name.lower() in known for name in filled) else there,
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
        if kind := schema.kinds.get(level):
            table[level.value] = _with_kind(columns[kind], columns[name], level)
    return table, schema


def _with_kind(kinds: pd.Series, names: pd.Series, level: Level) -> pd.Series:
    """Write the kind before each name, unless it begins so or the kind is none of ``level``."""
    words = kinds.str.lower().replace(ABBREVIATIONS)
    pairs = zip(words.where(words.isin(PREFIXES[level]), ""), names, strict=True)
    written = [
        f"{word} {name}" if word and name and not name.lower().startswith(word) else name
        for word, name in pairs
    ]
    return pd.Series(written, index=names.index, dtype=object)


def _settle_level(
    schema: Schema, columns: dict[str, pd.Series], filled: list[str], options: Options
) -> Schema:
    """Let the rows tell their level where one field serves all levels."""
    level = schema.level
    if by := schema.adapter.level_field:
        value = next((columns[name] for name in filled if name.lower() == by.lower()), None)
        said = "" if value is None or value.empty else value.mode()[0]
        told = re.fullmatch(r"ADM([1-4])", said, re.IGNORECASE)
        level = LEVELS[int(told[1]) - 1] if told else level
    elif schema.code and schema.adapter.scheme is CodeScheme.KEMENDAGRI:
        digits = columns[schema.code].str.replace(r"\D", "", regex=True).str.len()
        written = digits[digits > 0]
        level = level if written.empty else _LEVEL_OF_DIGITS.get(int(written.mode()[0]), level)
    if level is schema.level:
        return schema
    return recognise(
        filled,
        schema.adapter.key,
        level=level,
        code_field=options.code_field,
        name_field=options.name_field,
    )

"""The rows of a layer: whatever the producer's schema, in the same columns."""

import re
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geodata.boundaries.boundary_error import ImportFailed, NoBoundaries
from geodata.boundaries.reading.areas_of_lines import Enclosed, areas_of
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.polygon_files import (
    Layer,
    Shapes,
    as_text,
    fields_of,
    read_layer,
    row_count,
    shapes_in,
    unreadable,
)
from geodata.boundaries.reading.row_codes import (
    codes_of,
    digit_counts,
    first_filled,
    with_code_parts,
)
from geodata.boundaries.reading.sources import ADAPTERS, CodeScheme, Schema, generic, recognise
from geodata.matching.vocabulary import ABBREVIATIONS, PREFIXES
from geodata.regions import LEVELS, Level

_LEVEL_OF_DIGITS = {level.digits: level for level in LEVELS}


@dataclass(frozen=True)
class LayerRows:
    """The rows of one layer.

    Attributes
    ----------
    rows
        GeoDataFrame in EPSG:4326 with the columns baris (from 1), kode_asal (text as it stands
        there), the names by level as far as the layer has them, geometry.
    axes_swapped
        Whether latitude and longitude stood in the wrong order.
    enclosed
        Where the rows are areas that were made of lines, what became of these.
    """

    schema: Schema
    rows: gpd.GeoDataFrame
    axes_swapped: bool
    enclosed: Enclosed | None = None


def rows_of(layer: Layer, options: Options) -> LayerRows:
    """Read a layer and tell whose it is.

    Raises
    ------
    NoBoundaries
        If it has no rows, no polygons or no field that we know.
    ImportFailed
        If it cannot be read, or where it lies cannot be told.
    """
    lines_asked_for = options.polygonise and layer.shapes is Shapes.LINES
    if layer.shapes is not Shapes.AREAS and not lines_asked_for:
        raise _no_areas(layer, layer.shapes, row_count(layer))
    there = fields_of(layer)
    known = set().union(*(adapter.fields() for adapter in ADAPTERS))
    known |= {name.lower() for name in (options.code_field, options.name_field) if name}
    raw = read_layer(layer, [name for name in there if name.lower() in known], options.crs)
    if raw.empty:
        raise NoBoundaries("import_empty", file=layer.label, rows=0)
    shapes = shapes_in(raw)
    if shapes is Shapes.LINES and options.polygonise:
        return _areas_of_lines(layer, raw, options.level)
    if shapes is not Shapes.AREAS:
        raise _no_areas(layer, shapes, len(raw))
    _check_named_fields(layer, there, options)
    columns = _texts(raw, layer)
    schema = _schema(columns, there, options)
    if schema is None:
        fields = _listed(there)
        raise NoBoundaries("import_fields", file=layer.label, fields=fields, rows=len(raw))
    schema = with_code_parts(columns, schema)
    table = gpd.GeoDataFrame(geometry=raw.geometry)
    table["baris"] = range(1, len(table) + 1)
    table["kode_asal"] = codes_of(columns, schema) if schema.codes else ""
    for level, names in schema.names.items():
        table[level.value] = first_filled(columns, names)
        if kind := schema.kinds.get(level):
            table[level.value] = _with_kind(columns[kind], table[level.value], level)
    return LayerRows(schema, table, bool(raw.attrs.get("axes_swapped")))


def _areas_of_lines(layer: Layer, raw: gpd.GeoDataFrame, level: Level | None) -> LayerRows:
    """Return the areas that lines enclose: without code and name, for these are of the lines."""
    if level is None:
        allowed = ", ".join(LEVELS)
        raise ImportFailed("import_lines_level", file=layer.label, allowed=allowed)
    shapes, enclosed = areas_of(raw.geometry)
    if shapes.empty:
        raise ImportFailed("import_lines_open", file=layer.label, rows=len(raw))
    rows = gpd.GeoDataFrame({"baris": range(1, len(shapes) + 1), "kode_asal": ""}, geometry=shapes)
    schema = Schema(generic(None, None), level, {})
    return LayerRows(schema, rows, bool(raw.attrs.get("axes_swapped")), enclosed)


def _no_areas(layer: Layer, shapes: Shapes, rows: int) -> NoBoundaries:
    key = "import_lines" if shapes is Shapes.LINES else "import_points"
    return NoBoundaries(key, file=layer.label, rows=rows)


def _texts(raw: gpd.GeoDataFrame, layer: Layer) -> dict[str, pd.Series]:
    try:
        return {name: as_text(raw[name]) for name in raw.columns if name != "geometry"}
    except pa.ArrowException as error:  # text of a GeoParquet that is none
        raise unreadable(layer, error) from error


def _check_named_fields(layer: Layer, there: list[str], options: Options) -> None:
    known = {name.lower() for name in there}
    for name in filter(None, (options.code_field, options.name_field)):
        if name.lower() not in known:
            fields = _listed(there)
            raise ImportFailed("import_field_missing", file=layer.label, field=name, fields=fields)


def _schema(columns: dict[str, pd.Series], there: list[str], options: Options) -> Schema | None:
    """Tell whose fields these are: those that are filled, or where none is, those there are."""
    filled = [name for name, values in columns.items() if (values != "").any()]
    schema = recognise(
        filled or there,
        options.source,
        level=options.level,
        code_field=options.code_field,
        name_field=options.name_field,
    )
    if schema is None or options.level:
        return schema
    return _settled(schema, columns, filled, options)


def _listed(fields: list[str]) -> str:
    return ", ".join(fields) or "-"


def _with_kind(kinds: pd.Series, names: pd.Series, level: Level) -> pd.Series:
    """Write the kind before each name, unless it begins so or the kind is none of ``level``."""
    words = kinds.str.lower().replace(ABBREVIATIONS)
    pairs = zip(words.where(words.isin(PREFIXES[level]), ""), names, strict=True)
    written = [
        f"{word} {name}" if word and name and not name.lower().startswith(word) else name
        for word, name in pairs
    ]
    return pd.Series(written, index=names.index, dtype=object)


def _settled(
    schema: Schema, columns: dict[str, pd.Series], filled: list[str], options: Options
) -> Schema:
    """Let the rows tell their level where one field serves all levels."""
    level = schema.level
    if by := schema.adapter.level_field:
        value = next((columns[name] for name in filled if name.lower() == by.lower()), None)
        said = "" if value is None or value.empty else value.mode()[0]
        told = re.fullmatch(r"ADM([1-4])", said, re.IGNORECASE)
        level = LEVELS[int(told[1]) - 1] if told else level
    elif schema.codes and schema.adapter.scheme is CodeScheme.KEMENDAGRI:
        written = digit_counts(codes_of(columns, with_code_parts(columns, schema)))
        level = level if written.empty else _LEVEL_OF_DIGITS.get(int(written.mode()[0]), level)
    if level is schema.level:
        return schema
    settled = recognise(
        filled,
        schema.adapter.key,
        level=level,
        code_field=options.code_field,
        name_field=options.name_field,
    )
    return settled or schema

"""Extracts as text, piece by piece: no more than one piece is held at a time."""

from collections.abc import Iterator

import pandas as pd
import shapely

from geodata.exports.extracts import Extract
from geodata.exports.spreadsheets import csv_pieces

_ROWS_A_PIECE = 5_000
_POLYGONS_A_PIECE = 100


def csv_of(extract: Extract, separator: str) -> Iterator[bytes]:
    """Return an extract as CSV, see :func:`~geodata.exports.spreadsheets.csv_pieces`."""
    parts = extract.parts(_ROWS_A_PIECE)
    tables = (extract.table(part) for part in parts)
    return csv_pieces(tables, separator, extract.readable_in)


def json_of(extract: Extract) -> Iterator[bytes]:
    """Return an extract as a JSON array of objects."""
    return _json_pieces(extract, with_shapes=False)


def geojson_of(extract: Extract) -> Iterator[bytes]:
    """Return an extract as a GeoJSON FeatureCollection (RFC 7946)."""
    return _json_pieces(extract, with_shapes=True)


def _json_pieces(extract: Extract, *, with_shapes: bool) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":[\n' if with_shapes else b"[\n"
    size = _POLYGONS_A_PIECE if with_shapes and extract.level else _ROWS_A_PIECE
    for part in extract.parts(size):
        rows = records(extract.table(part))
        if with_shapes:
            shapes = shapely.to_geojson(shapely.orient_polygons(extract.shapes(part)))
            rows = [
                f'{{"type":"Feature","properties":{row},"geometry":{shape or "null"}}}'
                for row, shape in zip(rows, shapes, strict=True)
            ]
        if rows:
            yield (",\n" if part.start else "").encode() + ",\n".join(rows).encode()
    yield b"\n]}\n" if with_shapes else b"\n]\n"


def records(table: pd.DataFrame) -> list[str]:
    """Return each row as a JSON object; days as ISO 8601, what is missing as null."""
    for name in table.columns:
        if pd.api.types.is_datetime64_any_dtype(table[name]):
            table[name] = table[name].dt.strftime("%Y-%m-%d")
    lines = table.to_json(orient="records", lines=True, force_ascii=False, double_precision=15)
    return [line for line in lines.split("\n") if line]

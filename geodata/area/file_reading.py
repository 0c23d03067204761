"""Reads an area from a file of somebody else, in a process of its own (module ``confined``)."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.area.area import Zone
from geodata.area.area_error import AreaError
from geodata.area.mending import Mended, mended, with_fewer_corners
from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.archives import unpacked
from geodata.boundaries.reading.files import beside
from geodata.boundaries.reading.polygon_files import (
    Shapes,
    as_text,
    fields_of,
    layers_of,
    read_layer,
    row_count,
)
from geodata.confinement.confined import Limits, confined
from geodata.lines import short_line
from geodata.progress import Done

ENDINGS = ("geojson", "json", "kml", "kmz", "zip", "gpkg", "fgb", "topojson", "parquet")
MOST_BYTES = 50_000_000
MOST_ROWS = 20_000
MOST_BANDS = 12
"""Zones that a file is taken apart into by a field of it."""
_LIMITS = Limits(memory=4_000_000_000, seconds=60, file_bytes=1_000_000_000)
_MOST_FIELDS = 40
_LONGEST_VALUE = 60
_ROWS_FILE = "rows.feather"
_SHAPE = "geometry"


@dataclass(frozen=True, eq=False)
class FileArea:
    """The shapes of a file.

    Attributes
    ----------
    rows
        A row a shape: fields of the file as text, geometry (valid, EPSG:4326).
    done
        What was done to shapes.
    metres
        Within how many metres corners were left out, 0 for none.
    """

    rows: gpd.GeoDataFrame
    done: tuple[Mended, ...]
    metres: float

    @property
    def fields(self) -> list[str]:
        """The fields by which it can be taken apart: those of a few values."""
        names = [name for name in self.rows.columns if name != _SHAPE]
        return [name for name in names if 2 <= self.rows[name].nunique() <= MOST_BANDS]

    def zones(self, name: str, field: str | None = None) -> tuple[Zone, ...]:
        """Return its shapes as one zone ``name``, or as a zone for each value of ``field``.

        Raises
        ------
        AreaError
            If the field has too many values, or there is none of that name.
        """
        if field is None:
            return (Zone(name, self.rows.union_all()),)
        if field not in self.fields:
            raise AreaError("area_field", field=field, allowed=", ".join(self.fields) or "–")
        bands = self.rows.dissolve(field)
        return tuple(
            Zone(f"{field}: {value}" if value else name, shape)
            for value, shape in bands.geometry.items()
        )


def read_area_file(file: Path, crs: str | None = None) -> FileArea:
    """Return the area in ``file``: GeoJSON, KML, KMZ, GeoPackage, zipped shapefile and the like.

    Parameters
    ----------
    crs
        What the coordinates are in, where the file does not say, or says wrong.

    Raises
    ------
    AreaError
        If the file is too large, of another kind, or holds no area in Indonesia.
    ImportFailed
        If it cannot be read, or its coordinate reference system is missing or cannot be true.
    ReaderEnded
        If reading it takes too much memory or time, or crashes.
    """
    size = file.stat().st_size
    if size > MOST_BYTES:
        limit, megabytes = MOST_BYTES // 1_000_000, -(-size // 1_000_000)
        raise AreaError("area_file_size", file=file.name, size=megabytes, limit=limit)
    if file.suffix.lower().removeprefix(".") not in ENDINGS:
        raise AreaError("area_file_kind", file=file.name, allowed=", ".join(ENDINGS))
    with confined(
        _read_here,
        {"file": str(file.absolute()), "crs": crs},
        file=file.name,
        limits=_LIMITS,
        readable=beside(file),
    ) as (told, folder):
        rows = gpd.read_feather(folder / _ROWS_FILE)
    return FileArea(rows, tuple(map(Mended, told["done"])), told["metres"])


def _read_here(asked: dict[str, Any], folder: Path, _: Done) -> dict[str, Any]:
    """Read a file in this very process; its rows go into a file of ``folder``."""
    file = Path(asked["file"])
    if file.suffix.lower() == ".kmz":  # a zip archive of KML under another name
        archive = folder / f"{file.stem}.zip"
        shutil.copyfile(file, archive)
        file = archive
    tables, done = [], dict[Mended, None]()
    with unpacked(file) as inside:
        layers = [layer for path in inside for layer in layers_of(path)]
        for layer in layers:
            if row_count(layer) > MOST_ROWS:
                raise AreaError("area_rows", file=layer.label, limit=MOST_ROWS)
            if layer.shapes is Shapes.POINTS and len(layers) > 1:
                done[Mended.LEFT_OUT] = None
                continue
            table = read_layer(layer, fields_of(layer)[:_MOST_FIELDS], asked["crs"])
            if table.attrs.get("axes_swapped"):
                done[Mended.SWAPPED] = None
            tables.append(table)
    if not any(map(len, tables)):
        raise ImportFailed("import_empty", file=file.name)
    rows, metres = _mended(pd.concat(tables, ignore_index=True), done)
    rows.to_feather(folder / _ROWS_FILE, compression="uncompressed")
    return {"done": list(done), "metres": metres}


def _mended(rows: gpd.GeoDataFrame, done: dict[Mended, None]) -> tuple[gpd.GeoDataFrame, float]:
    there = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
    shapes, was_done = mended(there.geometry)
    done |= dict.fromkeys(was_done)
    shapes, metres = with_fewer_corners(shapes)
    if metres:
        done[Mended.COARSER] = None
    fields = {
        short_line(str(name), _LONGEST_VALUE): [
            short_line(value, _LONGEST_VALUE) for value in as_text(there[name])
        ]
        for name in there.columns
        if name != there.geometry.name
    }
    table = gpd.GeoDataFrame(pd.DataFrame(fields), geometry=shapes, crs="EPSG:4326")
    return table[~np.asarray(table.geometry.is_empty)].reset_index(drop=True), metres

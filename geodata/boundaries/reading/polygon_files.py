"""Reads the layers of boundary files of any common format, and assumes nothing silently."""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj.exceptions import CRSError

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.degrees import in_degrees
from geodata.boundaries.reading.gdal import pyogrio
from geodata.boundaries.reading.kinds import check_kind, disguised, part_beside

_UNREADABLE = (
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowException, CRSError,
    shapely.errors.GEOSException, OSError, ValueError,
    KeyError, TypeError,  # of GeoPandas, from what a GeoParquet says of itself
)  # fmt: skip
_OTHER_FORMAT = "not recognized as being in a supported file format"
_ENCODING = re.compile(r"(?:ansi|cp|windows)?[ -]?(\d{3,4})", re.IGNORECASE)


class Shapes(StrEnum):
    """What the shapes of a layer are."""

    AREAS = "areas"
    LINES = "lines"
    POINTS = "points"


_WORDS = {
    Shapes.AREAS: ("Polygon", "Surface", "Unknown", "GeometryCollection"),
    Shapes.LINES: ("Line", "Curve"),
    Shapes.POINTS: ("Point",),
}
_TYPES = {
    Shapes.AREAS: (3, 6, 7),  # of GEOS; a collection may hold polygons
    Shapes.LINES: (1, 2, 5),
    Shapes.POINTS: (0, 4),
}


@dataclass(frozen=True)
class Layer:
    """A layer of a boundary file; ``name`` is ``None`` where the file has only the one.

    Where the file does not say what the shapes of a layer are, they may be ``AREAS``.
    """

    file: Path
    name: str | None = None
    shapes: Shapes = Shapes.AREAS

    @property
    def label(self) -> str:
        """What to call it: the name of the file, and its own."""
        return self.file.name if self.name is None else f"{self.file.name}:{self.name}"


def layers_of(file: Path) -> list[Layer]:
    """Return the layers of ``file`` that hold shapes; all, if none does.

    Raises
    ------
    ImportFailed
        If it cannot be read, has no layer, or is not what its name says.
    """
    check_kind(file)
    if file.suffix.lower() == ".parquet":
        return [Layer(file)]
    try:
        listed = pyogrio.list_layers(file).tolist()
    except _UNREADABLE as error:
        raise unreadable(Layer(file), error) from error
    if not listed:
        raise ImportFailed("import_no_layers", file=file.name)
    lone = len(listed) == 1
    return [
        Layer(file, None if lone else name, _shapes(kind))
        for name, kind in listed
        if kind or all(not other for _, other in listed)
    ]


def _shapes(kind: str | None) -> Shapes:
    said = (shapes for shapes, words in _WORDS.items() if any(word in str(kind) for word in words))
    return next(said, Shapes.AREAS)


def unreadable(layer: Layer, error: Exception) -> ImportFailed:
    """Return the error that a layer cannot be read, with what the reader said of it."""
    said = str(error)
    if _OTHER_FORMAT in said:
        return disguised(layer.file)
    # Where it was unpacked is nobody's business.
    reason = said.replace(f"{layer.file.parent}/", "") or type(error).__name__
    return ImportFailed("import_unreadable", file=layer.label, reason=reason)


def fields_of(layer: Layer) -> list[str]:
    """Return the names of the attribute fields of ``layer``.

    Raises
    ------
    ImportFailed
        If it cannot be read.
    """
    try:
        if layer.file.suffix.lower() == ".parquet":
            return [name for name in pq.read_schema(layer.file).names if name != "geometry"]
        return pyogrio.read_info(layer.file, layer=layer.name)["fields"].tolist()
    except _UNREADABLE as error:
        raise unreadable(layer, error) from error


def row_count(layer: Layer) -> int:
    """Return how many rows ``layer`` has.

    Raises
    ------
    ImportFailed
        If it cannot be read.
    """
    try:
        info = pyogrio.read_info(layer.file, layer=layer.name, force_feature_count=True)
    except _UNREADABLE as error:
        raise unreadable(layer, error) from error
    return int(info["features"])


def read_layer(layer: Layer, columns: list[str], crs: str | None) -> gpd.GeoDataFrame:
    """Return ``columns`` and the shapes of ``layer`` in EPSG:4326, in the order of the file.

    Parameters
    ----------
    crs
        What the coordinates are in, where the file does not say, or says wrong.

    Raises
    ------
    ImportFailed
        If it cannot be read, or its coordinate reference system is missing or cannot be true.
    """
    try:
        if layer.file.suffix.lower() == ".parquet":
            table = gpd.read_parquet(layer.file, columns=[*columns, "geometry"])
        else:
            table = _read_ogr(layer, columns)
    except _UNREADABLE as error:
        raise unreadable(layer, error) from error
    return in_degrees(table, layer.label, crs)


def _read_ogr(layer: Layer, columns: list[str]) -> gpd.GeoDataFrame:
    """Read through GDAL; a .dbf that names no code page is UTF-8 or else cp1252, of Windows."""
    file, name = layer.file, layer.name
    encoding = None
    if file.suffix.lower() == ".shp" and part_beside(file, ".cpg") is None:
        encoding = _encoding_of_cst(file) or "UTF-8"
    try:
        table = pyogrio.read_dataframe(file, layer=name, columns=columns, encoding=encoding)
    except UnicodeDecodeError:
        table = pyogrio.read_dataframe(file, layer=name, columns=columns, encoding="cp1252")
    if not isinstance(table, gpd.GeoDataFrame):
        raise ValueError("no geometry")
    if table.crs is None and pyogrio.read_info(file, layer=name)["driver"] == "TopoJSON":
        return table.set_crs("EPSG:4326")  # longitude and latitude, as the format has it
    return table


def _encoding_of_cst(shapefile: Path) -> str | None:
    """Return what a .cst, the .cpg of other programs, says; GDAL does not read it."""
    part = part_beside(shapefile, ".cst")
    said = part.read_text("ascii", "replace").strip() if part else ""
    page = _ENCODING.fullmatch(said)
    try:
        return codecs.lookup(f"cp{page[1]}" if page else said).name
    except LookupError:
        return None


def shapes_in(table: gpd.GeoDataFrame) -> Shapes:
    """Tell what the shapes of ``table`` are: areas where there is one, and where there is none."""
    there = table.geometry[~(table.geometry.isna() | table.geometry.is_empty)]
    types = np.unique(shapely.get_type_id(there.to_numpy()))
    known = (shapes for shapes, of in _TYPES.items() if np.isin(types, of).any())
    return next(known, Shapes.AREAS)


def as_text(values: pd.Series) -> pd.Series:
    """Return values as text without blanks at the ends: numbers without decimals, none as empty.

    Some programs fill the width of a field with NUL; these go, too.

    >>> as_text(pd.Series([3507082001.0, None])).tolist()
    ['3507082001', '']
    >>> as_text(pd.Series(["Wajak" + chr(0) * 3])).tolist()
    ['Wajak']
    """
    if pd.api.types.is_numeric_dtype(values):
        whole = values.astype("Float64").round().astype("Int64")
        return whole.astype("string").fillna("").astype(object)
    text = values.astype("string").fillna("").str.replace("\0", "", regex=False).str.strip()
    return text.str.replace(r"(?<=\d)\.0$", "", regex=True).astype(object)

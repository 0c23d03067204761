"""Reads boundary files of any common format into EPSG:4326, and assumes nothing silently."""

import glob
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.gdal import pyogrio
from geodata.boundaries.kinds import KINDS, check_kind, disguised

SUFFIXES = tuple(KINDS)

# Land and sea of Indonesia with a degree to spare: west, south, east, north.
INDONESIA = (94.0, -12.5, 142.0, 7.5)

_POLYGONAL = ("Polygon", "MultiPolygon", "Unknown", "GeometryCollection", "Surface")

_UNREADABLE = (
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowException, CRSError,
    shapely.errors.GEOSException, OSError, ValueError,
    KeyError, TypeError,  # of GeoPandas, from what a GeoParquet says of itself
)  # fmt: skip
_OTHER_FORMAT = "not recognized as being in a supported file format"


@dataclass(frozen=True)
class Layer:
    """A layer of a boundary file; ``name`` is ``None`` where the file has only the one."""

    file: Path
    name: str | None = None

    @property
    def label(self) -> str:
        """What to call it: the name of the file, and its own."""
        return self.file.name if self.name is None else f"{self.file.name}:{self.name}"


def boundary_files(path: Path) -> list[Path]:
    """Return the files to read: ``path`` itself, or all boundary files in the folder ``path``.

    Raises
    ------
    ImportFailed
        If there is none.
    """
    if path.is_file() or path.suffix.lower() == ".gdb":
        files = [path] if path.exists() else []
    else:
        known = (*SUFFIXES, ".zip")
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in known)
    if not files:
        raise nothing_in(path)
    return files


def nothing_in(path: Path) -> ImportFailed:
    """Return the error that there is no boundary file at ``path``."""
    return ImportFailed("import_nothing", path=path, suffixes=", ".join((*SUFFIXES, ".zip")))


def parts(file: Path) -> list[Path]:
    """Return every file that the bytes of ``file`` stand in: a shapefile has several."""
    if file.is_dir():
        return sorted(part for part in file.rglob("*") if part.is_file())
    if file.suffix.lower() != ".shp":
        return [file]
    beside = (file.with_suffix(suffix) for suffix in (".shp", ".dbf", ".prj", ".cpg"))
    return [part for part in beside if part.is_file()]


def beside(file: Path) -> list[Path]:
    """Return ``file`` and the files of its name with other endings, which GDAL may read with it.

    Raises
    ------
    ImportFailed
        If one of them is a link that leads out of its folder.
    """
    folder = file.parent.resolve()
    named = [
        path for path in folder.glob(f"{glob.escape(file.stem)}.*") if path != folder / file.name
    ]
    for path in named:
        if not path.resolve().is_relative_to(folder):
            raise ImportFailed("import_link", file=path.name)
    return [file.resolve(), *named]


def layers_of(file: Path) -> list[Layer]:
    """Return the layers of ``file`` that may hold polygons; all, if none may.

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
    if len(listed) < 2:
        return [Layer(file)]
    polygonal = [name for name, kind in listed if kind and kind.startswith(_POLYGONAL)]
    return [Layer(file, name) for name in polygonal or [name for name, _ in listed]]


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


def read_layer(layer: Layer, columns: list[str], crs: str | None) -> gpd.GeoDataFrame:
    """Return ``columns`` and the polygons of ``layer`` in EPSG:4326, in the order of the file.

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
    if crs is not None:
        try:
            table = table.set_crs(CRS.from_user_input(crs), allow_override=True)
        except CRSError as error:
            raise ImportFailed("import_crs_unknown", value=crs) from error
    if table.crs is None:
        raise ImportFailed("import_crs_missing", file=layer.label)
    _check_degrees(table, layer)
    try:
        table = table.to_crs("EPSG:4326")
    except CRSError as error:
        raise ImportFailed("import_crs_unknown", value=table.crs) from error
    if not _mostly_inside(table.geometry.bounds):
        raise ImportFailed("import_elsewhere", file=layer.label, bounds=_written(table))
    table.geometry = shapely.force_2d(table.geometry.to_numpy())
    return table


def _read_ogr(layer: Layer, columns: list[str]) -> gpd.GeoDataFrame:
    """Read through GDAL; a .dbf that names no code page is UTF-8 or else cp1252, of Windows."""
    file, name = layer.file, layer.name
    silent = file.suffix.lower() == ".shp" and not file.with_suffix(".cpg").is_file()
    try:
        encoding = "UTF-8" if silent else None
        table = pyogrio.read_dataframe(file, layer=name, columns=columns, encoding=encoding)
    except UnicodeDecodeError:
        table = pyogrio.read_dataframe(file, layer=name, columns=columns, encoding="cp1252")
    if not isinstance(table, gpd.GeoDataFrame):
        raise ValueError("no geometry")
    return table


def _mostly_inside(bounds: pd.DataFrame) -> bool:
    """Tell whether most polygons lie in Indonesia; strays are rejected one by one later."""
    west, south, east, north = INDONESIA
    x, y = bounds[["minx", "maxx"]].mean(axis=1), bounds[["miny", "maxy"]].mean(axis=1)
    known = x.notna()
    return not known.any() or (x.between(west, east) & y.between(south, north))[known].mean() > 0.5


def _check_degrees(table: gpd.GeoDataFrame, layer: Layer) -> None:
    """Refuse metres that are labelled as degrees; put latitude and longitude in their order."""
    bounds = table.geometry.bounds.dropna()
    if bounds.empty or not table.crs.is_geographic:
        return
    if (bounds.abs().median() > 360).any():
        raise ImportFailed("import_crs_metres", file=layer.label, bounds=_written(table))
    turned = bounds.rename(columns={"minx": "miny", "miny": "minx", "maxx": "maxy", "maxy": "maxx"})
    if not _mostly_inside(bounds) and _mostly_inside(turned):
        table.attrs["axes_swapped"] = True
        swapped = shapely.transform(table.geometry.to_numpy(), lambda xy: xy[:, ::-1])
        table.geometry = swapped


def _written(table: gpd.GeoDataFrame) -> str:
    return ", ".join(f"{side:.6g}" for side in table.total_bounds)


def as_text(values: pd.Series) -> pd.Series:
    """Return values as text without blanks at the ends: numbers without decimals, none as empty.

    >>> as_text(pd.Series([3507082001.0, None])).tolist()
    ['3507082001', '']
    """
    if pd.api.types.is_numeric_dtype(values):
        whole = values.astype("Float64").round().astype("Int64")
        return whole.astype("string").fillna("").astype(object)
    text = values.astype("string").fillna("").str.strip()
    return text.str.replace(r"(?<=\d)\.0$", "", regex=True).astype(object)

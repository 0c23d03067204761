"""Brings the coordinates of a boundary file into EPSG:4326, or says why they cannot be true."""

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.boundaries.boundary_error import ImportFailed

# Land and sea of Indonesia with a degree to spare: west, south, east, north.
INDONESIA = (94.0, -12.5, 142.0, 7.5)


def in_degrees(table: gpd.GeoDataFrame, label: str, crs: str | None) -> gpd.GeoDataFrame:
    """Return ``table`` in EPSG:4326 and without heights.

    Where latitude and longitude stood in the wrong order, they are put right and
    ``attrs["axes_swapped"]`` says so.

    Parameters
    ----------
    label
        What errors call the file.
    crs
        What the coordinates are in, where the file does not say, or says wrong.

    Raises
    ------
    ImportFailed
        If the coordinate reference system is missing, unknown or cannot be true.
    """
    if crs is not None:
        try:
            table = table.set_crs(CRS.from_user_input(crs), allow_override=True)
        except CRSError as error:
            raise ImportFailed("import_crs_unknown", value=crs) from error
    if table.crs is None:
        raise ImportFailed("import_crs_missing", file=label)
    table.geometry = shapely.force_2d(table.geometry.to_numpy())
    if table.crs.is_compound:  # with a height, which may need a grid that is not at hand
        table = table.set_crs(table.crs.sub_crs_list[0], allow_override=True)
    _check_degrees(table, label)
    said, written = table.crs.name, _bounds(table)
    try:
        table = table.to_crs("EPSG:4326")
    except CRSError as error:
        raise ImportFailed("import_crs_unknown", value=said) from error
    if not _mostly_inside(table.geometry.bounds):
        raise ImportFailed(
            "import_elsewhere", file=label, crs=said, written=written, bounds=_bounds(table)
        )
    return table


def _mostly_inside(bounds: pd.DataFrame) -> bool:
    """Tell whether most shapes lie in Indonesia; strays are rejected one by one later."""
    west, south, east, north = INDONESIA
    x, y = bounds[["minx", "maxx"]].mean(axis=1), bounds[["miny", "maxy"]].mean(axis=1)
    known = x.notna()
    return not known.any() or (x.between(west, east) & y.between(south, north))[known].mean() > 0.5


def _check_degrees(table: gpd.GeoDataFrame, label: str) -> None:
    """Refuse metres that are labelled as degrees; put latitude and longitude in their order."""
    bounds = table.geometry.bounds.dropna()
    if bounds.empty or not table.crs.is_geographic:
        return
    if (bounds.abs().median() > 360).any():
        raise ImportFailed("import_crs_metres", file=label, bounds=_bounds(table))
    turned = bounds.rename(columns={"minx": "miny", "miny": "minx", "maxx": "maxy", "maxy": "maxx"})
    if not _mostly_inside(bounds) and _mostly_inside(turned):
        table.attrs["axes_swapped"] = True
        swapped = shapely.transform(table.geometry.to_numpy(), lambda xy: xy[:, ::-1])
        table.geometry = swapped


def _bounds(table: gpd.GeoDataFrame) -> str:
    return ", ".join(f"{side:.6g}" for side in table.total_bounds)

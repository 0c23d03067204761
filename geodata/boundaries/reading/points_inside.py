"""The village points of the reference in polygons: what these are of, whatever their fields say."""

from collections.abc import Hashable, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.boundary_error import ImportFailed
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.village_points import points_of_desa

_AT_MOST = 500  # polygons that are looked at, to tell their level
_VILLAGES = 5  # that they hold together at least: two at one point may be chance
_NEARLY_ALL = 0.8


def points_within(polygons: gpd.GeoSeries, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return the village points in each valid polygon: label (of the polygon), kode (of the desa).

    ``polygons`` are in EPSG:4326.
    """
    lat, lng = points_of_desa(gazetteer)
    placed = np.isfinite(lat)
    tree = shapely.STRtree(shapely.points(lng[placed], lat[placed]))
    shapes = polygons.to_numpy()
    usable = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    labels = polygons.index.to_numpy()[usable]
    polygon, point = tree.query(shapes[usable], predicate="intersects")
    codes = gazetteer.codes(Level.DESA)[placed].astype(object)
    return pd.DataFrame({"label": labels[polygon], "kode": codes[point]})


def regions_inside(
    polygons: gpd.GeoSeries, level: Level, gazetteer: Gazetteer
) -> Mapping[Hashable, list[str]]:
    """Return, by label of the polygon, the regions of ``level`` that have a village point in it."""
    pairs = points_within(polygons, gazetteer)
    pairs = pairs.assign(kode=pairs["kode"].str[: level.code_length])
    groups = pairs.drop_duplicates().groupby("label")["kode"]
    return {label: group.tolist() for label, group in groups}


def check_level(polygons: gpd.GeoDataFrame, level: Level, gazetteer: Gazetteer) -> None:
    """Refuse polygons that are those of a coarser level than their fields.

    A file that was united to kabupaten may keep the fields of the first desa of each.

    Parameters
    ----------
    polygons
        Columns kode (of ``level``) and geometry (EPSG:4326).

    Raises
    ------
    ImportFailed
        If most hold nearly all villages of the region above.
    """
    some = polygons.iloc[:: max(len(polygons) // _AT_MOST, 1)].set_index("kode")
    pairs = points_within(some.geometry, gazetteer)
    lat, _ = points_of_desa(gazetteer)
    known = pd.Series(gazetteer.codes(Level.DESA)[np.isfinite(lat)].astype(object))
    for above in LEVELS[: LEVELS.index(level)]:
        length = above.code_length
        own = some.index.str[:length]
        inside = pairs["label"][pairs["label"].str[:length] == pairs["kode"].str[:length]]
        there = known.str[:length].value_counts().reindex(own).to_numpy()
        held = inside.value_counts().reindex(some.index, fill_value=0).to_numpy()
        telling = there > 1
        whole = telling & (held >= _NEARLY_ALL * there)
        if 2 * whole.sum() > telling.sum() and held[whole].sum() >= _VILLAGES:
            raise ImportFailed(
                "import_coarser", level=above, said=level, count=int(whole.sum()), of=len(some)
            )

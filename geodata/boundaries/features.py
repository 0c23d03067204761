"""Polygons as GeoJSON features, alike in the tileset and in the GeoJSON of the fallback map.

The id of a feature is its code as an integer (``regions.feature_id``). The code is no attribute
besides: as text it would make up a fifth of the tiles that a far zoom needs.
"""

import json

import geopandas as gpd
import pandas as pd
import shapely

from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level, feature_id


def attributes(level: Level, codes: pd.Series, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return what each feature of ``level`` says of itself, in the order of ``codes``.

    Returns
    -------
    DataFrame with columns nama, the names of the regions above (named as their levels), and above
    desa jumlah_desa, the number of desa and kelurahan of the reference, drawn or not.
    """
    position = gazetteer.positions(level, codes)
    columns = {"nama": gazetteer.tables[level]["nama"].to_numpy()[position]}
    for above in LEVELS:
        if level.is_below(above):
            holder = gazetteer.parent_positions(above, level)[position]
            columns[above.value] = gazetteer.tables[above]["nama"].to_numpy()[holder]
    if level is not Level.DESA:
        columns["jumlah_desa"] = gazetteer.desa_counts(level)[position]
    return pd.DataFrame(columns)


def features(level: Level, polygons: gpd.GeoDataFrame, gazetteer: Gazetteer) -> list[str]:
    """Return ``polygons`` (columns kode, geometry) as GeoJSON features, one text each."""
    properties = [
        json.dumps(own, ensure_ascii=False, separators=(",", ":"))
        for own in attributes(level, polygons["kode"], gazetteer).to_dict("records")
    ]
    shapes = shapely.to_geojson(polygons.geometry.to_numpy())
    return [
        f'{{"type":"Feature","id":{feature_id(code)},"properties":{own},"geometry":{shape}}}'
        for code, own, shape in zip(polygons["kode"], properties, shapes, strict=True)
    ]

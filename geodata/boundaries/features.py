"""Polygons as GeoJSON features, alike in the tilesets and in the GeoJSON of the fallback map.

The id of a feature is its code as an integer (``regions.feature_id``). The code is no attribute
besides: as text it would make up a fifth of the tiles that a far zoom needs.
"""

import json
from collections.abc import Iterator

import geopandas as gpd
import pandas as pd
import shapely

from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level, feature_id

_TOGETHER = 1_000  # features whose text is made at once


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


def features(level: Level, polygons: gpd.GeoDataFrame, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield ``polygons`` (columns kode, geometry) as GeoJSON features, one text each."""
    own = attributes(level, polygons["kode"], gazetteer)
    return _written(polygons, own, pd.Series("", index=polygons.index))


def feature_collection(level: Level, polygons: gpd.GeoDataFrame, gazetteer: Gazetteer) -> bytes:
    """Return ``polygons`` (columns kode, geometry) as a GeoJSON FeatureCollection in UTF-8."""
    body = ",".join(features(level, polygons, gazetteer))
    return f'{{"type":"FeatureCollection","features":[{body}]}}'.encode()


def mark_features(level: Level, marks: gpd.GeoDataFrame, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield ``marks`` of ``level`` (see ``marks.island_marks``) as GeoJSON features.

    They have the ids and attributes of their regions, besides lat and lng, for a tile places a
    point less precisely than a small island asks. tippecanoe leaves each out beyond its last zoom.
    """
    own = attributes(level, marks["kode"], gazetteer).assign(
        lat=marks.geometry.y.round(6).to_numpy(), lng=marks.geometry.x.round(6).to_numpy()
    )
    return _written(marks, own, '"tippecanoe":{"maxzoom":' + marks["until"].astype(str) + "},")


def _written(shapes: gpd.GeoDataFrame, attributes: pd.DataFrame, more: pd.Series) -> Iterator[str]:
    """Yield features, some at a time: as text, all desa take as much again as their polygons."""
    own = attributes.to_dict("records")
    geometry, extra = shapes.geometry.to_numpy(), more.to_numpy()
    for number, code in enumerate(shapes["kode"]):
        if number % _TOGETHER == 0:
            texts = shapely.to_geojson(geometry[number : number + _TOGETHER])
        properties = json.dumps(own[number], ensure_ascii=False, separators=(",", ":"))
        yield (
            f'{{"type":"Feature","id":{feature_id(code)},{extra[number]}'
            f'"properties":{properties},"geometry":{texts[number % _TOGETHER]}}}'
        )

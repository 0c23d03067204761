"""The plain way of a Streamlit user: pandas joins on codes, a GeoDataFrame, folium or pydeck.

Used by the benchmarks and by the apps in ``peers``. The geometry is what our own fallback map
gets, so nothing is drawn finer than a screen of that size can show. Classes and colours are ours
on both sides: the two pictures can then be compared pixel by pixel.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import folium
import geopandas as gpd
import pandas as pd

from geodata.analysis.classes import classify
from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level, parse
from geodata.view import palette
from geodata.view.metrics import METRICS


@dataclass(frozen=True)
class Regions:
    """The reference as a table of desa with the codes above them, and a list for each level."""

    desa: pd.DataFrame
    listed: Mapping[Level, pd.DataFrame]


def regions(gazetteer: Gazetteer) -> Regions:
    codes = gazetteer.tables[Level.DESA]["kode"]
    desa = pd.DataFrame({level.value: codes.str[: level.code_length] for level in LEVELS})
    listed = {}
    for level in LEVELS:
        sizes = desa.groupby(level.value).size().rename("jumlah_desa")
        table = gazetteer.tables[level][["kode", "nama"]]
        listed[level] = table.merge(sizes, left_on="kode", right_index=True, how="left")
    return Regions(desa, listed)


def metrics(kim: pd.DataFrame, regions: Regions, level: Level) -> pd.DataFrame:
    """Return the metrics of all regions of ``level``: columns as ``region_metrics`` gives them."""
    joined = kim.merge(regions.desa, left_on="kode_wilayah", right_on="desa")
    counted = joined.groupby(level.value).agg(
        jumlah_kim=("kode_wilayah", "size"), desa_terlayani=("kode_wilayah", "nunique")
    )
    table = regions.listed[level].merge(counted, left_on="kode", right_index=True, how="left")
    table = table.fillna({"jumlah_kim": 0, "desa_terlayani": 0})
    table["cakupan"] = table["desa_terlayani"] / table["jumlah_desa"]
    table["kim_per_100_desa"] = 100 * table["jumlah_kim"] / table["jumlah_desa"]
    order = ["jumlah_kim", "jumlah_desa", "desa_terlayani", "cakupan", "kim_per_100_desa"]
    return table[["kode", "nama", *order]]


def polygons(boundaries: BoundarySet, level: Level, within: str | None) -> gpd.GeoDataFrame:
    """Return the simplified polygons of ``level`` in ``within``: columns kode, nama, geometry."""
    collection = json.loads(boundaries.geojson(level, within))
    table = gpd.GeoDataFrame.from_features(collection, crs="EPSG:4326")
    kode = [parse(str(feature["id"])) for feature in collection["features"]]
    return table[["nama", "geometry"]].assign(kode=kode)


def coloured(polygons: gpd.GeoDataFrame, kim: pd.DataFrame, metric: str) -> gpd.GeoDataFrame:
    """Join the figures of ``kim`` onto the polygons of a level and add the column ``fill``."""
    of_region = kim["kode_wilayah"].str[: len(polygons["kode"].iloc[0])]
    counts = kim.groupby(of_region).size().rename("jumlah_kim")
    table = polygons.merge(counts, left_on="kode", right_index=True, how="left")
    table["jumlah_kim"] = table["jumlah_kim"].fillna(0).astype(int)
    table["cakupan"] = (table["jumlah_kim"] > 0).astype(float)
    table["kim_per_100_desa"] = 100.0 * table["jumlah_kim"]
    classes = classify(table[metric].to_numpy(dtype=float), METRICS[metric].decimals)
    fills = [palette.ZERO, *palette.ramp(METRICS[metric].ramp, len(classes.counts))]
    return table.assign(fill=[fills[number] for number in classes.index])


def folium_layer(table: gpd.GeoDataFrame, metric: str) -> folium.GeoJson:
    """Return what folium draws of ``coloured``: filled polygons that tell their name and figure."""
    return folium.GeoJson(
        table[["kode", "nama", metric, "fill", "geometry"]],
        style_function=lambda feature: {
            "fillColor": feature["properties"]["fill"],
            "fillOpacity": 1,
            "stroke": False,
        },
        tooltip=folium.GeoJsonTooltip(["nama", metric]),
    )

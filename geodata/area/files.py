"""What there is in an area as files with geometry: KIM, desa without one, and the zones."""

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.area.answer import Answer
from geodata.area.area import Area
from geodata.columns import column
from geodata.exports.vector import kml_text
from geodata.gazetteer import Gazetteer
from geodata.lines import short_line
from geodata.regions import Level
from geodata.text import text
from geodata.village_points import points_of_desa

_CRS = "EPSG:4326"
Layers = dict[str, gpd.GeoDataFrame]


def layers(area: Area, found: Answer, gazetteer: Gazetteer) -> Layers:
    """Return what there is, by kind, EPSG:4326: ``kim`` and ``desa_tanpa_kim`` as points, ``zona``.

    Regions that are zones have no shape and are left out.
    """
    shaped = [zone for zone in area.zones if not zone.code]
    zones = gpd.GeoDataFrame(
        {"nama": [zone.name for zone in shaped]},
        geometry=shapely.orient_polygons([zone.shape for zone in shaped]),
        crs=_CRS,
    )
    kim = found.kim.drop(columns=["lat", "lng"])
    desa = gazetteer.positions(Level.DESA, found.without["kode"])
    lat, lng = (ends[desa] for ends in points_of_desa(gazetteer))
    return {
        "kim": _at_points(kim, found.kim["lat"].to_numpy(), found.kim["lng"].to_numpy()),
        "desa_tanpa_kim": _at_points(found.without, lat, lng),
        "zona": zones,
    }


def _at_points(table: pd.DataFrame, lat: np.ndarray, lng: np.ndarray) -> gpd.GeoDataFrame:
    points = shapely.points(lng, lat)
    points[np.isnan(lat)] = None
    return gpd.GeoDataFrame(table, geometry=points, crs=_CRS)


def to_geojson(written: Layers) -> bytes:
    """Return layers as one GeoJSON FeatureCollection (RFC 7946): of which each is says lapisan."""
    rows = [frame.assign(lapisan=name) for name, frame in written.items() if len(frame)]
    if not rows:
        return b'{"type": "FeatureCollection", "features": []}'
    together = pd.concat(rows, ignore_index=True)
    return together.to_json(na="drop", drop_id=True, ensure_ascii=False).encode()


def to_kml(written: Layers, lang: str) -> bytes:
    """Return layers as KML (OGC 07-147r2), a folder each, called and told as people read them."""
    import pyogrio

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "daerah.kml"
        for name, frame in written.items():
            if frame.empty:
                continue
            pyogrio.write_dataframe(
                _readable(frame, lang),
                file,
                layer=text(f"area.layer.{name}", lang),
                driver="LIBKML",
                append=file.exists(),
                geometry_type="Unknown",
            )
        return file.read_bytes() if file.exists() else _EMPTY_KML


_EMPTY_KML = b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>'


def _readable(frame: gpd.GeoDataFrame, lang: str) -> gpd.GeoDataFrame:
    called = next(frame[name] for name in ("nama", "nama_kim") if name in frame)
    names = [name for name in frame.columns if name != "geometry"]
    told = frame.assign(**{name: column(name).told(frame[name], lang) for name in names})
    told = told.rename(columns={name: column(name).heading(lang) for name in names})
    told.insert(0, "Name", [short_line(name) for name in called])
    for name in told.columns.drop("geometry"):
        told[name] = told[name].map(kml_text)
    return told

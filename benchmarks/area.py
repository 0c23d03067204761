"""What there is in an area: shares of desa, KIM inside, and the nearest KIM of desa without one.

Ours reads the polygons that the area's edge may cross, and tells the rest by their bounds. The
plain way reads all desa with GeoPandas, and only gets as far as the shares. With
``KIM_OFFICIAL_STORE`` the official set of that store is used, which has many more corners.
"""

import os
from typing import TYPE_CHECKING
from unittest import mock

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.results import Result, Row
from benchmarks.timing import paired
from geodata.area.answer import answer
from geodata.area.area import Area, Zone
from geodata.area.mending import mended
from geodata.boundaries.store import active_set
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.sphere import circle

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_AT_MOST_SECONDS = 1.0
_RUNS = 3


def run(options: "Options") -> Result:
    store = os.environ.get("KIM_OFFICIAL_STORE")
    with mock.patch.dict(os.environ, {"KIM_STORE": store} if store else {}):
        boundaries = active_set()
    snapshot = load_sample()

    def row(what: str, shape: shapely.Geometry) -> Row:
        area = Area((Zone(what, shape),))

        def ours() -> int:
            return answer(area, snapshot, KimFilter(), boundaries).desa

        def plain() -> int:
            desa = boundaries.polygons(Level.DESA).to_crs("EPSG:6933")
            flat = gpd.GeoSeries([shape], crs="EPSG:4326").to_crs(desa.crs).iloc[0]
            inside = desa.intersection(flat).area / desa.area
            return int((inside > 0).sum())

        return Row(what, "s", *paired(ours, plain, options.runs or _RUNS), at_most=_AT_MOST_SECONDS)

    rows = [
        row("within 5 km of Malang", circle(-7.97, 112.63, 5)),
        row("within 200 km of Yogyakarta", circle(-7.8, 110.4, 200)),
        row("a flood along Java, 15,000 corners", _flood()),
    ]
    return Result("area", f"what there is in an area of {boundaries.name} desa", rows)


def _flood() -> shapely.Geometry:
    lng = np.linspace(106, 114, 7_500)
    lat = -7 - 0.3 * np.sin(lng * 3) + 0.02 * np.sin(lng * 400)
    edge = np.concatenate([np.column_stack([lng, lat]), np.column_stack([lng, lat - 0.05])[::-1]])
    (shape,), _ = mended([shapely.Polygon(edge)])
    return shape

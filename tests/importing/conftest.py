"""Desa of a city as the files of every producer.

Their polygons are Thiessen's; where real ones are at hand, each test that draws desa runs again
with those.
"""

import os
from pathlib import Path

import geopandas as gpd
import pytest

from geodata.boundaries import importing, store
from geodata.boundaries.importing import import_boundaries
from geodata.boundaries.land import load_land
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.rows import read_polygons
from geodata.boundaries.thiessen import thiessen_polygons
from geodata.folders import DATA_DIR
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level
from tests.importing import schemas

CITY = "34.71"  # Kota Yogyakarta: 14 kecamatan, 45 kelurahan
DISTRICT = f"{CITY}.01"


def real_boundaries() -> Path:
    beside = DATA_DIR.parent.parent / "shared" / "boundaries"
    return Path(os.environ.get("KIM_REAL_BOUNDARIES", beside)) / "desa_kelurahan.parquet"


@pytest.fixture(
    scope="session", params=["thiessen", "real"] if real_boundaries().is_file() else ["thiessen"]
)
def desa(request: pytest.FixtureRequest) -> gpd.GeoDataFrame:
    """The kelurahan of the city: kode, the names by level, geometry."""
    gazetteer = load_gazetteer()
    if request.param == "real":
        near = [("kode", ">=", CITY), ("kode", "<", f"{CITY}~")]
        polygons = gpd.read_parquet(real_boundaries(), columns=["kode", "geometry"], filters=near)
    else:
        points = gazetteer.tables[Level.DESA][["kode", "lat", "lng"]].dropna()
        province = points[points["kode"].str.startswith(CITY[:2])]
        polygons = thiessen_polygons(province, load_land().cx[109.9:110.9, -8.3:-7.4])
    city = polygons[polygons["kode"].str.startswith(CITY)][["kode", "geometry"]]
    city = city.reset_index(drop=True)
    for level in LEVELS:
        codes = city["kode"].str[: level.code_length]
        city[level.value] = [gazetteer.name(code) for code in codes]
    return city


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """An empty store. No tilesets are made, and files are read in this process: it is quicker.

    What is read apart is the same, as `test_hostile.py` shows.
    """
    root = tmp_path / "store"
    monkeypatch.setenv("KIM_STORE", str(root))
    monkeypatch.setattr(store, "write_tilesets", lambda *given: 0)
    monkeypatch.setattr(importing, "read_apart", read_polygons)
    return root


def silent(step: str, share: float) -> None:
    pass


def imported(path: Path, name: str | None = None, **options):
    return import_boundaries(path, silent, name=name, options=Options(**options))


@pytest.fixture
def in_use(desa, root, tmp_path):
    """A set that is active before anything else happens."""
    path = tmp_path / "lama.parquet"
    schemas.kim(desa.iloc[:5]).to_parquet(path)
    boundaries, _ = imported(path)
    store.activate(boundaries)
    return boundaries

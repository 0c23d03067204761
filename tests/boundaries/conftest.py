from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.boundaries import store
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.completeness import roll_up
from geodata.boundaries.land import load_land
from geodata.boundaries.set_manifest import Description
from geodata.boundaries.thiessen import thiessen_polygons
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.regions import LEVELS, Level

BALI = "51"


def silent(step: str, share: float) -> None:
    pass


def description(**changes) -> Description:
    said = {
        "name": "bali",
        "title": {"id": "Bali", "en": "Bali"},
        "version": "1",
        "vintage": "2025",
        "licence": "ODbL-1.0",
        "sources": [],
        "approximate": True,
        "notes": [],
        "inputs": {},
    }
    return Description(**{**said, **changes})


@pytest.fixture(scope="session")
def bali() -> Gazetteer:
    """The reference, cut down to one provinsi."""
    whole = load_gazetteer()
    tables = {
        level: whole.tables[level].iloc[whole.within(level, BALI)].reset_index(drop=True)
        for level in LEVELS
    }
    return Gazetteer(tables, "bali")


@pytest.fixture(scope="session")
def bali_land() -> gpd.GeoDataFrame:
    return load_land().clip(shapely.box(114.42, -8.9, 115.75, -8.0)).reset_index(drop=True)


@pytest.fixture(scope="session")
def bali_polygons(bali, bali_land) -> dict[Level, gpd.GeoDataFrame]:
    points = bali.tables[Level.DESA][["kode", "lat", "lng"]].dropna()
    return roll_up(thiessen_polygons(points, bali_land))


@pytest.fixture(scope="session")
def bali_store(bali_polygons, bali, tmp_path_factory) -> Path:
    """A store with one set, which is active. Shared by all tests: copy it to change it."""
    root = tmp_path_factory.mktemp("boundaries")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIM_STORE", str(root))
        store.activate(store.write(description(), bali_polygons, bali, silent))
    return root


@pytest.fixture
def bali_set(bali_store) -> BoundarySet:
    return store.open_set(bali_store / "bali-1")


@pytest.fixture
def empty_store(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "boundaries"
    monkeypatch.setenv("KIM_STORE", str(root))
    return root

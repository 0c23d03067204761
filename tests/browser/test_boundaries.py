"""An official boundary file is imported through the page, put in use, and drawn at once."""

import os
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.boundaries.store import active_set, store_root
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from tests.browser.conftest import CHROMIUM_FLAGS, launch, serving, visit_with

pytestmark = pytest.mark.slow

BALI = "51"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of its own, with the embedded set in use."""
    root = tmp_path / "boundaries"
    root.mkdir()
    active = active_set().path
    shutil.copytree(active, root / active.name, copy_function=os.link)
    (root / "active").write_text(active.name + "\n")
    assert store_root() != root
    return root


@pytest.fixture
def official_file(tmp_path: Path) -> Path:
    """Desa of Bali as a BIG GeoPackage: here with its embedded shapes, moved by 0.3 degrees."""
    desa = active_set().polygons(Level.DESA)
    desa = desa[desa["kode"].str.startswith(BALI)]
    gazetteer = load_gazetteer()
    table = gpd.GeoDataFrame(
        {
            "KDEPUM": desa["kode"].str.replace(".", ""),
            "WADMKD": desa["kode"].map(gazetteer.name),
            "WADMKC": desa["kode"].str[:8].map(gazetteer.name),
            "WADMKK": desa["kode"].str[:5].map(gazetteer.name),
            "WADMPR": desa["kode"].str[:2].map(gazetteer.name),
        },
        geometry=shapely.transform(desa.geometry.to_numpy(), lambda xy: xy - (0, 0.3)),
        crs="EPSG:4326",
    )
    path = tmp_path / "desa_bali.gpkg"
    table.to_file(path, driver="GPKG")
    return path


def test_an_imported_set_is_reported_put_in_use_and_drawn(playwright, store, official_file):
    browser = launch(playwright, CHROMIUM_FLAGS)
    with serving("server-batas", KIM_STORE=str(store)) as address:
        visit = visit_with(browser.new_context(viewport={"width": 1400, "height": 1000}), address)
        visit.open("/batas")
        visit.page.set_input_files("input[type=file]", official_file)
        visit.page.get_by_role("button", name="Periksa dan impor").click(timeout=30_000)
        visit.page.get_by_text("sudah diimpor").wait_for(timeout=120_000)
        visit.settle()
        visit.shoot("batas-diimpor")

        visit.page.get_by_text("716 baris masuk = 716 poligon + 0 digabung + 0 ditolak").wait_for()
        use = visit.page.get_by_role("button", name="Pakai versi ini")
        use.click()
        use.wait_for(state="detached")
        assert (store / "active").read_text().startswith("desa-bali")
        visit.shoot("batas-dipakai")

        visit.page.get_by_role("link", name="Peta", exact=True).click()
        visit.map.wait_for_paint()
        south_of_bali = (-9.05, 115.17)  # sea on the embedded set, Badung on the moved one
        visit.map.click(*south_of_bali)
        visit.map.wait_for_scope(BALI)
        visit.shoot("batas-peta")
        assert visit.errors == []
    browser.close()

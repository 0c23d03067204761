"""The page of boundary sets shows what an import found."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from geodata.boundaries import store
from tests.importing import schemas
from tests.importing.conftest import imported

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"


def test_the_page_shows_upper_levels_parts_and_official_areas(desa, root, tmp_path):
    folder = tmp_path / "batas"
    folder.mkdir()
    schemas.kim(desa).to_parquet(folder / "desa.parquet")
    upper = desa.assign(kode=desa["kode"].str[:8]).dissolve("kode", as_index=False)
    schemas.kim(upper).to_parquet(folder / "kecamatan.parquet")
    boundaries, report = imported(folder)
    store.activate(boundaries)
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    app.switch_page("../pages/batas.py").run()
    assert not app.exception
    assert not app.error
    titles = [one.label for one in app.expander]
    assert any(one.startswith("kecamatan dari berkas") and "14 wilayah" in one for one in titles)
    tables = {tuple(one.value.columns): one.value for one in app.dataframe}
    areas = tables["kode", "nama", "area_km2", "luas_resmi_km2", "bagian_resmi"]
    assert areas["luas_resmi_km2"].tolist() == [3170.4]  # as a table writes it
    compared = next(table for columns, table in tables.items() if "beda" in columns)
    assert len(compared) == 14
    assert report.upper["kecamatan"]["beda"] < 0.01

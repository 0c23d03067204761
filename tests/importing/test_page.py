"""The page of boundary sets shows what an import found."""

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import permission
from geodata.boundaries import store
from geodata.text import text
from tests.app.conftest import OPERATOR
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
    titles = [expander.label for expander in app.expander]
    assert any(
        title.startswith("kecamatan dari berkas") and "14 wilayah" in title for title in titles
    )
    tables = {tuple(shown.value.columns): shown.value for shown in app.dataframe}
    areas = tables["kode", "nama", "area_km2", "luas_resmi_km2", "bagian_resmi"]
    assert areas["luas_resmi_km2"].tolist() == [3170.363]
    compared = next(table for columns, table in tables.items() if "beda" in columns)
    assert len(compared) == 14
    assert report.upper["kecamatan"]["beda"] < 0.01


@pytest.mark.parametrize("name", ["batas.json", "batas.kml", "batas.zip"])
def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(name, monkeypatch):
    monkeypatch.setattr(permission, "person", lambda: OPERATOR)
    monkeypatch.setattr(permission, "origin", lambda: "terminal")
    virtual = (
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/hostname</SrcDataSource>'
        "<SrcLayer>x</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
    )
    content = io.BytesIO(virtual.encode())
    if name.endswith(".zip"):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("batas.json", virtual)
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    app.switch_page("../pages/batas.py").run()
    app.file_uploader[0].set_value((name, content.getvalue(), "application/octet-stream")).run()
    next(button for button in app.button if button.label == text("batas.start", "id")).click().run()
    assert not app.exception
    kind = "KML" if name.endswith(".kml") else "GeoJSON"
    assert f"bukan {kind}, padahal akhiran namanya berkata begitu" in app.error[0].value

"""Page Indikator: what there is, and a table brought in, looked at, and taken out again."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import permission
from geodata.indicators import current
from geodata.indicators.current import figures
from geodata.indicators.figures import Figures, Given
from geodata.indicators.indicator import Indicator
from geodata.indicators.shipped import shipped
from geodata.people.rights import READER, Person, Role
from geodata.regions import Level
from geodata.registry.database.connection import Registry, open_registry
from geodata.text import text
from tests.app.conftest import Open, press, said

RINI = Person("rini@komdigi.go.id", Role.KEMENTERIAN)
FILE = "Kode;Keluarga\n35.07;1.200\n35.05;banyak\n"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


def test_readers_see_what_there_is_and_bring_in_nothing(open_page: Open, monkeypatch):
    monkeypatch.setattr(permission, "person", lambda: READER)
    app = open_page("indikator")
    listed = app.dataframe[0].value
    assert set(listed["kunci"]) == {it.key for it in figures().indicators}
    assert listed.loc[listed["kunci"] == "idm", "bernilai"].item() == 75_227
    assert text("indikator.not_allowed", "id") in said(app)
    assert not app.get("file_uploader")
    assert "oleh" not in listed


def test_a_table_is_looked_at_kept_and_taken_out(open_page: Open, registry, monkeypatch):
    monkeypatch.setattr(permission, "person", lambda: RINI)
    app = open_page("indikator")
    app.file_uploader[0].upload("keluarga.csv", FILE.encode()).run()
    field(app, "indikator-produsen").input("BPS").run()
    press(app, text("indikator.bring.check", "id"))
    assert text("error.indicator_key", "id", value="") in [it.value for it in app.error]
    field(app, "indikator-kunci-baru").input("keluarga").run()
    field(app, "indikator-nama").input("Keluarga").run()
    press(app, text("indikator.bring.check", "id"))
    assert "1 dari 2 baris memberi nilai" in said(app)
    assert text("indicator_reason.bukan_angka", "id") in app.dataframe[1].value["alasan"].tolist()

    press(app, text("indikator.bring.keep", "id", nilai=1))
    assert "keluarga" in {it.key for it in figures().indicators}
    assert figures().values("keluarga", Level.PROVINSI)[14] == 1200
    assert app.dataframe[0].value["oleh"].tolist()[-1] == RINI.name
    press(app, text("impor.review.confirm", "id"))
    assert "keluarga" not in {it.key for it in figures().indicators}


HOSTILE = "[klik](http://evil.example) <img src=x onerror=alert(1)> :red[a]"


@pytest.mark.parametrize("page", ["peta", "potensi", "profil", "tentang"])
def test_what_somebody_calls_an_indicator_is_text_everywhere(
    open_page: Open, gazetteer, monkeypatch, page
):
    own = Indicator("jahat", Level.KABUPATEN_KOTA, 2024, "index", "mean", HOSTILE, HOSTILE, HOSTILE)
    values = np.arange(len(gazetteer.codes(own.level)), dtype=float)
    made = Figures(gazetteer, [*shipped(gazetteer), Given(own, lambda: values)], "hostile")
    monkeypatch.setattr(current, "_in_registry", lambda: made)
    app = open_page(page, metrik="jahat", wilayah="35", level="kabupaten_kota")
    html = "".join(element.proto.body for element in app.get("html"))
    markdown = "\n".join([said(app), *(str(part.value) for part in (*app.warning, *app.error))])
    assert "klik" in markdown + html
    assert "<img src=x" not in html
    assert not re.search(r"(?<!\\)(\]\(http|<img src=x|:red\[)", markdown)


def field(app: AppTest, key: str):
    return next(it for it in app.text_input if it.key == key)

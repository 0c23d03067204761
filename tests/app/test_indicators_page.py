"""Page Indikator: what there is, and a table brought in, looked at, and taken out again."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import permission
from geodata.indicators.current import figures
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


def field(app: AppTest, key: str):
    return next(it for it in app.text_input if it.key == key)

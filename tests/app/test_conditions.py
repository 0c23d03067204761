"""Choosing which regions are shown, where pages show regions."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.app.conftest import said

Open = Callable[..., AppTest]
WAJAK = {"wilayah": "35.07.08", "metrik": "idm"}


def test_conditions_are_added_changed_and_dropped(open_page: Open) -> None:
    app = open_page(**WAJAK)
    app.selectbox(key="syarat-tambah").set_value("idm_status").run()
    assert app.query_params["syarat"] == "idm_status:Mandiri,Maju"
    app.toggle(key="syarat-tanpa-kim").set_value(True).run()
    assert app.query_params["syarat"] == "idm_status:Mandiri,Maju;jumlah_kim:..0"
    app.multiselect(key="syarat-0-golongan").set_value(["Maju"]).run()
    assert app.query_params["syarat"] == "idm_status:Maju;jumlah_kim:..0"
    assert "Ditampilkan 0 dari 13 desa/kelurahan" in said(app)
    app.button(key="syarat-0-hapus").click().run()
    assert app.query_params["syarat"] == "jumlah_kim:..0"
    app.selectbox(key="syarat-tambah").set_value("idm").run()
    app.number_input(key="syarat-1-least").set_value(0.9).run()
    assert app.query_params["syarat"] == "jumlah_kim:..0;idm:0.9.."
    app.button(key="hapus-saringan").click().run()
    assert "syarat" not in app.query_params


def test_the_list_of_gaps_has_those_that_meet_them(open_page: Open) -> None:
    app = open_page("kesenjangan", wilayah="35.73", level="desa", syarat="idm:0..")
    assert "Indeks Desa Membangun (IDM) 0,0000 atau lebih" in said(app)
    assert app.metric[1].value.startswith("0 dari 0")

"""The page Darurat: an area is named in four ways, and the address says which."""

from pathlib import Path

import pytest
import shapely

from dashboard import permission
from geodata.area import kept
from geodata.area.answer import answer
from geodata.area.area import Area, Zone
from geodata.boundaries.store import active_set
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import READER
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.sphere import circle
from geodata.text import number, text
from tests.app.conftest import HERE, Open, press, said
from tests.registry.rows import WAJAK, staged

QUAKE = "lingkaran_-7.6_112.7_25"


def test_without_an_area_the_page_says_what_to_do(open_page: Open) -> None:
    assert text("darurat.none", "id") in said(open_page("darurat"))


def test_what_is_in_the_area_of_a_link_is_counted_listed_and_put_into_a_message(
    open_page: Open,
) -> None:
    app = open_page("darurat", daerah=QUAKE)
    shape = circle(-7.6, 112.7, 25)
    inside = answer(Area((Zone("gempa", shape),)), load_sample(), KimFilter(), active_set())
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures[text("darurat.figure.kim", "id")] == number(len(inside.kim), "id")
    assert figures[text("darurat.figure.without", "id")] == number(len(inside.without), "id")
    assert figures[text("darurat.figure.people", "id")].startswith("± ")
    kim, without = (table.value for table in app.dataframe[:2])
    assert kim["nama_kim"].tolist() == inside.kim["nama_kim"].tolist()
    assert len(without) == min(len(inside.without), 500)
    message = app.code[-1].value
    assert message.startswith(f"*{text('area.message.title', 'id')}*")
    assert f"{number(len(inside.kim), 'id')} KIM" in message


def test_a_point_from_a_message_becomes_a_part_of_the_address(open_page: Open) -> None:
    app = open_page("darurat")
    app.text_input(key="darurat-titik").set_value("112.7, -7.6")
    app.number_input(key="darurat-radius").set_value(25.0)
    press(app, text("darurat.add", "id"))
    assert app.query_params["daerah"] == QUAKE
    assert app.success[0].value == text("area.mended.swapped", "id")
    app.button(key="darurat-bagian-0").click().run()
    assert "daerah" not in app.query_params


def test_corners_that_cross_are_mended_and_told(open_page: Open) -> None:
    app = open_page("darurat", cara="gambar")
    app.text_area(key="darurat-sudut").set_value("-8, 112.6\n-7.9, 112.8\n-8, 112.8\n-7.9, 112.6")
    press(app, text("darurat.add", "id"))
    assert app.query_params["daerah"] == "poligon_-8_112.6_-7.9_112.8_-8_112.8_-7.9_112.6"
    assert app.success[0].value == text("area.mended.crossing", "id")


def test_regions_are_added_to_what_is_there_and_what_is_none_is_told(open_page: Open) -> None:
    app = open_page("darurat", cara="daftar", daerah=QUAKE, wilayah="35.07")
    app.text_area(key="darurat-wilayah").set_value("99")
    press(app, text("darurat.add", "id"))
    assert "99" in app.error[0].value
    app.text_area(key="darurat-wilayah").set_value("3505")
    press(app, text("darurat.add", "id"))
    assert app.query_params["daerah"] == f"{QUAKE},wilayah_35.05"
    here = "Kabupaten Malang, Jawa Timur"
    press(app, text("darurat.daftar_isian.here", "id", wilayah=here))
    assert app.query_params["daerah"] == f"{QUAKE},wilayah_35.05,wilayah_35.07"
    press(app, text("darurat.clear", "id"))
    assert "daerah" not in app.query_params


def test_a_link_names_what_is_kept_and_says_if_it_is_kept_no_longer(open_page: Open) -> None:
    key = kept.keep((Zone("Banjir *1*", shapely.box(112.5, -7.7, 112.9, -7.5)),))
    app = open_page("darurat", daerah=f"berkas_{key}")
    assert not app.error
    assert "Banjir 1" in app.code[-1].value, "no mark of a stranger makes letters bold"
    gone = open_page("darurat", daerah="berkas_0123456789abcdef")
    assert gone.error[0].value == text("error.area_gone", "id", days=30)


@pytest.mark.parametrize("daerah", ["bola_1", "lingkaran_51_0_5", "berkas_../x"])
def test_what_an_address_cannot_mean_is_told(open_page: Open, daerah: str) -> None:
    app = open_page("darurat", daerah=daerah)
    assert "daerah" in app.warning[0].value


def test_a_reader_brings_no_file_and_sees_no_contacts(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permission, "person", lambda: READER)
    app = open_page("darurat", daerah=QUAKE, cara="berkas")
    assert text("darurat.berkas_isian.forbidden", "id") in said(app)
    assert not app.get("file_uploader")
    assert text("darurat.contacts.note", "id") not in said(app)


def test_contacts_show_once_asked_for_and_the_look_is_logged(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry(f"sqlite:///{tmp_path}/registry.db")
    rows = staged({"nomor_induk": "2", "kode_wilayah": WAJAK, "personal": {"ketua": "Bu Siti"}})
    commit(registry, stage(registry, rows, load_gazetteer(), who="siti").id, who="siti")
    monkeypatch.setenv("KIM_DATABASE_URL", registry.url)
    app = open_page("darurat", daerah="wilayah_35.07.08")
    assert not any("ketua" in table.value for table in app.dataframe)
    press(app, text("darurat.contacts.show", "id"))
    contacts = app.dataframe[-1].value
    assert contacts[["nama_kim", "ketua"]].to_numpy().tolist() == [["KIM Suara Warga 2", "Bu Siti"]]
    looks = [it for it in read_audit(registry) if it.action is Deed.LIHAT_PRIBADI]
    assert [(it.who, it.origin, it.region) for it in looks] == [("siti", HERE, "35.07")]
    lines = len(read_audit(registry))
    app.run()
    assert len(read_audit(registry)) == lines, "a rerun is no other look"

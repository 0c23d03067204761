"""The page Data KIM: KIM are found, looked at, and kept by hand by those who may."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import permission
from dashboard.frame.markdown import literal
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import READER, Person, Role
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.by_hand.saving import save
from geodata.registry.database.batches import list_batches, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.history import standing
from geodata.text import text
from tests.app.conftest import HERE, OPERATOR, Open, press, said
from tests.registry.rows import SUMBER, WAJAK, staged

CHAIR, PHONE = "Pak Darmo", "+6281234567890"
HOSTILE = "KIM <b>tebal</b> ![p](http://contoh.example)"
MALANG = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07")

As = Callable[[Person], None]


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    registry = open_registry()
    rows = (
        {"nama_kim": "KIM Arjuna", "nomor_induk": "1", "personal": {"ketua": CHAIR}},
        {"nama_kim": HOSTILE, "kode_wilayah": "35.07.08.2002", "bidang_lain": HOSTILE},
        {"nama_kim": "KIM Bima", "kode_wilayah": SUMBER},
    )
    batch = stage(registry, staged(*rows), load_gazetteer(), who="operator")
    commit(registry, batch.id, who="operator")
    return registry


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> As:
    return lambda person: monkeypatch.setattr(permission, "person", lambda: person)


def everything(app: AppTest) -> str:
    """What the page says, in whatever form."""
    return "\n".join([said(app), *(part.proto.body for part in app.get("html"))])


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def test_readers_see_a_kim_and_its_history_but_no_person_and_no_form(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    kim = read_kim(registry, 1)
    values = {**kim.values, "status": "tidak_aktif"}
    save(registry, [Change(values, kim, reason="ketua sakit")], person=MALANG)
    signed_in(READER)
    for action in ("", "ubah"):
        app = open_page("data_kim", kim="1", tindakan=action)
        shown = everything(app)
        assert "KIM Arjuna" in shown
        assert text("status.tidak_aktif", "id") in shown
        assert "Diskominfo Malang" in shown
        for hidden in (CHAIR, MALANG.name, "ketua sakit"):
            assert hidden not in shown
        assert keys(app) & {"tindakan-ubah", "lihat-kontak", "tambah", "undo-2"} == set()
        assert not app.text_input
    assert [entry.action for entry in read_audit(registry, kim_id=1)] == [Deed.UBAH]


def test_names_of_kim_are_text_wherever_they_stand(open_page: Open, registry: Registry) -> None:
    app = open_page("data_kim", kim="2")
    html = "\n".join(part.proto.body for part in app.get("html"))
    assert "&lt;b&gt;tebal" in html
    assert "<b>" not in html
    assert literal(HOSTILE) in said(app)
    assert HOSTILE not in said(app)


def test_a_kim_is_found_by_words_and_in_the_list_of_its_region(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("data_kim", wilayah="34")
    app.text_input(key="cari-kim").set_value("arjuna").run()
    (link,) = [it for it in app.get("page_link") if "Arjuna" in it.proto.label]
    assert link.proto.query_string.endswith("kim=1")
    assert app.dataframe[0].value["nama_kim"].tolist() == ["KIM Bima"]


@pytest.mark.parametrize("kim", ["99", "2147483647", "bukan"])
def test_a_kim_that_is_gone_is_said_and_the_list_is_shown(
    open_page: Open, registry: Registry, kim: str
) -> None:
    app = open_page("data_kim", kim=kim)
    assert app.warning
    assert len(app.dataframe[0].value) == 3


def test_the_sample_and_an_empty_registry_have_nothing_to_open(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert text("data_kim.sample", "id") in said(open_page("data_kim", kim="1"))
    assert not list(tmp_path.glob("*.db")), "looking makes no registry"
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    open_registry()
    assert "tambah" in keys(open_page("data_kim"))


def test_a_kim_is_changed_and_the_change_undone(open_page: Open, registry: Registry) -> None:
    app = press(open_page("data_kim", kim="1"), text("data_kim.action.ubah", "id"))
    field(app, "nama_kim").set_value("KIM Arjuna Jaya")
    field(app, "sebab").set_value("ejaan")
    app = press(app, text("data_kim.form.save", "id"))
    assert "KIM Arjuna Jaya" in app.success[0].value
    assert "tindakan" not in app.query_params
    assert text("data_kim.history.why", "id", sebab="ejaan") in said(app)
    assert read_kim(registry, 1).values["nama_kim"] == "KIM Arjuna Jaya"
    app.button(key="undo-2").click().run()
    assert read_kim(registry, 1).values["nama_kim"] == "KIM Arjuna"
    assert "redo-2" in keys(app)


def test_what_cannot_be_read_is_said_and_nothing_is_saved(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("data_kim", kim="1", tindakan="ubah")
    field(app, "nama_kim").set_value(f"KIM Arjuna {PHONE}")
    field(app, "jumlah_anggota").set_value("banyak")
    app = press(app, text("data_kim.form.save", "id"))
    told = app.error[0].value
    assert text("data_kim.problem.data_pribadi", "id") in told
    assert text("data_kim.problem.jumlah_tidak_terbaca", "id") in told
    assert field(app, "jumlah_anggota").value == "banyak", "what was written stays"
    assert standing(registry).version == 1


def test_a_kim_is_closed_with_a_reason_and_a_day(open_page: Open, registry: Registry) -> None:
    app = open_page("data_kim", kim="1", tindakan="tutup")
    app = press(app, text("data_kim.form.save", "id"))
    assert text("data_kim.problem.sebab_kosong", "id") in app.error[0].value
    field(app, "sebab").set_value("bubar")
    field(app, "tanggal_diperbarui").set_value("1 Maret 2024")
    app = press(app, text("data_kim.form.save", "id"))
    values = read_kim(registry, 1).values
    assert (values["status"], values["tanggal_diperbarui"]) == ("tidak_aktif", "2024-03-01")
    assert "tindakan-buka" in keys(app)
    assert "tindakan-tutup" not in keys(app)


def test_contacts_are_shown_once_the_look_is_logged_and_changed_apart(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("data_kim", kim="1", tindakan="ubah")
    assert CHAIR not in everything(app)
    assert not [it for it in app.text_input if it.key and it.key.endswith("-ketua")]
    app.button(key="lihat-kontak").click().run()
    (entry,) = read_audit(registry, kim_id=1)
    assert (entry.action, entry.who, entry.origin) == (
        Deed.LIHAT_PRIBADI,
        OPERATOR.name,
        HERE,
    )
    assert field(app, "ketua").value == CHAIR
    field(app, "telepon").set_value("0812-3456-7890")
    app = press(app, text("data_kim.form.save", "id"))
    personal = read_kim(registry, 1, with_personal=True).personal
    assert personal == {"ketua": CHAIR, "telepon": PHONE}
    assert read_audit(registry, kim_id=1)[0].new == {"pribadi": ["telepon"]}
    assert text("data_kim.history.contacts", "id") in said(app)


def test_persons_of_a_kim_that_was_moved_away_meanwhile_are_shown_no_more(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(MALANG)
    app = open_page("data_kim", kim="1", tindakan="ubah")
    app.button(key="lihat-kontak").click().run()
    assert field(app, "ketua").value == CHAIR
    kim = read_kim(registry, 1)
    moved = Change({**kim.values, "kode_wilayah": SUMBER}, kim, {"ketua": "Bu Sumarni"})
    save(registry, [moved], person=Person("budi@komdigi.go.id", Role.KEMENTERIAN))
    app.run()
    assert not [it for it in app.text_input if it.key and it.key.endswith("-ketua")]
    assert "Sumarni" not in everything(app)
    app.button(key="lihat-kontak").click().run()
    assert [it.action for it in read_audit(registry, kim_id=1)] == [Deed.UBAH, Deed.LIHAT_PRIBADI]


def test_a_kim_is_added_where_one_may_and_a_duplicate_is_confirmed_first(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(MALANG)
    app = open_page("data_kim", tindakan="tambah")
    app.text_input(key="cari-kim-baru").set_value(SUMBER).run()
    assert not [box for box in app.selectbox if box.key == "lain-kim-baru"], "of another region"
    app.text_input(key="cari-kim-baru").set_value(WAJAK).run()
    assert text("data_kim.form.desa_none", "id") in said(app), "what is found is not chosen yet"
    app.selectbox(key="lain-kim-baru").select_index(0).run()
    field(app, "nama_kim").set_value("Kelompok Informasi Masyarakat Arjuna")
    app = press(app, text("data_kim.form.save", "id"))
    assert text("data_kim.doubt.heading", "id") == app.warning[0].value
    assert standing(registry).kim == 3
    app.button(key="tetap-simpan").click().run()
    assert standing(registry).kim == 4
    assert app.query_params["kim"] == "4"
    assert list_batches(registry)[0].region == MALANG.region


def test_who_keeps_another_region_is_offered_no_form(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(MALANG)
    app = open_page("data_kim", kim="3", tindakan="ubah")
    assert not app.text_input
    assert keys(app) & {"tindakan-ubah", "lihat-kontak"} == set()


def test_of_two_people_the_second_decides_field_by_field(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("data_kim", kim="1", tindakan="ubah")
    kim = read_kim(registry, 1)
    theirs = {**kim.values, "nama_kim": "KIM Arjuna Wajak", "domain": "arjuna.kim.id"}
    save(registry, [Change(theirs, kim)], person=MALANG)
    field(app, "nama_kim").set_value("KIM Arjuna Jaya")
    field(app, "bidang_lain").set_value("panjat tebing")
    app = press(app, text("data_kim.form.save", "id"))
    assert text("data_kim.conflict.heading", "id") == app.warning[0].value
    assert MALANG.name in said(app).replace("\\", "").replace(":small[]", "")
    (which,) = app.radio
    which.set_value("mine").run()
    app = press(app, text("data_kim.conflict.save", "id"))
    now = read_kim(registry, 1).values
    assert now == {**theirs, "nama_kim": "KIM Arjuna Jaya", "bidang_lain": "panjat tebing"}


def test_of_those_that_are_chosen_the_ones_of_the_own_region_are_changed_as_one(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(MALANG)
    app = open_page("data_kim")
    app.toggle(key="semua-daftar").set_value(True).run()
    assert text("data_kim.bulk.outside", "id", jumlah="1") in said(app)
    app.selectbox(key="semua-status").set_value("tidak_aktif").run()
    assert app.dataframe[0].value.iloc[:, 2].tolist() == 2 * ["Aktif → Tidak aktif"]
    app.text_input(key="semua-sebab").set_value(f"tanya {PHONE}").run()
    assert "semua-simpan" not in keys(app)
    app.text_input(key="semua-sebab").set_value("pendataan").run()
    app.button(key="semua-simpan").click().run()
    assert not app.exception
    assert statuses(registry) == ["tidak_aktif", "tidak_aktif", "aktif"]
    (batch, _) = list_batches(registry)
    assert batch.rows == 2
    app.button(key=f"undo-{batch.id}").click().run()
    assert statuses(registry) == 3 * ["aktif"]


def test_many_are_chosen_by_the_filters_of_the_page(open_page: Open, registry: Registry) -> None:
    kim = read_kim(registry, 2)
    closed = Change({**kim.values, "status": "tidak_aktif"}, kim)
    save(registry, [closed], person=MALANG)
    app = open_page("data_kim", status="aktif", wilayah="35.07")
    assert "semua-daftar" not in {it.key for it in app.toggle}, "of one there is nothing to choose"
    app = open_page("data_kim", status="aktif")
    app.toggle(key="semua-daftar").set_value(True).run()
    app.selectbox(key="semua-apa").set_value("bidang").run()
    app.multiselect(key="semua-bidang").set_value(["pariwisata"]).run()
    app.button(key="semua-simpan").click().run()
    fields = [read_kim(registry, kim_id).values["bidang"] for kim_id in (1, 2, 3)]
    assert (fields[0], fields[2]) == ("pariwisata", "pariwisata")
    assert fields[1] == kim.values["bidang"]


def test_nothing_is_changed_if_somebody_else_has_changed_one_of_many(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("data_kim")
    app.toggle(key="semua-daftar").set_value(True).run()
    app.selectbox(key="semua-status").set_value("tidak_aktif").run()
    kim = read_kim(registry, 1)
    save(registry, [Change({**kim.values, "domain": "arjuna.kim.id"}, kim)], person=MALANG)
    app.button(key="semua-simpan").click().run()
    assert "KIM Arjuna" in app.error[0].value
    assert statuses(registry) == 3 * ["aktif"]
    app.button(key="semua-simpan").click().run()
    assert statuses(registry) == 3 * ["tidak_aktif"]


def test_a_kim_is_found_by_a_person_which_is_logged(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(READER)
    assert "cari-orang" not in {it.key for it in open_page("data_kim").text_input}
    signed_in(MALANG)
    app = open_page("data_kim")
    app.text_input(key="cari-orang").set_value("darmo")
    app = press(app, text("data_kim.person.search", "id"))
    assert [it.proto.label for it in app.get("page_link") if "Arjuna" in it.proto.label]
    assert CHAIR not in everything(app)
    (entry,) = [it for it in read_audit(registry) if it.action is Deed.CARI_PRIBADI]
    assert (entry.who, entry.origin, entry.new) == (MALANG.name, HERE, {"kim": 1})


def statuses(registry: Registry) -> list[str]:
    return [read_kim(registry, kim_id).values["status"] for kim_id in (1, 2, 3)]


def field(app: AppTest, name: str):
    """The field of that name of the form that is open."""
    (box,) = [it for it in app.text_input if it.key and it.key.endswith(f"-{name}")]
    return box

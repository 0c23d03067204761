"""The chain of registration on the pages: each sees what waits for them, and does that alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import permission
from dashboard.data_kim import waiting
from dashboard.frame import desa_choice
from dashboard.frame.markdown import literal
from geodata.exports import certificate
from geodata.exports.briefing import paper
from geodata.exports.extracts import Extract
from geodata.gazetteer import load_gazetteer
from geodata.people.rights import READER, Person, Role
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.by_hand.registration import take_step
from geodata.registry.database.batches import find_batch, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.history import standing
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.database.states import State
from geodata.registry.fields import BIDANG
from geodata.registry.proposals import propose, waiting_proposals
from geodata.registry.snapshot import KimFilter
from geodata.registry.steps import REGISTER
from geodata.text import text
from geodata.view.view import View
from tests.app.conftest import Open, press, said
from tests.registry.rows import WAJAK, staged

HOSTILE = "KIM <b>tebal</b> ![p](http://contoh.example)"
MALANG = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07")
JATIM = Person("rina@jatimprov.go.id", Role.VERIFIKATOR, "35")
MINISTRY = Person("budi@komdigi.go.id", Role.KEMENTERIAN)
BALI = Person("made@baliprov.go.id", Role.VERIFIKATOR, "51")
CHAIR = {"personal": {"ketua": "Pak Darmo"}}
REMARK = "nama di SK **berbeda**"

As = Callable[[Person], None]


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    registry = open_registry()
    rows = (
        {"nama_kim": HOSTILE, "status": "belum_terverifikasi", **CHAIR},
        {"nomor_induk": "7/2019"},
    )
    batch = stage(registry, staged(*rows), load_gazetteer(), who="operator")
    commit(registry, batch.id, who="operator")
    return registry


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> As:
    return lambda person: monkeypatch.setattr(permission, "person", lambda: person)


def steps(app: AppTest) -> set[str]:
    named = {"daftarkan", "verifikasi", "kembalikan", "ajukan"}
    return {it.key.split("-")[0] for it in app.button if it.key} & named


def take(app: AppTest, step: str, remark: str = "") -> AppTest:
    if remark:
        app.text_area[0].set_value(remark)
    (button,) = [it for it in app.button if it.key and it.key.startswith(f"{step}-")]
    return button.click().run()


def waits(app: AppTest) -> list[str]:
    person = text("data_kim.person.heading", "id")
    return [it.label for it in app.expander if it.label != person]


def listed(step: str) -> list[str]:
    return [text(f"registration.waiting.{step}", "id", jumlah="1")]


def test_a_kim_goes_along_the_chain_from_hand_to_hand(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(MALANG)
    assert waits(open_page("data_kim")) == listed("daftarkan")
    app = open_page("data_kim", kim="1")
    assert steps(app) == {"daftarkan"}
    app = take(app, "daftarkan")
    assert literal(HOSTILE) in app.success[0].value
    assert read_kim(registry, 1).values["nomor_induk"].startswith("35.07.")

    signed_in(JATIM)
    assert waits(open_page("data_kim")) == listed("verifikasi")
    app = open_page("data_kim", kim="1")
    assert steps(app) == {"verifikasi", "kembalikan"}
    app = take(app, "kembalikan")
    assert app.error[0].value == text("error.step_remark", "id")
    app = take(app, "kembalikan", f"{REMARK} 0812-3456-7890")
    assert app.error[0].value == text("error.step_data_pribadi", "id")
    take(app, "kembalikan", REMARK)
    assert waits(open_page("data_kim")) == []

    signed_in(MALANG)
    assert waits(open_page("data_kim")) == listed("ajukan")
    app = open_page("data_kim", kim="1")
    assert literal(REMARK) in app.warning[0].value
    assert steps(app) == {"ajukan"}
    app = press(app, text("data_kim.action.ubah", "id"))
    (name,) = [it for it in app.text_input if it.key and it.key.endswith("-nama_kim")]
    name.set_value("KIM Tebal")
    app = press(app, text("data_kim.form.save", "id"))
    take(app, "ajukan")

    signed_in(JATIM)
    app = take(open_page("data_kim", kim="1"), "verifikasi")
    now = read_kim(registry, 1).values
    assert (now["nama_kim"], now["tahap"], now["status"]) == ("KIM Tebal", "terverifikasi", "aktif")
    assert any(it.key and it.key.startswith("undo-") for it in app.button), "by who did it"

    signed_in(READER)
    table = open_page("data_kim", tahap="terverifikasi").dataframe[0].value
    assert table["nama_kim"].tolist() == ["KIM Tebal"]
    assert table["tahap"].tolist() == [text("tahap.terverifikasi", "id")]
    shown = said(open_page("peta", tahap="terverifikasi", level="provinsi"))
    assert "1 KIM" in shown
    assert text("filter.tahap", "id", tahap=text("tahap.terverifikasi", "id").lower()) in shown


def test_all_that_wait_are_registered_and_verified_at_once(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    batch = stage(registry, staged({"nama_kim": "KIM Bima"}), load_gazetteer(), who="operator")
    commit(registry, batch.id, who="operator")
    for person, step in ((MALANG, "daftarkan"), (JATIM, "verifikasi")):
        signed_in(person)
        app = open_page("data_kim")
        app.toggle(key=f"semua-{step}").set_value(True).run()
        assert len(app.dataframe[0].value) == 2
        app.button(key=f"semua-{step}-simpan").click().run()
        assert not app.exception
        assert waits(app) == []
    now = [read_kim(registry, kim_id).values for kim_id in (1, 2, 3)]
    assert [it["tahap"] for it in now] == ["terverifikasi", "", "terverifikasi"]
    assert now[0]["nomor_induk"] < now[2]["nomor_induk"]
    (undo,) = [it for it in app.button if it.key and it.key.startswith("undo-")]
    undo.click().run()
    assert waits(app) == [text("registration.waiting.verifikasi", "id", jumlah="2")]


def test_who_registered_a_kim_is_told_that_somebody_else_verifies_it(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    take_step(registry, [read_kim(registry, 1)], REGISTER, person=MINISTRY)
    signed_in(MINISTRY)
    app = open_page("data_kim", kim="1")
    assert steps(app) == {"kembalikan"}
    assert text("registration.own", "id") in said(app)
    signed_in(JATIM)
    assert steps(open_page("data_kim", kim="1")) == {"verifikasi", "kembalikan"}


def test_others_see_the_step_and_can_do_nothing_about_it(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    take_step(registry, [read_kim(registry, 1)], REGISTER, person=MALANG)
    for person in (READER, BALI):
        signed_in(person)
        app = open_page("data_kim", kim="1")
        assert steps(app) == set()
        html = "\n".join(part.proto.body for part in app.get("html"))
        assert text("tahap.terdaftar", "id") in html
        assert waits(open_page("data_kim")) == []
        assert waiting.count(person) == 0
    assert waiting.count(JATIM) == 1


def test_extracts_say_the_step_once_a_registry_has_steps(registry: Registry) -> None:
    assert "tahap" not in Extract(latest_snapshot(registry), View()).columns
    take_step(registry, [read_kim(registry, 1)], REGISTER, person=MALANG)
    table = Extract(latest_snapshot(registry), View()).table()
    assert table["tahap"].tolist()[0] == "terdaftar"
    assert table["tahap"].isna().tolist() == [False, True]
    only = View(kim_filter=KimFilter(tahap=("terdaftar",)))
    assert Extract(latest_snapshot(registry), only).table()["nama_kim"].tolist() == [HOSTILE]


def test_a_certificate_says_what_is_public_as_text(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str] = []

    def noted(said: str, *points: float, **style: object) -> object:
        words.append(said)
        return paper.said(said, *points, **style)

    monkeypatch.setattr(certificate, "said", noted)
    take_step(registry, [read_kim(registry, 1)], REGISTER, person=MALANG)
    kim = read_kim(registry, 1, with_personal=True)
    link = "http://localhost/data_kim?kim=1"
    assert certificate.to_pdf(kim, load_gazetteer(), link, "id").startswith(b"%PDF-")
    shown = "\n".join(words)
    for wanted in (HOSTILE, kim.values["nomor_induk"], "Kabupaten Malang, Jawa Timur", link):
        assert wanted in shown
    assert kim.personal["ketua"] not in shown


def test_a_certificate_is_one_page_however_long_the_name(registry: Registry) -> None:
    take_step(registry, [read_kim(registry, 1)], REGISTER, person=MALANG)
    kim = read_kim(registry, 1)
    long = {"nama_kim": "KIM " + 60 * "Suara Warga ", "bidang": ";".join(BIDANG)}
    kim = replace(kim, values={**kim.values, **long})
    pdf = certificate.to_pdf(kim, load_gazetteer(), "http://localhost/data_kim?kim=1", "id")
    assert pdf.count(b"/Type /Page\n") == 1


# Proposals by the public.


def fill(app: AppTest, name: str, value: str) -> None:
    (field,) = [it for it in app.text_input if it.key and it.key.endswith(f"-{name}")]
    field.set_value(value)


@pytest.fixture
def proposing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIM_PROPOSALS", "2")
    monkeypatch.setattr(desa_choice, "choose", lambda *_: WAJAK)


def test_without_the_setting_nobody_proposes(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(READER)
    app = open_page("data_kim", tindakan="usul")
    assert not [it for it in app.text_input if it.key and it.key.startswith("kim-usul")]
    assert "usul" not in {it.key for it in app.button}
    with pytest.raises(RegistryError, match="too many wait"):
        propose(registry, read_kim(registry, 1).values, {})


@pytest.mark.usefixtures("proposing")
def test_a_proposal_counts_nowhere_until_its_kabupaten_has_saved_it(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    signed_in(READER)
    app = open_page("data_kim")
    before = standing(registry)
    app = app.button(key="usul").click().run()
    fill(app, "nama_kim", f"{HOSTILE} 0812-3456-7890")
    app = press(app, text("data_kim.form.save", "id"))
    assert text("data_kim.problem.data_pribadi", "id") in app.error[0].value
    fill(app, "nama_kim", f"{HOSTILE} Dua")
    fill(app, "ketua", "Bu Ratna")
    app = press(app, text("data_kim.form.save", "id"))
    assert literal(f"{HOSTILE} Dua") in app.success[0].value
    assert standing(registry) == before
    assert "Dua" not in said(open_page("data_kim")), "nobody but who keeps the region sees it"
    signed_in(Person("tono@batukota.go.id", Role.PETUGAS, "35.79"))
    assert waits(open_page("data_kim")) == []
    assert not [it for it in open_page("data_kim", tindakan="tambah", usulan="2").button if it.key
                and it.key == "tolak-usulan"]  # fmt: skip

    signed_in(MALANG)
    assert waits(open_page("data_kim"))[0] == listed("usul")[0]
    assert waiting.count(MALANG) == 2
    app = open_page("data_kim", tindakan="tambah", usulan="2")
    assert "Bu Ratna" not in said(app)
    fill(app, "nama_kim", "KIM Dua")
    app = press(app, text("data_kim.form.save", "id"))
    assert "KIM Dua" in app.success[0].value
    kim = read_kim(registry, 3, with_personal=True)
    assert (kim.values["nama_kim"], kim.personal) == ("KIM Dua", {"ketua": "Bu Ratna"})
    assert waiting_proposals(registry, None) == []


def test_an_address_that_names_another_batch_than_a_proposal_takes_nothing_out(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    rows = staged({"nama_kim": "KIM Nakula"})
    batch = stage(registry, rows, load_gazetteer(), who=MALANG.name, region="35.07")
    commit(registry, batch.id, who=MALANG.name)
    signed_in(MALANG)
    app = open_page("data_kim", kim="2", tindakan="ubah", usulan=str(batch.id))
    fill(app, "jumlah_anggota", "9")
    press(app, text("data_kim.form.save", "id"))
    assert read_kim(registry, 2).values["jumlah_anggota"] == "9"
    assert find_batch(registry, batch.id).state is State.MASUK


@pytest.mark.usefixtures("proposing")
def test_proposals_are_bounded_and_can_be_refused(
    open_page: Open, registry: Registry, signed_in: As
) -> None:
    values = {**read_kim(registry, 1).values, "nama_kim": "KIM Tiga"}
    for contacts in ({"ketua": "x" * 201}, {"alamat": "y" * 10_000}):
        with pytest.raises(RegistryError, match="at most 200 characters"):
            propose(registry, values, contacts)
    propose(registry, values, {})
    propose(registry, values, {})
    with pytest.raises(RegistryError, match="too many wait"):
        propose(registry, values, {})
    signed_in(MALANG)
    app = open_page("data_kim", tindakan="tambah", usulan="3")
    app = app.button(key="tolak-usulan").click().run()
    assert "KIM Tiga" in app.success[0].value
    assert [it.batch_id for it in waiting_proposals(registry, "35.07")] == [2]
    assert waiting_proposals(registry, "35.79") == []

"""The page Impor shows each person their own batches and files, and asks again at each change."""

import io
from pathlib import Path

import pytest

from dashboard import permission
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import READER, Person, Role
from geodata.registry import uploads
from geodata.registry.database.batches import find_batch, list_batches, stage
from geodata.registry.database.connection import Registry, open_registry
from geodata.text import text
from tests import messy
from tests.app.conftest import HERE, Open, press, said
from tests.registry.rows import in_review, staged

MALANG, BATU = "35.07", "35.79"
SITI = Person("siti@malangkab.go.id", Role.PETUGAS, MALANG, 1)
PHONE = "081298765432"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


@pytest.fixture(autouse=True)
def siti(somebody_who_operates: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permission, "person", lambda: SITI)


def draft(registry: Registry, region: str | None, name: str) -> int:
    candidates = [
        {"kode": code, "nama": where, "wilayah": "", "skor": 0.9, "metode": "nama_mirip"}
        for code, where in (("35.79.01.1001", "Sisir"), ("35.07.08.2008", "Codo"))
    ]
    row = in_review(
        nama_kim="KIM Suara",
        alasan=["desa_ragu"],
        kandidat=candidates,
        personal={"telepon": PHONE},
    )
    file = staged(row, file_name=f"{name}.csv", sender=f"Diskominfo {name}")
    return stage(registry, file, load_gazetteer(), who="lain", region=region).id


def waiting(region: str | None, name: str) -> str:
    return uploads.keep(io.BytesIO(messy.csv_bytes()), f"{name}.csv", name, region).key


def test_one_sees_what_is_of_the_own_region_and_nothing_else(
    open_page: Open, registry: Registry
) -> None:
    for region, name in ((MALANG, "satu"), (BATU, "dua"), (None, "tiga")):
        draft(registry, region, name)
        waiting(region, f"berkas{name}")
    app = open_page("impor")
    shown = said(app).replace("\\", "")
    assert "satu.csv" in shown
    assert "berkassatu.csv" in shown
    assert not any(name in shown for name in ("dua", "tiga"))
    assert text("impor.file.sender_office", "id", kantor="Kabupaten Malang") in shown
    assert "pengirim" not in {it.key for it in app.selectbox}


def test_an_address_of_anothers_says_so_and_tells_no_name(
    open_page: Open, registry: Registry
) -> None:
    theirs = {"kiriman": str(draft(registry, BATU, "dua"))}
    for address in (theirs, {"unggahan": waiting(None, "tiga")}):
        app = open_page("impor", **address)
        assert app.warning[0].value == text("impor.not_yours", "id")
        assert not any(words in str(app) for words in ("dua.csv", "tiga.csv", PHONE))


def test_a_look_at_cells_is_logged_once_a_visit(open_page: Open, registry: Registry) -> None:
    own = draft(registry, MALANG, "satu")
    app = open_page("impor", kiriman=str(own))
    assert PHONE in said(app)
    assert app.radio[0].options == [app.radio[0].options[0], text("impor.review.other", "id")]
    assert "Codo" in app.radio[0].options[0], "no desa of elsewhere is offered"
    app.run()
    looks = [line for line in read_audit(registry) if line.action is Deed.LIHAT_PRIBADI]
    (look,) = looks
    assert (look.who, look.region, look.batch_id) == (SITI.name, MALANG, own)
    assert look.origin == HERE


def test_a_role_that_was_taken_away_meanwhile_changes_nothing_more(
    open_page: Open, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = draft(registry, MALANG, "satu")
    app = open_page("impor", kiriman=str(own))
    before = find_batch(registry, own)
    monkeypatch.setattr(permission, "person", lambda: READER)
    app.button(key="terima").click().run()
    assert find_batch(registry, own) == before
    assert text("impor.not_allowed", "id") in said(app)
    assert PHONE not in str(app)


def test_a_file_that_is_read_becomes_a_batch_of_the_own_region(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("impor", unggahan=waiting(MALANG, "satu"))
    press(app, text("impor.columns.start", "id"))
    (batch,) = list_batches(registry)
    assert (batch.region, batch.who) == (MALANG, SITI.name)
    assert batch.rows == batch.diterima + batch.ditinjau + batch.ditolak

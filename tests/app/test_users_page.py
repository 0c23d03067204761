"""Pages Pengguna and Catatan kegiatan: accounts and keys are kept, and what was done is read."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import permission
from dashboard.catatan import log_search
from dashboard.catatan.log_search import LogSearch
from dashboard.frame.markdown import literal
from geodata.people import accounts
from geodata.people.audit import Deed, record
from geodata.people.keys import list_keys, make_key, person_of_key
from geodata.people.rights import READER, NotAllowed, Person, Role
from geodata.registry.database.connection import Registry, open_registry
from geodata.text import text
from tests.app.conftest import OPERATOR, Open, press, said

SITI = "siti@malangkab.go.id"
ADMINISTRATOR = Person("admin@komdigi.go.id", Role.ADMINISTRATOR)
PETUGAS = Person(SITI, Role.PETUGAS, "35.07")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


def sit(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    monkeypatch.setattr(permission, "person", lambda: person)


def rows(app: AppTest, place: int = 0) -> list[list[str]]:
    return app.dataframe[place].value.values.tolist()


def offered(app: AppTest) -> list[str]:
    """The pages that the menus offer."""
    return [name for menu in app.get("menu_button") for name in menu.options]


@pytest.fixture
def siti(registry: Registry) -> accounts.Account:
    return accounts.invite(registry, SITI, Role.PETUGAS, "35.07", who="admin")


@pytest.mark.parametrize("person", [READER, PETUGAS], ids=["reader", "petugas"])
def test_who_keeps_no_accounts_is_told_and_sees_none(open_page: Open, siti, monkeypatch, person):
    sit(monkeypatch, person)
    app = open_page("pengguna")
    assert text("pengguna.not_allowed", "id") in said(app)
    assert SITI not in str(app.main).replace(person.name or "-", "")
    assert len(app.dataframe) == len(app.text_input) == 0


def test_of_no_accounts_the_page_says_whom_to_invite_first(open_page: Open, registry):
    assert text("pengguna.empty", "id") in said(open_page("pengguna"))


def test_an_administrator_invites_somebody_for_a_kabupaten(open_page: Open, registry, monkeypatch):
    sit(monkeypatch, ADMINISTRATOR)
    app = open_page("pengguna")
    app.text_input(key="pengguna-surel").set_value(SITI)
    first = "pengguna-undang-administrator"
    app.selectbox(key=f"{first}-peran").set_value(Role.PETUGAS).run()
    app.selectbox(key=f"{first}-kabupaten_kota").set_value("35.07").run()
    press(app, text("pengguna.invite_button", "id"))
    made = accounts.find_account(registry, SITI)
    assert (made.role, made.region, made.given_by) == (Role.PETUGAS, "35.07", ADMINISTRATOR.name)
    assert f"**{literal(SITI)}** diundang sebagai Petugas kabupaten/kota" in said(app)
    (row,) = rows(app)
    assert row[2:5] == [
        "Petugas kabupaten/kota",
        "Kabupaten Malang, Jawa Timur",
        "diundang, belum masuk",
    ]


def test_who_loses_the_right_meanwhile_changes_nothing(open_page: Open, registry, monkeypatch):
    sit(monkeypatch, ADMINISTRATOR)
    app = open_page("pengguna")
    app.text_input(key="pengguna-surel").set_value(SITI).run()
    sit(monkeypatch, PETUGAS)
    press(app, text("pengguna.invite_button", "id"))
    assert "tidak berhak mengelola pengguna" in app.error[0].value
    assert accounts.list_accounts(registry) == []


def test_what_is_no_address_is_said_and_stays_to_be_mended(open_page: Open, registry):
    app = open_page("pengguna")
    app.text_input(key="pengguna-surel").set_value("siti").run()
    press(app, text("pengguna.invite_button", "id"))
    assert "bukan alamat surel" in app.error[0].value
    assert app.text_input(key="pengguna-surel").value == "siti"


def test_a_role_is_changed_to_one_of_another_level(open_page: Open, registry, siti):
    app = open_page("pengguna")
    app.selectbox(key="pengguna-dipilih").set_value(siti.id).run()
    key = f"pengguna-{siti.id}-petugas-35.07"
    app.selectbox(key=f"{key}-peran").set_value(Role.VERIFIKATOR).run()
    app.selectbox(key=f"{key}-provinsi").set_value("35").run()
    press(app, text("pengguna.save_role", "id"))
    changed = accounts.find_account(registry, SITI)
    assert (changed.role, changed.region) == (Role.VERIFIKATOR, "35")


def test_somebody_is_signed_out_and_removed_and_the_page_says_how_they_come_back(
    open_page: Open, registry, siti
):
    app = open_page("pengguna")
    app.selectbox(key="pengguna-dipilih").set_value(siti.id).run()
    app.button(key="pengguna-keluarkan").click().run()
    assert accounts.find_account(registry, SITI).signed_out
    app.button(key="pengguna-hapus").click().run()
    assert accounts.list_accounts(registry) == []
    assert "undang alamat itu lagi" in said(app)
    assert not app.exception


def test_a_key_is_shown_once(open_page: Open, registry, monkeypatch):
    sit(monkeypatch, ADMINISTRATOR)
    app = open_page("pengguna")
    before = len(app.code)
    app.text_input(key="kunci-nama").set_value("Dasbor Jatim")
    app.selectbox(key="kunci-peran").set_value(Role.VERIFIKATOR).run()
    app.selectbox(key="kunci-provinsi").set_value("35").run()
    press(app, text("kunci.make_button", "id"))
    key = app.code[before].value
    assert person_of_key(registry, key).region == "35"
    assert text("kunci.shown_once", "id") == app.warning[0].value
    app.run()
    assert len(app.code) == before
    assert key not in str(app)


def test_a_key_is_revoked(open_page: Open, registry):
    key = make_key(registry, "Dasbor", Role.KEMENTERIAN, None, 90, who="admin")
    app = open_page("pengguna")
    app.selectbox(key="kunci-dipilih").set_value(1).run()
    app.button(key="kunci-cabut").click().run()
    assert person_of_key(registry, key) is None
    assert rows(app)[0][3] == "dicabut"
    assert not list_keys(registry)[0].is_valid


# The log.


@pytest.fixture
def logged(registry: Registry) -> Registry:
    with registry.writing() as connection:
        for number, region in enumerate(["35.07.08.2001", "35.73", "34.01", None], 1):
            status = {"status": "aktif"}, {"status": "tidak_aktif"}
            old, new = status if number == 1 else ({}, {})
            who = f"orang{number}"
            record(connection, Deed.UBAH, who=who, region=region, kim_id=number, old=old, new=new)
    return registry


def numbers(app: AppTest) -> list[str]:
    return [row[4] for row in rows(app)]


@pytest.mark.parametrize(
    ("person", "wilayah", "seen"),
    [
        (OPERATOR, "", ["#4", "#3", "#2", "#1"]),
        (ADMINISTRATOR, "35", ["#2", "#1"]),
        (PETUGAS, "", ["#1"]),
        (PETUGAS, "35", ["#1"]),
        (PETUGAS, "35.07.08", ["#1"]),
    ],
)
def test_everybody_reads_the_log_of_their_own_region(
    open_page: Open, logged, monkeypatch, person, wilayah, seen
):
    sit(monkeypatch, person)
    assert numbers(open_page("catatan", wilayah=wilayah)) == seen


def test_of_another_region_who_may_not_read_it_is_told(open_page: Open, logged, monkeypatch):
    sit(monkeypatch, PETUGAS)
    app = open_page("catatan", wilayah="34")
    assert "tidak berhak membaca catatan kegiatan untuk wilayah 34" in app.error[0].value
    assert len(app.dataframe) == 0


def test_a_reader_reads_no_log(open_page: Open, logged, monkeypatch):
    sit(monkeypatch, READER)
    app = open_page("catatan")
    assert text("catatan.not_allowed", "id") in said(app)
    assert len(app.dataframe) == 0


def test_whoever_may_not_read_it_any_more_is_not_handed_it_out(logged, monkeypatch):
    sit(monkeypatch, PETUGAS)
    (line,) = log_search.found("35.07", LogSearch())
    assert line.kim_id == 1
    for left in (READER, replace(PETUGAS, region="35.73")):
        sit(monkeypatch, left)
        with pytest.raises(NotAllowed, match=text("right.log", "en")):
            log_search.found("35.07", LogSearch())


def test_what_changed_stands_side_by_side_in_words(open_page: Open, logged):
    (row,) = rows(open_page("catatan", nomor_kim="1", bahasa="id"))
    assert row[1:4] == [
        "orang1",
        "KIM diubah",
        "Desa Sumberputih, Wajak, Kabupaten Malang, Jawa Timur",
    ]
    assert row[6:] == ["Status: Aktif", "Status: Tidak aktif", "terminal"]


def test_the_log_is_searched_by_words_and_the_search_is_in_the_address(open_page: Open, logged):
    app = open_page("catatan")
    app.text_input(key="catatan-kata").set_value("orang2").run()
    assert numbers(app) == ["#2"]
    assert app.query_params["kata"] in ("orang2", ["orang2"])
    app.text_input(key="catatan-kata").set_value("tidak ada").run()
    assert text("catatan.nothing", "id") in said(app)


def test_a_long_log_comes_in_pages(open_page: Open, logged):
    with logged.writing() as connection:
        for number in range(5, 103):
            record(connection, Deed.UBAH, who="orang", kim_id=number)
    app = open_page("catatan")
    assert (numbers(app)[0], numbers(app)[-1], len(numbers(app))) == ("#102", "#3", 100)
    press(app, text("catatan.older", "id", jumlah="100"))
    assert numbers(app) == ["#2", "#1"]
    press(app, text("catatan.latest", "id"))
    assert numbers(app)[0] == "#102"

"""What a program's key opens: KIM with what is personal, in its region, and each look is logged."""

import io

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.http import keys
from dashboard.http.keys import WrongKeys
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from geodata.exports.personal_extract import PersonalExtract, with_persons
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.keys import list_keys, make_key, revoke_key
from geodata.people.rights import Person, Role
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.by_hand.saving import Saved, save
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.snapshots import latest_snapshot
from geodata.view.view import View
from tests.registry.rows import SUMBER, WAJAK, staged

CHAIR, PHONE = "Siti Rahasia", "0812-7777"
ADDRESS = "/unduh/kim.csv?wilayah=35.07&pribadi=1"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A KIM in Wajak whose chair is known, one beside it, and one in another provinsi."""
    registry = open_registry(f"sqlite:///{tmp_path_factory.mktemp('kunci')}/registry.db")
    rows = staged(
        {"nomor_induk": "1", "kode_wilayah": SUMBER, "personal": {"ketua": "Orang Lain"}},
        {"nomor_induk": "2", "kode_wilayah": WAJAK, "personal": {"ketua": CHAIR, "telepon": PHONE}},
        {"nomor_induk": "3", "kode_wilayah": WAJAK},
    )
    batch = stage(registry, rows, load_gazetteer(), who="siti")
    commit(registry, batch.id, who="siti")
    return registry


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(keys, "wrong_keys", WrongKeys(clock))
    return clock


@pytest.fixture
def client(
    database: Registry, own_folders: None, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> TestClient:
    monkeypatch.setenv("KIM_DATABASE_URL", database.url)
    app = Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS)
    return TestClient(app, raise_server_exceptions=False)


def bearer(registry: Registry, role: Role = Role.PETUGAS, region: str | None = "35.07"):
    key = make_key(registry, "Dasbor", role, region, 1, who="admin")
    return {"Authorization": f"Bearer {key}"}


def looks(registry: Registry) -> list[tuple[str, str, str | None]]:
    log = read_audit(registry)
    return [(it.who, it.origin, it.region) for it in log if it.action is Deed.LIHAT_PRIBADI]


def test_a_key_of_the_kabupaten_opens_what_is_personal_of_its_kim(client, database):
    before = len(looks(database))
    answer = client.get(ADDRESS, headers=bearer(database))
    rows = pd.read_csv(io.BytesIO(answer.content), dtype=str, keep_default_na=False)
    assert list(rows.columns[-3:]) == ["ketua", "telepon", "alamat"]
    told = rows[["nomor_induk", "ketua", "telepon", "alamat"]].values.tolist()
    assert told == [["2", CHAIR, PHONE, ""], ["3", "", "", ""]]
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    (who, origin, region), *rest = looks(database)
    assert (who.endswith(": Dasbor"), origin, region, len(rest)) == (
        True, "testclient", "35.07", before,
    )  # fmt: skip


def test_persons_of_a_kim_that_was_moved_away_stay_out_of_rows_from_before(tmp_path):
    registry = open_registry(f"sqlite:///{tmp_path}/registry.db")
    rows = staged(*({"nama_kim": name, "personal": {"ketua": CHAIR}} for name in ("Satu", "Dua")))
    commit(registry, stage(registry, rows, load_gazetteer(), who="siti").id, who="siti")
    before = PersonalExtract(latest_snapshot(registry), View(region="35.07"))
    assert list(with_persons(registry, before, "kunci").persons) == [1, 2]
    kim = read_kim(registry, 1)
    moved = Change({**kim.values, "kode_wilayah": SUMBER}, kim, {"ketua": "Orang Lain"})
    assert isinstance(save(registry, [moved], person=Person("budi", Role.KEMENTERIAN)), Saved)
    assert with_persons(registry, before, "kunci").persons == {2: {"ketua": CHAIR}}


@pytest.mark.parametrize("ending", ["json", "geojson"])
def test_so_it_does_in_every_format_that_is_sent_while_it_is_made(client, database, ending):
    address = ADDRESS.replace("csv", ending) + "&kolom=nama_kim"
    answer = client.get(address, headers=bearer(database))
    assert CHAIR in answer.text
    assert WAJAK not in answer.text


def test_its_manifest_says_so_and_for_whom_and_shows_nobody(client, database):
    key = bearer(database)
    before = looks(database)
    described = client.head(ADDRESS, headers=key).headers["link"].partition(">")[0][1:]
    assert client.get(described).status_code == 401
    manifest = client.get(described, headers=key)
    assert "Berisi nama, telepon, dan alamat orang. Dibuat untuk kunci" in manifest.text
    assert "ketua (Ketua): Nama ketua KIM, data pribadi" in manifest.text
    assert CHAIR not in manifest.text
    assert manifest.headers["cache-control"] == "no-store"
    assert looks(database) == before


@pytest.mark.parametrize(
    "path", ["/unduh/kim.csv?wilayah=35.07", "/unduh/kim.json", "/unduh/wilayah.csv"]
)
def test_a_public_extract_is_the_same_with_a_key_and_without(client, database, path):
    public, keyed = client.get(path), client.get(path, headers=bearer(database))
    assert (public.content, public.headers) == (keyed.content, keyed.headers)
    assert CHAIR not in public.text


@pytest.mark.parametrize(
    ("role", "region", "asked"),
    [
        (Role.PETUGAS, "35.07", "wilayah=35"),
        (Role.PETUGAS, "35.07", ""),
        (Role.PETUGAS, "34.01", "wilayah=35.07"),
        (Role.VERIFIKATOR, "34", "wilayah=35.07"),
        (Role.ADMINISTRATOR, None, "wilayah=35.07"),
    ],
)
def test_where_its_right_does_not_reach_it_opens_nothing(client, database, role, region, asked):
    before = looks(database)
    answer = client.get(f"/unduh/kim.csv?{asked}&pribadi=1", headers=bearer(database, role, region))
    assert answer.status_code == 403
    assert "tidak berhak melihat data pribadi" in answer.json()["error"]
    assert "may not see personal data" in answer.json()["error"]
    assert looks(database) == before


def test_without_a_key_or_with_one_that_is_over_nothing_opens(client, database):
    over = bearer(database)
    revoke_key(database, list_keys(database)[0].id, who="admin")
    for headers in ({}, over, {"Authorization": "Bearer kim_x"}, {"Authorization": "Basic YTpi"}):
        answer = client.get(ADDRESS, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["cache-control"] == "no-store"
        assert CHAIR not in answer.text


def test_after_five_wrong_keys_an_address_waits_a_minute(client, database, clock, caplog):
    right, wrong = bearer(database), {"Authorization": "Bearer kim_salah"}
    for _ in range(5):
        assert client.get(ADDRESS, headers=wrong).status_code == 401
        clock.now += 1
    assert "came from testclient" in caplog.text
    assert "kim_salah" not in caplog.text
    answer = client.get(ADDRESS, headers=right)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "55")
    assert client.get("/unduh/kim.csv?wilayah=35.07").status_code == 200
    clock.now += 55
    assert client.get(ADDRESS, headers=right).status_code == 200


def test_what_is_remembered_of_wrong_keys_has_an_end(monkeypatch):
    monkeypatch.setattr(keys, "_MOST_ADDRESSES", 2)
    wrong = WrongKeys(Clock())
    for address in ("a",) * 5 + ("b", "c"):
        wrong.note(address)
    assert wrong.seconds_to_wait("a") == 0
    assert len(wrong._tries) == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/unduh/wilayah.csv?wilayah=35.07&pribadi=1", "hanya ada pada daftar KIM"),
        ("/unduh/kim.xlsx?wilayah=35.07&pribadi=1", "tidak dikirim sebagai xlsx"),
        ("/unduh/kim.csv?wilayah=35.07&pribadi=ya", "pribadi=ya"),
    ],
)
def test_what_cannot_hold_persons_is_a_400_that_says_so(client, database, path, said):
    answer = client.get(path, headers=bearer(database))
    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_the_sample_has_no_keys(client, database, monkeypatch):
    key = bearer(database)
    monkeypatch.setenv("KIM_DATABASE_URL", "sample")
    assert client.get(ADDRESS, headers=key).status_code == 401

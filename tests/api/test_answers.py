"""The interface /api/v1: figures as on pages, matches as imports make them, changes in turn."""

import pytest

from dashboard.api.pace import Pace
from geodata.analysis.region_metrics import totals
from geodata.people.audit import Deed, read_audit
from geodata.people.keys import make_key
from geodata.people.rights import Role
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.undoing import undo
from geodata.registry.snapshot import KimFilter
from tests.registry.rows import SUMBER, WAJAK, staged

MALANG = WAJAK[:5]


def ask(client, path: str, status: int = 200) -> dict:
    reply = client.get(f"/api/v1{path}")
    assert reply.status_code == status, reply.text
    return reply.json()


def bring(registry, gazetteer, number: str, **row: object) -> int:
    rows = staged({"nomor_induk": number, **row}, file_name="malang.xlsx")
    batch = stage(registry, rows, gazetteer, who="sari@malangkab.go.id")
    commit(registry, batch.id, who="sari@malangkab.go.id")
    return batch.id


def test_the_first_answer_leads_to_the_others(client):
    start = ask(client, "")
    assert client.get(start["uraian"]).status_code == 200
    for told in start["alamat"]:
        needs_words = told["alamat"].endswith("/cocok")
        assert client.get(told["alamat"]).status_code == (400 if needs_words else 200)


def test_figures_are_those_of_the_pages(client, sample):
    body = ask(client, "/angka?wilayah=35&bidang=umkm&level=kecamatan&limit=10000")
    wanted = totals(sample, KimFilter(bidang=("umkm",)), "35")
    assert body["angka"]["jumlah_kim"] == wanted.jumlah_kim > 0
    assert body["angka"]["cakupan"] == wanted.cakupan
    assert (body["kode"], body["nama"], body["tingkat_baris"]) == ("35", "Jawa Timur", "kecamatan")
    assert len(body["baris"]) == body["jumlah_baris"] == 666
    assert sum(row["jumlah_kim"] for row in body["baris"]) == wanted.jumlah_kim
    assert body["tautan"] == []
    assert "Data per 30 Juni 2023." in body["keterangan"]


def test_rows_come_page_by_page(client):
    body = ask(client, "/kim?wilayah=35.23&limit=4")
    rows = body["baris"]
    while body["tautan"] and body["tautan"][0]["rel"] == "next":
        body = client.get(body["tautan"][0]["href"]).json()
        rows += body["baris"]
    assert len({row["nomor_induk"] for row in rows}) == len(rows) == body["jumlah_baris"] > 4


def test_who_has_not_reported_has_no_figure(client, registry, gazetteer):
    bring(registry, gazetteer, "A")
    silent = ask(client, "/angka?wilayah=35.08&limit=1")
    assert set(silent["angka"].values()) == {None}
    assert silent["baris"][0]["jumlah_kim"] is None
    assert ask(client, "/angka?wilayah=35.07&limit=1")["angka"]["jumlah_kim"] == 1


def test_a_region_knows_where_it_stands(client):
    body = ask(client, "/wilayah/3507")
    assert body["sebutan"] == "Kabupaten Malang, Jawa Timur"
    assert [it["kode"] for it in body["di_atas"]] == ["35"]
    assert {"kode": "35.07.08", "nama": "Wajak", "tingkat": "kecamatan"} in body["di_bawah"]
    west, south, east, north = body["kotak"]
    assert 112 < west < east < 113.1
    assert -8.9 < south < north < -7.6
    assert body["batas_perkiraan"] is True
    assert len(ask(client, "/wilayah")["di_bawah"]) == 38
    assert "99" in ask(client, "/wilayah/99", 404)["detail"]
    assert ask(client, "/wilayah/malang", 404)["status"] == 404


def test_the_search_answers_as_the_box_of_the_pages_does(client):
    body = ask(client, "/cari?q=sukun+malang&limit=2")
    assert [it["sebutan"] for it in body["hasil"]] == [
        "Kecamatan Sukun, Kota Malang, Jawa Timur",
        "Kelurahan Sukun, Sukun, Kota Malang, Jawa Timur",
    ]
    assert len(body["hasil"]) == 2 <= body["jumlah"]
    assert ask(client, "/cari?q=")["hasil"] == []
    assert "q=" in ask(client, f"/cari?q={'a' * 101}", 400)["detail"]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("desa=Sumberputih&kecamatan=Wajak", "cocok", WAJAK),
        ("desa=Sumber+Putih&kecamatan=Wajak&kabupaten_kota=Kab.+Malang", "cocok", WAJAK),
        ("kode=35.07.08.2001", "cocok", WAJAK),
        ("kode=3507082001", "ragu", None),  # which may be one of BPS
        ("kode=3507082001&desa=Sumberputih&kecamatan=Wajak", "cocok", WAJAK),
        ("desa=Sukamaju&provinsi=Jawa+Barat", "ragu", None),
        ("kecamatan=Atlantis", "gagal", None),
        ("lat=-8.12&lng=112.82", "ragu", None),  # approximate boundaries only suggest
        ("kecamatan=%3Cscript%3E", "gagal", None),
    ],
)
def test_a_place_is_matched_as_a_row_of_a_file_is(client, asked, status, code):
    body = ask(client, f"/cocok?{asked}")
    assert (body["status"], body["kode_wilayah"]) == (status, code)
    assert (code is None) == bool(body["alasan"])
    if status == "ragu":
        assert body["kandidat"]
        assert all(it["keterangan"] for it in body["alasan"])


@pytest.mark.parametrize("asked", ["", "lat=-8", "lat=91&lng=0", f"desa={'a' * 121}"])
def test_what_names_no_place_is_refused(client, asked):
    assert ask(client, f"/cocok?{asked}", 400)["detail"]


def test_persons_are_for_programs_whose_key_reaches_the_region(client, registry, gazetteer):
    bring(registry, gazetteer, "A", personal={"ketua": "Siti Rahasia"})
    bring(registry, gazetteer, "B", kode_wilayah=SUMBER, personal={"ketua": "Orang Lain"})
    key = make_key(registry, "Dasbor", Role.PETUGAS, "35.07", 1, who="admin")
    bearer = {"Authorization": f"Bearer {key}"}
    address = "/api/v1/kim?wilayah=35.07"
    public, keyed = client.get(address), client.get(f"{address}&pribadi=1", headers=bearer)
    assert "Siti" not in public.text
    assert [row["ketua"] for row in keyed.json()["baris"]] == ["Siti Rahasia"]
    assert keyed.headers["cache-control"] == "no-store"
    assert [it.region for it in read_audit(registry) if it.action is Deed.LIHAT_PRIBADI] == [MALANG]
    for path, headers, status in (
        (f"{address}&pribadi=1", {}, 401),
        (f"{address}&pribadi=1", {"Authorization": "Bearer kim_x"}, 401),
        ("/api/v1/kim?pribadi=1", bearer, 403),
    ):
        refused = client.get(path, headers=headers)
        assert (refused.status_code, refused.json()["status"]) == (status, status)
        assert "Siti" not in refused.text
    assert client.get("/api/v1/kim?pribadi=1").headers["www-authenticate"] == "Bearer"


def test_changes_are_followed_from_version_to_version(client, registry, gazetteer):
    first = bring(registry, gazetteer, "A")
    bring(registry, gazetteer, "B", kode_wilayah=SUMBER)
    bring(registry, gazetteer, "C")
    undo(registry, first, who="sari@malangkab.go.id")
    latest = ask(client, "/perubahan?wilayah=35.07")
    told = [(it["versi"], it["kegiatan"], it["baru"]) for it in latest["perubahan"]]
    assert told == [(4, "batal", 1), (3, "masuk", 1), (1, "masuk", 1)]
    seen, version = [], 0
    while body := ask(client, f"/perubahan?wilayah=35.07&sejak={version}&limit=1")["perubahan"]:
        version = body[-1]["versi"]
        seen.append(version)
    assert seen == [1, 3, 4]
    assert "sari" not in str(latest)
    assert "malang.xlsx" not in str(latest)


def test_the_sample_has_no_changes(client):
    assert ask(client, "/perubahan")["perubahan"] == []


def test_an_address_that_asks_too_often_waits_and_others_do_not():
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.seconds_to_wait("a", 3) for _ in range(5)] == [0, 0, 0, 20, 20]
    assert pace.seconds_to_wait("b", 3) == 0
    now[0] = 20
    assert [pace.seconds_to_wait("a", 3) for _ in range(2)] == [0, 20]
    now[0] = 1000
    assert [pace.seconds_to_wait("a", 3) for _ in range(4)] == [0, 0, 0, 20]


def test_who_asks_too_often_is_told_when_to_go_on(client, monkeypatch):
    monkeypatch.setenv("KIM_API_PER_MINUTE", "2")
    said = [client.get("/api/v1/wilayah/35") for _ in range(3)]
    assert [reply.status_code for reply in said] == [200, 200, 429]
    assert 0 < int(said[-1].headers["retry-after"]) <= 30
    assert said[-1].headers["content-type"] == "application/problem+json"
    assert client.get("/batas/lama/desa/2/3/2.pbf").status_code == 404  # tiles are not counted


def test_an_answer_has_a_tag_and_may_be_read_by_pages_of_other_sites(client):
    for path in ("/api/v1/angka?limit=1", "/ogc/collections", "/katalog.jsonld", "/ubin/desa.json"):
        reply = client.get(path)
        assert reply.headers["access-control-allow-origin"] == "*"
        again = client.get(path, headers={"If-None-Match": reply.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(path).headers["etag"] == reply.headers["etag"]

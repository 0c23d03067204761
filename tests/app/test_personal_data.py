"""Nothing that anybody can reach shows personal data, wherever a file has them."""

import csv
import io
import zipfile

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import data, permission
from dashboard.addresses import (
    ASKING,
    SEARCH,
    Asking,
    light_address,
    points_address,
    slide_address,
)
from dashboard.http.link_preview import PageHead
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from dashboard.main import page_title
from geodata.exports.formats import FORMATS, PARQUET, Format
from geodata.gazetteer import Gazetteer
from geodata.people.rights import READER, Person, Role
from geodata.registry.database.batches import find_batch, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.intake.preparing import prepare
from geodata.search.search import search_of
from geodata.view.address import link
from geodata.view.view import View
from tests.app.conftest import MAIN

PHONE, NIK, MAIL, CHAIR = "081298765432", "3507081204800007", "rh@pos.id", "Rahmat Hidayatullah"
PLANTED = (PHONE, PHONE[1:], NIK, MAIL, CHAIR, "Kenanga 88", "0812-9876-5432", "Hidayatullah")
HEADER = ("Nama KIM", "Desa", "Kecamatan", "Kab", "Bidang", "Website", "Nama Ketua", "No HP",
          "Alamat", "NIK", "Catatan", "No Induk", "Jml Anggota", "Status")  # fmt: skip
_WAJAK = ("Wajak", "Wajak", "Kab. Malang")
_OF_PERSON = (CHAIR, PHONE, "Jl. Kenanga 88", NIK, f"{CHAIR} {MAIL}")
ROWS = (
    (f"KIM Suara {PHONE}", *_WAJAK, f"umkm, hub. {PHONE}", PHONE, *_OF_PERSON, "A-1", "12", ""),
    (f"KIM Warta NIK {NIK}", f"Codo ({PHONE})", "Wajak", "Kab. Malang", f"kopi {MAIL}",
     f"62{PHONE[1:]}", *_OF_PERSON, "A-2", PHONE, NIK),
    (f"KIM {MAIL}", *_WAJAK, NIK, MAIL, *_OF_PERSON, "A-3", "", PHONE),
)  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Registry:
    """A file that has personal data in every column, its name and its sender, and is let in."""
    folder = tmp_path_factory.mktemp("registry")
    written = io.StringIO()
    csv.writer(written).writerows([HEADER, *ROWS])
    path = folder / f"KIM {PHONE}.csv"
    path.write_text(written.getvalue())
    database = open_registry(f"sqlite:///{folder}/registry.db")
    staged = prepare(path, sender=f"Diskominfo {PHONE}", gazetteer=gazetteer)
    batch = stage(database, staged, gazetteer, who="petugas", keep_unrecognised=True)
    commit(database, batch.id, who="petugas")
    return database


@pytest.fixture(autouse=True)
def in_use(
    registry: Registry,
    own_folders: None,
    somebody_who_operates: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file is in the registry that is shown, to somebody who may not operate."""
    monkeypatch.setenv("KIM_DATABASE_URL", registry.url)
    monkeypatch.setattr(permission, "person", lambda: READER)


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(
        routes=ROUTES,
        exception_handlers=EXCEPTION_HANDLERS,
        middleware=[Middleware(PageHead, names=("peta",), title=page_title)],
    )
    return TestClient(app, raise_server_exceptions=False)


def shown(content: bytes) -> list[str]:
    """Return what of the planted is in an answer, also in what it packs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    except zipfile.BadZipFile:
        pass
    said = content.decode("latin-1").casefold()
    return [words for words in PLANTED if words.casefold() in said]


def test_the_planted_file_is_what_is_shown(registry: Registry) -> None:
    batch = find_batch(registry, 1)
    assert (batch.rows, batch.baru >= 2) == (3, True)
    assert data.snapshot().kim["nomor_induk"].tolist()[:2] == ["A-1", "A-2"]
    assert "KIM Suara" in data.snapshot().kim["nama_kim"].tolist()


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
@pytest.mark.parametrize("content", ["kim", "wilayah"])
def test_no_extract_shows_any(client: TestClient, content: str, form: Format) -> None:
    answer = client.get(f"/unduh/{content}.{form}?wilayah=35.07.08")
    assert answer.status_code == 200
    said = answer.content
    if form is PARQUET:  # compressed
        said = pd.read_parquet(io.BytesIO(said)).to_csv().encode()
    assert shown(said) == []


def test_no_manifest_point_slide_or_preview_shows_any(client: TestClient) -> None:
    here = View(region="35.07.08")
    for address in (
        "/unduh/kim.keterangan.csv?wilayah=35.07.08",
        points_address(here, data.snapshot().version),
        slide_address(here),
        light_address(here),
        "/pratinjau.png?wilayah=35.07.08",
        link(SEARCH, ASKING.write(Asking("kim wajak"))),
        "/umpan.atom?wilayah=35.07.08",
        "/katalog.jsonld",
        "/ogc/collections/kim/items?wilayah=35.07.08",
        "/ogc/collections/kim/items?wilayah=35.07.08&f=html",
        "/api/v1/kim?wilayah=35.07.08",
        "/api/v1/perubahan",
        "/api/v1/cari?q=kim+wajak",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert shown(answer.content) == [], address
        assert not any(words in str(answer.headers) for words in PLANTED)


PAGES = (
    "ringkasan", "peta", "profil", "mutu", "unduh", "tentang", "impor", "kesenjangan", "paparan",
    "catatan", "pengguna", "data_kim", "darurat", "perkembangan", "pelaporan", "potensi", "banding",
)  # fmt: skip
WITHOUT_WAJAK = {"impor", "kesenjangan", "tentang", "catatan", "pengguna"}
# Each may see persons, change KIM or read the log, all of it elsewhere.
ELSEWHERE = (
    Person("tono@batukota.go.id", Role.PETUGAS, "35.79", 1),
    Person("ani@jatengprov.go.id", Role.VERIFIKATOR, "33", 2),
)


def page_as_shown(page: str, **address: str) -> str:
    """Everything that a page shows, its tables too."""
    app = AppTest.from_file(MAIN, default_timeout=60)
    place = {
        "wilayah": "35.07.08",
        "level": "desa",
        "rincian": "35.07.08",
        "daerah": "wilayah_35.07.08",
    }
    app.query_params.update(place | address)
    if page == "peta":
        app.run()
    else:
        app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return str(app) + "".join(table.value.to_csv() for table in app.dataframe)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_any(page: str) -> None:
    said = page_as_shown(page, kim="1")
    assert page in WITHOUT_WAJAK or "Wajak" in said
    assert shown(said.encode()) == []


@pytest.mark.parametrize("person", ELSEWHERE, ids=lambda person: person.role)
def test_no_page_shows_any_to_who_keeps_another_region(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permission, "person", lambda: person)
    for page, address in (
        ("impor", {}),
        ("impor", {"kiriman": "1", "langkah": "kembar"}),
        ("data_kim", {"kim": "1"}),
        ("mutu", {}),
        ("catatan", {}),
        ("paparan", {}),
    ):
        assert shown(page_as_shown(page, **address).encode()) == [], page


def test_a_search_for_a_person_finds_no_kim() -> None:
    search = search_of(data.snapshot())
    assert any(hit.is_kim for hit in search.find("Warta", 5).hits)
    for words in (PHONE, NIK, MAIL, CHAIR):
        assert not any(hit.is_kim for hit in search.find(words, 50).hits), words

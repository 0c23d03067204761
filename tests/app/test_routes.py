"""The app's own HTTP routes."""

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import assets, data
from dashboard.addresses import (
    ASKING,
    ASSETS,
    SEARCH,
    Asking,
    deck_address,
    petak_address,
    points_address,
    shapes_address,
    slide_address,
    tiles_address,
)
from dashboard.http.access import OPERATES, VERDICT
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from dashboard.workshop.workshop import workshop
from geodata.analysis.region_metrics import totals
from geodata.errors import DataFileError
from geodata.exports.decks import Deck, Scene, save_deck
from geodata.regions import LEVELS, feature_id
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.search.question import LONGEST
from geodata.settings import settings
from geodata.text import text
from geodata.view.address import VIEW
from geodata.view.view import View

# Hosts that assets name and do not ask: of namespaces, of an attribution that the reader may click,
# of licences and bug reports in comments, and one that cannot be (it completes relative addresses).
NAMED_ONLY = {
    "www.w3.org", "leafletjs.com", "maplibre.org", "maplibre.invalid", "github.com",
    "bugs.chromium.org", "bugzilla.mozilla.org",
}  # fmt: skip

OPERATOR = {VERDICT: OPERATES}


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS)
    return TestClient(app, raise_server_exceptions=False)


def test_every_listed_asset_is_served_and_nothing_else(client: TestClient) -> None:
    for name in assets.FILES:
        assert client.get(assets.address(name)).status_code == 200
    mark = assets.mark("leaflet.js")
    for name in ("package.json", "..%2fpackage.json", "leaflet"):
        assert client.get(f"{ASSETS}/{mark}/{name}").status_code == 404


def test_an_asset_is_kept_for_good_at_an_address_that_tells_its_content(client: TestClient) -> None:
    for name in assets.FILES:
        reply = client.get(assets.address(name))
        assert "immutable" in reply.headers["cache-control"]
        assert hashlib.sha256(reply.content).hexdigest().startswith(assets.mark(name))
        assert client.get(f"{ASSETS}/{'0' * 12}/{name}").status_code == 404, "of another version"


@pytest.mark.parametrize("name", assets.FILES)
def test_no_asset_loads_from_another_host(client: TestClient, name: str) -> None:
    content = client.get(assets.address(name)).text
    hosts = set(re.findall(r"(?:https?|wss?)://([\w.-]+)", content))
    assert hosts <= NAMED_ONLY
    assert not re.search(r"""(?:url\(|src=|@import)\s*["']?(?:https?:)?//""", content)


def test_the_tileset_of_each_level_is_served_by_byte_ranges(client: TestClient) -> None:
    sizes = []
    for level in LEVELS:
        address = tiles_address(data.boundaries(), level)
        reply = client.get(address, headers={"Range": "bytes=0-6"})
        assert (reply.status_code, reply.content) == (206, b"PMTiles")
        sizes.append(int(reply.headers["content-range"].split("/")[1]))
    assert sizes == sorted(sizes), "who sees provinsi does not load the desa"
    assert client.get(address.replace("desa", "benua")).status_code == 404


def test_petak_is_served_a_level_at_a_time(client: TestClient) -> None:
    for level in LEVELS:
        reply = client.get(f"{petak_address()}/{level}.pmtiles", headers={"Range": "bytes=0-6"})
        assert (reply.status_code, reply.content) == (206, b"PMTiles")
    squares = client.get(f"{petak_address()}/kabupaten_kota/31.json").json()
    assert {feature["id"] for feature in squares["features"]} == {3101, *range(3171, 3176)}
    assert client.get(f"{petak_address()}/benua.pmtiles").status_code == 404
    assert client.get(f"{petak_address()}/desa/99.99.json").status_code == 404


def test_an_address_of_another_version_is_gone(client: TestClient) -> None:
    assert client.get("/batas/other/desa.pmtiles").status_code == 404
    assert client.get("/batas/other/provinsi/id.json").status_code == 404
    assert client.get("/titik/other.json").status_code == 404
    assert client.get("/petak/other/desa.pmtiles").status_code == 404
    assert client.get("/petak/other/provinsi/id.json").status_code == 404


def test_shapes_come_by_level_and_region_with_ids_the_figures_use(client: TestClient) -> None:
    base = shapes_address(data.boundaries())
    shapes = client.get(f"{base}/kecamatan/35.07.json").json()
    codes = data.gazetteer().codes("kecamatan")
    wanted = {feature_id(code) for code in codes if code.startswith("35.07.")}
    assert {feature["id"] for feature in shapes["features"]} == wanted
    assert client.get(f"{base}/kecamatan/99.99.json").status_code == 404
    assert client.get(f"{base}/benua/id.json").status_code == 404


def test_points_are_the_kim_of_the_filter(client: TestClient) -> None:
    view = View(region="35.23", kim_filter=KimFilter(bidang=("umkm",)))
    points = client.get(points_address(view, data.snapshot().version)).json()
    shown = totals(load_sample(), view.kim_filter, "35.23")
    assert 0 < len(points) <= shown.jumlah_kim
    numbers = {point[4] for point in points}
    kim = load_sample().kim.set_index("nomor_induk")
    assert kim.loc[list(numbers), "kode_wilayah"].str.startswith("35.23.").all()


def test_an_unusable_filter_is_a_clear_400(client: TestClient) -> None:
    reply = client.get(f"/titik/{data.snapshot().version}.json?bidang=ajaib")
    assert reply.status_code == 400
    assert json.loads(reply.text) == {"unusable": {"bidang": "ajaib"}}


def ask(client: TestClient, query: str, lang: str = "id") -> dict:
    asked = VIEW.write(View(lang=lang)) | ASKING.write(Asking(query))
    return client.get(SEARCH, params=asked).json()


def test_the_search_answers_in_the_readers_language_with_the_parents_of_each_hit(client) -> None:
    answer = ask(client, "wajak")
    assert answer["hits"][0] == {
        "code": "35.07.08", "title": "Kecamatan Wajak", "about": "Kabupaten Malang, Jawa Timur",
    }  # fmt: skip
    assert "8 dari" in answer["said"]
    assert "8 of" in ask(client, "wajak", "en")["said"]
    assert ask(client, "35.07.08")["hits"][0]["about"].endswith(" · kode 35.07.08")
    nothing = {"hits": [], "said": text("search.none", "id", query="qxqxqx")}
    assert ask(client, "qxqxqx") == nothing


def test_a_hit_of_the_search_that_is_a_kim_leads_to_its_desa(client) -> None:
    kim = load_sample().kim.iloc[0]
    hit = ask(client, kim["nomor_induk"])["hits"][0]
    assert (hit["title"], hit["code"]) == (kim["nama_kim"], kim["kode_wilayah"])
    assert hit["about"].startswith("KIM · ")


def test_a_question_that_is_too_long_is_not_read(client) -> None:
    reply = client.get(SEARCH, params=ASKING.write(Asking("a" * (LONGEST + 1))))
    assert reply.status_code == 400


def test_the_search_waits_for_no_expensive_answer(client) -> None:
    made = Event()
    with ThreadPoolExecutor() as pool:
        makers = [
            pool.submit(workshop().make, ("busy", number), lambda: made.wait(timeout=30))
            for number in range(settings().makers + 1)
        ]
        try:
            assert ask(client, "wajak")["hits"]
            assert not any(maker.done() for maker in makers)
        finally:
            made.set()


def test_regions_are_found_before_there_is_any_kim(client, monkeypatch) -> None:
    def empty(_=None) -> None:
        raise RegistryEmpty("registry_empty", url="sqlite://")

    monkeypatch.setattr(data, "snapshot", empty)
    assert ask(client, "wajak")["hits"][0]["code"] == "35.07.08"


def test_a_damaged_store_is_a_503_whose_reason_is_for_the_log(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    problem = DataFileError("store_missing", folder="var/boundaries")

    def missing() -> None:
        raise problem

    monkeypatch.setattr(data, "boundaries", missing)
    reply = client.get("/batas/any/desa.pmtiles")
    assert reply.status_code == 503
    assert reply.json() == {"error": text("error.unavailable", "id")}
    assert problem.message("en") in caplog.text


def test_a_view_is_served_as_a_slide_and_an_unusable_one_is_refused(client: TestClient) -> None:
    page = client.get(slide_address(View(region="35.07", lang="en")))
    assert page.status_code == 200
    assert "Number of KIM: Kabupaten Malang" in page.text
    assert '<a href="http://testserver/lihat?wilayah=35.07&amp;bahasa=en">' in page.text
    here = client.get("http://localhost" + slide_address(View(region="35.07", lang="en")))
    assert "Slide 1 of 1" in here.text
    assert client.get("/paparan/tampilan.html?wilayah=99").json() == {"unusable": {"wilayah": "99"}}


def test_a_deck_is_served_to_look_at_and_to_save(client: TestClient, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KIM_DECKS", str(tmp_path))
    save_deck(Deck("Rakor Jatim", (Scene("wilayah=35.07"), Scene("wilayah=35.07.08", "Salam"))))
    page = client.get(deck_address("Rakor Jatim", "id"))
    assert page.text.count('class="notes"') == 2
    assert "Salam" not in page.text
    assert '<a href="http://testserver/paparan/dek/rakor-jatim.html">' in page.text
    assert "content-disposition" not in page.headers
    saved = client.get(deck_address("Rakor Jatim", "id", save=True))
    assert 'filename="rakor-jatim.html"' in saved.headers["content-disposition"]
    gone = client.get(deck_address("Lain", "en"))
    assert (gone.status_code, gone.json()["error"]) == (404, "There is no deck named “lain”.")


def test_notes_are_for_operators_and_whoever_else_asks_for_them_gets_what_the_hall_sees(
    client, monkeypatch, tmp_path
):
    monkeypatch.setenv("KIM_DECKS", str(tmp_path))
    save_deck(Deck("Rakor", (Scene("wilayah=35.07", "Salam"),)))
    for saved in (False, True):
        speaker_s = deck_address("Rakor", "id", save=saved, notes=True)
        assert "Salam" in client.get(speaker_s, headers=OPERATOR).text
        hall_s = client.get(speaker_s, headers={VERDICT: "{}"})
        assert str(hall_s.url).endswith(deck_address("Rakor", "id", save=saved))
        assert hall_s.text.count('class="notes"') == 1
        assert "Salam" not in hall_s.text


def test_a_deck_tells_the_speaker_of_a_region_that_is_gone_and_an_empty_one_what_to_do(
    client, monkeypatch, tmp_path
):
    monkeypatch.setenv("KIM_DECKS", str(tmp_path))
    save_deck(Deck("Lama", (Scene("wilayah=99", "Salam."),)))
    page = client.get("/paparan/dek/lama.html?catatan=1", headers=OPERATOR).text
    notes = page.partition('<template class="notes">')[2].partition("</template>")[0]
    assert "wilayah = “99”" in notes
    assert "Salam." in notes
    save_deck(Deck("Kosong"))
    answer = client.get("/paparan/dek/kosong.html?bahasa=en")
    assert answer.status_code == 404
    assert "holds no slide" in answer.json()["error"]


# Without a registry.


@pytest.mark.parametrize(
    "address",
    ["/titik/x.json", "/unduh/kim.csv", "/paparan/tampilan.html", "/pratinjau.png"],
)
def test_of_a_registry_that_is_not_there_nothing_is_served(
    client, monkeypatch, tmp_path, caplog, address
) -> None:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/salah-tulis.db")
    reply = client.get(address)
    assert reply.status_code == 503
    assert reply.json() == {"error": text("error.unavailable", "id")}
    assert "There is no registry" in caplog.text

"""Expensive requests wait in one queue that ends, and everything else answers meanwhile."""

import gzip
import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import data
from dashboard.addresses import shapes_address
from dashboard.http import presentations
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from dashboard.kesenjangan import answers as cached
from dashboard.workshop.workshop import RETRY_SECONDS, workshop
from tests.app.conftest import Open
from tests.browser.conftest import serving

NATIONAL = "/paparan/tampilan.html?level=desa&tahun=1950-{year}"
JATIM = f"{NATIONAL}&wilayah=35"


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS)
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def full_workshop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A workshop whose one worker is busy, and without a place to wait."""
    monkeypatch.setenv("KIM_MAKERS", "1")
    monkeypatch.setenv("KIM_PLACES_TO_WAIT", "0")
    workshop.cache_clear()
    begun, over = threading.Event(), threading.Event()

    def long_one() -> None:
        begun.set()
        over.wait(30)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(workshop().make, "long", long_one)
        assert begun.wait(5)
        yield
        over.set()
    workshop.cache_clear()


@pytest.mark.parametrize(
    "address",
    [
        "/paparan/tampilan.html?wilayah=35.07&bahasa=en",
        "/pratinjau.png?wilayah=35.07&bahasa=en",
        "/unduh/wilayah.xlsx?bahasa=en",
        "/unduh/wilayah.gpkg?bahasa=en",
        "{shapes}/kecamatan/35.07.json?bahasa=en",
    ],
)
def test_a_busy_server_says_so_and_when_to_try_again(full_workshop, client, address) -> None:
    reply = client.get(address.format(shapes=shapes_address(data.boundaries())))
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == str(RETRY_SECONDS)
    assert reply.json() == {
        "error": "The server is busy with other requests. Try again in 10 seconds."
    }


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("kesenjangan", {"bagian": "gugus"}),
        ("kesenjangan", {"bagian": "rencana", "wilayah": "35.07"}),
        ("peta", {"metrik": "kelas", "level": "kabupaten_kota"}),
        ("profil", {"wilayah": "35.07"}),
    ],
)
def test_a_page_of_a_busy_server_says_so_in_a_sentence(
    full_workshop, open_page: Open, page: str, params: dict[str, str]
) -> None:
    app = open_page(page, **params)
    assert [error.value for error in app.error] == [
        "Server sedang sibuk membuatkan permintaan lain. Coba lagi dalam 10 detik."
    ]


def test_a_pack_of_a_busy_server_is_not_made_and_the_page_stays(full_workshop, open_page) -> None:
    app = open_page("unduh", wilayah="35.23")
    app.button(key="buat-briefing").click().run()
    assert "sibuk" in app.error[0].value
    assert app.dataframe, "the rest of the page is still there"


def test_the_same_view_is_drawn_once_for_slide_and_preview(client, monkeypatch) -> None:
    drawn, slide_of = [], presentations.slide_of

    def counted(selection):
        drawn.append(selection)
        return slide_of(selection)

    for module in ("presentations", "link_preview"):
        monkeypatch.setattr(f"dashboard.http.{module}.slide_of", counted)
    view = "wilayah=35.23&tahun=1951-2100"
    assert client.get(f"/paparan/tampilan.html?{view}").status_code == 200
    assert client.get(f"/pratinjau.png?{view}&titik=1&isi=wilayah").status_code == 200
    assert len(drawn) == 1


def test_an_import_makes_plans_anew(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    plans, plan_siting = [], cached.plan_siting
    monkeypatch.setattr(
        cached,
        "plan_siting",
        lambda *args, **options: plans.append(1) or plan_siting(*args, **options),
    )
    view = {"bagian": "rencana", "wilayah": "35.23", "radius": "4.5", "tambah": "7"}
    open_page("kesenjangan", **view)
    open_page("kesenjangan", **view)
    assert len(plans) == 1
    now = data.snapshot()
    later = type(now)(now.kim, now.gazetteer, "later", now.date, illustrative=True)
    monkeypatch.setattr(data, "snapshot", lambda _=None: later)
    open_page("kesenjangan", **view)
    assert len(plans) == 2


def test_shapes_are_sent_packed_or_as_they_are(client: TestClient) -> None:
    address = f"{shapes_address(data.boundaries())}/kecamatan/35.07.json"
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as reply:
        packed = b"".join(reply.iter_raw())
        assert reply.headers["content-encoding"] == "gzip"
        assert reply.headers["vary"] == "Accept-Encoding"
        assert int(reply.headers["content-length"]) == len(packed)
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert int(plain.headers["content-length"]) == len(plain.content)
    assert gzip.decompress(packed) == plain.content


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(
        "expensive", KIM_MAKERS="1", KIM_PLACES_TO_WAIT="1", KIM_LONGEST_WAIT="300"
    ) as address:
        yield address


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=120) as reply:
            reply.read()
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_small_requests_answer_within_a_second_while_a_crowd_asks_for_slides(server: str) -> None:
    stop, times = threading.Event(), []
    small = (
        "/_stcore/health",
        "/peta?wilayah=35",
        f"/titik/{data.snapshot().version}.json?wilayah=35.07",
    )

    def ask() -> None:
        while not stop.wait(0.1):
            for path in small:
                start = time.perf_counter()
                with urllib.request.urlopen(server + path, timeout=60) as reply:
                    reply.read()
                times.append(time.perf_counter() - start)

    with ThreadPoolExecutor(11) as pool:
        asking = pool.submit(ask)
        try:
            answers = list(
                pool.map(lambda year: status(server + JATIM.format(year=year)), range(2000, 2010))
            )
        finally:
            stop.set()
        asking.result()
    assert sorted(answers) == [200] * 2 + [503] * 8
    assert len(times) > 10
    assert median(times) < 1


def test_a_server_that_ends_leaves_no_file_behind(tmp_path: Path) -> None:
    with serving("ending", TMPDIR=str(tmp_path)) as address:
        assert status(f"{address}/unduh/wilayah.xlsx") == 200
        assert list(tmp_path.glob("peta-kim-*"))
    assert not list(tmp_path.glob("peta-kim-*"))


@pytest.mark.slow
def test_a_reader_who_leaves_frees_the_place_in_the_queue(server: str) -> None:
    where = urlsplit(server)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(status, server + NATIONAL.format(year=2020))
        time.sleep(0.5)
        leaving = http.client.HTTPConnection(where.hostname, where.port)
        leaving.request("GET", NATIONAL.format(year=2021))
        time.sleep(0.5)
        assert status(server + NATIONAL.format(year=2022)) == 503, "both places are taken"
        leaving.close()
        deadline = time.monotonic() + 5
        answer = 503
        while answer == 503 and time.monotonic() < deadline:
            time.sleep(0.3)
            answer = status(f"{server}/paparan/tampilan.html?wilayah=35.07")
        assert answer == 200
        assert first.result() == 200

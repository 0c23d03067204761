"""The light view on a phone: by touch, by keyboard, heard, framed, and without a connection."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import reading
from tests.browser.conftest import serving

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server whose light view any site may show."""
    with serving("server-ringan", KIM_FRAMED_BY="*") as url:
        yield url


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, base_url=address)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Policy" in said.text else None)
    yield page
    context.close()
    assert errors == []


def painted(page: Page, times: int = 1) -> None:
    page.locator(f'#map_div[data-paints="{times}"]').wait_for()


def kalimantan(page: Page) -> dict[str, float]:
    """Where its middle is on the map of Indonesia, of which it is."""
    box = page.locator("#map_div").bounding_box()
    return {"x": 0.44 * box["width"], "y": 0.44 * box["height"]}


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_view_changes_by_choice_map_row_search_and_back(page):
    page.goto("/lihat")
    painted(page)
    expect(page.locator("h1")).to_have_text("Jumlah KIM: Indonesia")
    page.get_by_text("Pilihan peta").tap()
    page.get_by_role("combobox", name="Bidang").select_option("Pariwisata")
    painted(page, 2)
    expect(page.locator("#kalimat")).to_contain_text("bidang Pariwisata")
    page.locator("#map_div").tap(position=kalimantan(page))
    painted(page, 3)
    assert asked(page)["wilayah"][0].startswith("6")
    page.get_by_role("link", name="Indonesia").tap()
    painted(page, 4)
    page.get_by_role("link", name="Jawa Timur").tap()
    painted(page, 5)
    assert asked(page) == {"bidang": ["pariwisata"], "wilayah": ["35"]}
    page.locator(".cari input").fill("kepanjen")
    page.locator(".cari li").first.tap()
    painted(page, 6)
    assert asked(page) == {"bidang": ["pariwisata"], "wilayah": ["35.07.13"]}
    page.go_back()
    expect(page.locator("h1")).to_have_text("Jumlah KIM: Provinsi Jawa Timur")
    assert page.locator("#map_div").get_attribute("data-mounts") == "1"


def test_it_is_read_by_everybody_in_either_language(page):
    page.goto("/lihat?wilayah=35")
    painted(page)
    assert reading.violations(page) == []
    page.get_by_role("link", name="EN", exact=True).tap()
    painted(page, 2)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Number of KIM: Provinsi Jawa Timur · KIM Map")
    assert reading.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_was_seen_is_shown_again_without_a_connection(page):
    page.goto("/lihat")
    painted(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto("/lihat?wilayah=35")  # now through the worker, which keeps it
    painted(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.goto("/lihat?wilayah=35")
    painted(page)
    expect(page.locator("h1")).to_have_text("Jumlah KIM: Provinsi Jawa Timur")
    expect(page.locator("#pesan")).to_contain_text("Tanpa sambungan")
    page.get_by_role("link", name="Kabupaten Malang").tap()
    expect(page.locator("#pesan")).to_contain_text("tidak dapat diambil")


@pytest.fixture
def other_site(address, tmp_path) -> Iterator[str]:
    """A site whose page shows the light view in a frame."""
    frame = f'<iframe src="{address}/lihat?wilayah=51" width="340" height="560"></iframe>'
    (tmp_path / "index.html").write_text(frame)
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_another_site_shows_it_in_a_frame(page, other_site):
    page.goto(other_site)
    shown = page.frame_locator("iframe")
    shown.locator('#map_div[data-paints="1"]').wait_for()
    expect(shown.locator("h1")).to_have_text("Jumlah KIM: Provinsi Bali")

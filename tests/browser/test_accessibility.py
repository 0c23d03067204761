"""Every page, as axe, who hears it and a reader of one language only meet it.

Each is opened once, on an office laptop in Indonesian, and becomes English on a phone as it stands.
``GOLDEN=new python -m pytest tests/browser/test_accessibility.py`` writes anew what is heard.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.addresses import slide_address
from dashboard.main import PAGES, page_title
from geodata.text import text
from geodata.view.view import View
from tests.browser import reading
from tests.browser.conftest import Visit, serving, visit_with

GOLDEN = Path(__file__).with_name("golden")
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
SCREENS = [("id", LAPTOP), ("en", PHONE)]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A server at which nobody has put anything yet."""
    own = tmp_path_factory.mktemp("baru")
    with serving("server-baca", KIM_DECKS=str(own / "decks"), KIM_UPLOADS=str(own / "up")) as url:
        yield url


@pytest.fixture(scope="module")
def reader(browser, address) -> Iterator[Visit]:
    context = browser.new_context(viewport=LAPTOP, reduced_motion="reduce")
    yield visit_with(context, address)
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everybody_in_either_language(reader, name):
    page = reader.page
    page.set_viewport_size(LAPTOP)
    reader.open("/" if name == PAGES[0] else f"/{name}")
    _read(reader, name, "id")
    page.locator(".st-key-kepala").get_by_text("EN", exact=True).click()
    page.set_viewport_size(PHONE)
    _read(reader, name, "en")
    assert reader.errors == []


def _read(reader: Visit, name: str, lang: str) -> None:
    page = reader.page
    expect(page).to_have_title(page_title(name, lang))
    reader.settle()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    _check(reader, lang)
    page.locator(".cari input").wait_for()  # the search, whose script is fetched, too
    golden = GOLDEN / f"{name}.{lang}.yaml"
    if os.environ.get("GOLDEN") == "new":
        golden.write_text(reading.heard(page), encoding="utf-8")
    known = golden.read_text(encoding="utf-8")
    assert reading.heard_at_last(page, known) == known
    assert reading.unseen_stops(page) == []


def _check(reader: Visit, lang: str = "id") -> None:
    reading.settle(reader.page)
    assert reading.violations(reader.page) == []
    assert reading.foreign_strings(reader.page, lang) == {}


@pytest.mark.parametrize(("lang", "size"), SCREENS)
def test_what_opens_over_a_page_can_be_read_by_everybody(reader, lang, size):
    page = reader.page
    page.set_viewport_size(size)
    reader.open(f"/ringkasan?rincian=35.07.08&bahasa={lang}")
    page.get_by_role("dialog").get_by_role("button", name=text("streamlit.close", lang)).wait_for()
    _check(reader, lang)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    if size == PHONE:
        page.locator(".lembar summary").click()
    menu = "menu" if size == PHONE else "kelola"
    for key, inside in (("salin", "code"), ("saring-lain", "[role=slider], input"), (menu, "")):
        reader.settle()
        page.locator(f".st-key-{key} button:visible").first.click()
        opened = page.locator(f'[data-testid="st{"MenuButton" if key == menu else "Popover"}Body"]')
        opened.locator(inside or "[role=menuitem]").first.wait_for()
        if key == "saring-lain":
            opened.get_by_role("combobox").click()
            page.get_by_role("option").first.wait_for()
        _check(reader, lang)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")


@pytest.mark.parametrize(("lang", "size"), SCREENS)
def test_a_presentation_can_be_read_by_everybody(reader, lang, size):
    reader.page.set_viewport_size(size)
    reader.open(slide_address(View(lang=lang)))
    _check(reader, lang)
    reader.page.keyboard.press("?")
    reader.page.get_by_role("dialog").wait_for()
    _check(reader, lang)


@pytest.mark.parametrize("path", ["/collections/kim/items", "/api"])
def test_a_page_of_the_interfaces_can_be_read_by_everybody(reader, path):
    for lang, size in SCREENS:
        reader.page.set_viewport_size(size)
        reader.open(f"/ogc{path}?bahasa={lang}")
        _check(reader, lang)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_link_to_the_content_leads_past_the_header(reader):
    page = reader.page
    reader.open("/tentang")
    page.locator("h1").wait_for()
    reader.settle()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=text("streamlit.skip", "id"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()

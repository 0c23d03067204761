"""A talk: a deck made of two views, then its file opened from a disk, in front of a hall."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
import segno
from PIL import Image
from playwright.sync_api import Page

from dashboard.paparan.slide import deck_html, slide_of
from geodata.text import text
from geodata.view.view import View
from tests.browser import reading
from tests.browser.conftest import ARTEFACTS, serving

LINK = "https://kim.contoh.go.id/paparan/dek/rakor-diskominfo-jatim.html"
CODE = segno.make(LINK, micro=False, error="m")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    decks = tmp_path_factory.mktemp("decks")
    with serving("server-paparan", KIM_DECKS=str(decks)) as url:
        yield url


def say(key: str, **values: str) -> str:
    return text(f"paparan.{key}", "id", **values)


def test_a_deck_is_made_and_shown_without_the_network(visit):
    visit.open("/paparan?wilayah=35")
    page = visit.page
    page.get_by_label(say("new_deck")).fill("Rakor Jatim")
    page.get_by_label(say("new_deck")).press("Tab")
    visit.settle()
    page.get_by_role("button", name=say("create")).click()
    notes = page.get_by_label(say("notes")).first
    notes.fill("Sapa hadirin.")
    notes.press("Tab")
    page.wait_for_function(  # kept before the page is left
        """async () => {
            const deck = await fetch("/paparan/dek/rakor-jatim.html?catatan=1");
            return (await deck.text()).includes("Sapa hadirin.");
        }"""
    )
    visit.open("/paparan?wilayah=11&metrik=cakupan")
    page.get_by_role("button", name=say("add")).click()
    page.get_by_role("link", name=say("look")).wait_for()
    visit.settle()
    visit.shoot("paparan-dek")
    assert reading.violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".st-key-kepala").get_by_text("EN", exact=True).click()
    page.get_by_role("link", name=text("paparan.present", "en"), exact=True).wait_for()
    visit.settle()
    assert reading.violations(page) == []
    page.locator(".st-key-kepala").get_by_text("ID", exact=True).click()

    with page.expect_popup() as opened:
        page.get_by_role("link", name=say("present"), exact=True).click()
    talk = opened.value
    talk.wait_for_load_state("load")
    talk.context.set_offline(True)
    assert talk.locator("h1:visible").inner_text() == "Jumlah KIM: Provinsi Jawa Timur"
    with talk.expect_popup() as opened:
        talk.keyboard.press("p")
    assert opened.value.get_by_text("Sapa hadirin.").is_visible()
    talk.keyboard.press("ArrowRight")
    talk.keyboard.press("ArrowRight")  # stays at the last one
    assert talk.locator("#place").inner_text() == "2 / 2"
    talk.keyboard.press("F5")  # a clicker's start button: the page must not be asked for anew
    talk.wait_for_function("document.fullscreenElement !== null")
    assert talk.locator("h1:visible").inner_text() == "Cakupan desa: Provinsi Aceh"
    assert visit.errors == []


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("berkas") / "rakor.html"
    aceh, malang = slide_of(View("11", metric="cakupan"), "Sapa hadirin."), slide_of(View("35.07"))
    path.write_bytes(deck_html("Rakor", [aceh, malang], "id", LINK))
    return path


@pytest.fixture
def talk(laptop, file):
    """The file, opened from a disk; fails the test if it asked for anything."""
    page = laptop.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(file.as_uri())
    yield page
    assert [url for url in asked if not url.startswith(("data:", file.as_uri()))] == []
    for opened in laptop.pages:
        opened.close()


def place(page: Page) -> str:
    return page.locator("#place").inner_text()


def test_the_presenter_has_notes_and_the_next_slide_and_the_hall_has_not(talk):
    with talk.expect_popup() as opened:
        talk.get_by_role("button", name=say("presenter")).click()
    presenter = opened.value
    presenter.set_viewport_size({"width": 1200, "height": 760})
    assert presenter.get_by_text("Sapa hadirin.").is_visible()
    assert "Malang" in presenter.locator(".following h1").inner_text()
    presenter.get_by_role("button", name=say("start")).click()
    presenter.get_by_role("button", name=say("pause")).wait_for()
    presenter.screenshot(path=ARTEFACTS / "paparan-penyaji.png")
    assert reading.violations(presenter) == []
    presenter.keyboard.press("PageDown")
    assert (place(talk), presenter.locator(".place").inner_text()) == ("2 / 3", "2 / 3")
    assert presenter.get_by_text(say("no_notes")).is_visible()
    talk.bring_to_front()
    talk.keyboard.press("Home")
    assert presenter.locator(".place").inner_text() == "1 / 3"
    for key in "nNpPdD?":
        talk.keyboard.press(key)
        assert "Sapa hadirin." not in talk.locator("body").inner_text()
    with presenter.expect_event("close"):  # without the hall's window it would stand still
        talk.goto("about:blank")


def test_keys_and_a_finger_step_and_each_slide_is_announced(talk):
    talk.keyboard.press("PageDown")  # what a clicker sends
    said = say("place", nomor="2", jumlah="3", judul="Jumlah KIM: Kabupaten Malang, Jawa Timur")
    assert talk.locator("#said").inner_text() == said
    talk.keyboard.press("?")
    assert talk.get_by_role("dialog").get_by_text(say("previous")).is_visible()
    assert reading.violations(talk) == []
    talk.keyboard.press("Escape")
    talk.set_viewport_size({"width": 360, "height": 740})
    for start, end, shown in ((300, 60, "3 / 3"), (60, 300, "2 / 3")):
        finger(talk, start, end)
        assert place(talk) == shown
    assert talk.evaluate("document.documentElement.scrollWidth") == 360
    small = """all => all.filter((one) => one.offsetParent)
        .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 44)
        .map((one) => one.textContent)"""
    assert talk.locator("button").evaluate_all(small) == []
    talk.screenshot(path=ARTEFACTS / "paparan-ponsel.png", full_page=True)
    assert reading.violations(talk) == []


def test_in_the_dark_the_map_is_dark_and_the_code_is_still_black_on_white(talk):
    talk.keyboard.press("d")
    talk.screenshot(path=ARTEFACTS / "paparan-gelap.png")
    picture = talk.locator(".map:visible").bounding_box()
    sea = picture_of(talk, {**picture, "width": 8, "height": picture["height"]})
    assert sea.mean() < 60
    assert reading.violations(talk) == []
    talk.keyboard.press("End")
    talk.screenshot(path=ARTEFACTS / "paparan-kode.png")
    assert read_code(talk) == [list(map(bool, row)) for row in CODE.matrix]
    assert reading.violations(talk) == []


def test_on_paper_a_slide_is_a_page_and_has_no_buttons(talk):
    talk.keyboard.press("d")
    talk.keyboard.press("End")
    printed = talk.pdf(path=ARTEFACTS / "paparan.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 3
    talk.emulate_media(media="print")
    assert talk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert talk.locator(".slide:visible").count() == 3
    assert talk.locator("button:visible").count() == 0


def finger(page: Page, start: int, end: int) -> None:
    """Move a finger across the page."""
    page.evaluate(
        """([start, end]) => [["touchstart", start], ["touchend", end]].forEach(([type, x]) => {
            const where = { clientX: x, clientY: 300 };
            const touch = new Touch({ identifier: 1, target: document.body, ...where });
            const touches = type === "touchstart" ? [touch] : [];
            document.body.dispatchEvent(
                new TouchEvent(type, { touches, changedTouches: [touch], bubbles: true }));
        })""",
        [start, end],
    )


def picture_of(page: Page, clip: dict) -> np.ndarray:
    """What is on the screen there, in grey."""
    return np.array(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L"))


def read_code(page: Page) -> list[list[bool]]:
    """The modules of the QR code as a camera sees them, once its quiet zone is white."""
    grey = picture_of(page, page.locator(".code svg").bounding_box())
    dark = np.argwhere(grey < 128)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    module = (right - left) / (CODE.symbol_size(border=0)[0])
    assert min(top, left, len(grey) - bottom, len(grey) - right) > 3.5 * module
    assert module > 8, "pixels of a laptop"
    rows = np.arange(top + module / 2, bottom, module).astype(int)
    return (grey[np.ix_(rows, rows - top + left)] < 128).tolist()

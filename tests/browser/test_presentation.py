"""A talk: a deck made of two views, shown without the network, stepped through by the keys."""

import pytest

from geodata.text import text
from tests.browser.conftest import serving


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    decks = tmp_path_factory.mktemp("decks")
    with serving("server-paparan", KIM_DECKS=str(decks)) as url:
        yield url


def say(key: str) -> str:
    return text(f"paparan.{key}", "id")


def test_a_deck_is_made_and_shown_without_the_network(visit):
    visit.open("/paparan?wilayah=35")
    page = visit.page
    page.get_by_label(say("new_deck")).fill("Rakor Jatim")
    page.get_by_label(say("new_deck")).press("Tab")
    visit.settle()
    page.get_by_role("button", name=say("create")).click()
    page.get_by_text("Slide 1").wait_for()
    notes = page.get_by_label(say("notes")).first
    notes.fill("Sapa hadirin.")
    notes.press("Tab")
    page.wait_for_function(  # kept before the page is left
        """async () => {
            const deck = await fetch("/paparan/dek/rakor-jatim.html");
            return (await deck.text()).includes("Sapa hadirin.");
        }"""
    )
    visit.open("/paparan?wilayah=11&metrik=cakupan")
    page.get_by_role("button", name=say("add")).click()
    page.get_by_text("Slide 2").wait_for()
    visit.settle()
    visit.shoot("paparan-dek")

    with page.expect_popup() as opened:
        page.get_by_role("link", name=say("present")).click()
    talk = opened.value
    talk.wait_for_load_state("load")
    talk.context.set_offline(True)
    assert talk.locator("h1:visible").inner_text() == "Jumlah KIM: Provinsi Jawa Timur"
    talk.keyboard.press("n")
    assert talk.get_by_text("Sapa hadirin.").is_visible()
    talk.keyboard.press("PageDown")  # what a clicker sends
    assert talk.locator("h1:visible").inner_text() == "Cakupan desa: Provinsi Aceh"
    assert talk.locator("img:visible").evaluate("image => image.naturalWidth") == 1920
    talk.keyboard.press("ArrowRight")  # stays at the last one
    assert talk.locator("#place").inner_text() == "2 / 2"
    talk.keyboard.press("F5")  # a clicker's start button: the page must not be asked for anew
    talk.wait_for_function("document.fullscreenElement !== null")
    assert talk.locator("h1:visible").inner_text() == "Cakupan desa: Provinsi Aceh"
    talk.keyboard.press("d")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = talk.evaluate(ground)
    talk.keyboard.press("d")
    assert talk.evaluate(ground) != dark
    talk.keyboard.press("Home")
    assert talk.locator("#place").inner_text() == "1 / 2"
    assert visit.errors == []

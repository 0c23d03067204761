"""The map by keyboard: one stop, arrows between regions, Enter in, Escape out; all is said."""

from tests.browser.conftest import Visit


def said(visit: Visit) -> str:
    return visit.map.frame.locator(".peta-kim-spoken").inner_text()


def press(visit: Visit, key: str) -> str:
    """Press a key that leads to another region, and return what is said of it."""
    before = said(visit)
    visit.page.keyboard.press(key)
    visit.map.frame.wait_for_function(
        "before => document.querySelector('.peta-kim-spoken').textContent !== before", arg=before
    )
    return said(visit)


def test_arrows_go_from_region_to_region_enter_goes_in_and_escape_out(visit):
    visit.open("/?wilayah=51")
    visit.map.wait_for_paint()
    visit.settle()
    stop = visit.map.frame.get_by_role("application", name="Peta KIM")
    visit.page.locator(".st-key-saring-lain button").focus()
    visit.page.keyboard.press("Tab")
    assert stop.evaluate("stop => stop === document.activeElement")
    assert said(visit) == "", "to come to the map says no more than its name"
    visit.map.frame.get_by_text("Panah: ke wilayah sebelah.").wait_for()

    first = press(visit, "ArrowRight")
    assert "KIM" in first
    assert "Kelas: " in first
    tooltip = visit.map.frame.locator(".peta-kim-tooltip")
    assert tooltip.inner_text().splitlines()[0] == first.split(".")[0]
    west = press(visit, "ArrowLeft")
    assert west.split(".")[0] != first.split(".")[0]
    visit.shoot("peta-papan-ketik")

    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**wilayah=51.**")
    visit.map.frame.get_by_text("Peta KIM menurut kecamatan").wait_for()
    assert stop.evaluate("stop => stop === document.activeElement"), "the focus stays on the map"
    visit.page.keyboard.press("Escape")
    visit.map.wait_for_scope("51")
    visit.map.frame.get_by_text(f"Provinsi Bali. {west}").wait_for()
    assert visit.map.data("mounts") == "1"

    visit.page.keyboard.press("Tab")
    assert visit.map.frame.evaluate("document.activeElement.className") == "leaflet-control-zoom-in"

"""Where the browser has no WebGL, the same map is drawn on Leaflet's canvas."""

from tests.browser.conftest import NO_WEBGL_FLAGS, launch, visit_with


def test_without_webgl_the_map_is_drawn_on_a_canvas_and_drills_alike(playwright, address):
    browser = launch(playwright, NO_WEBGL_FLAGS)
    visit = visit_with(browser.new_context(viewport={"width": 1400, "height": 1000}), address)
    visit.open()
    visit.map.wait_for_paint()
    assert visit.map.data("painter") == "CanvasPainter"
    assert visit.map.data("error") is None
    red, _, blue = visit.map.colour(-8.15, 112.6)
    assert blue > red + 60, "Jawa Timur is dark blue"
    visit.map.click(-8.15, 112.6)
    visit.map.wait_for_scope("35")
    assert "Kabupaten Malang" in visit.map.hover(-8.15, 112.6)
    visit.shoot("peta-tanpa-webgl")
    visit.open("/?level=desa")
    visit.map.wait_for_paint()
    assert visit.map.data("shown") == "kecamatan", "of all desa a canvas shows the kecamatan, too"
    browser.close()

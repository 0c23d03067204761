"""Views of each kind, as Python makes them, on the map of a real browser."""

from tests.dashboard.views import HOSTILE, views


def test_every_kind_of_view_is_painted_and_names_in_it_are_text(visit):
    visit.open()
    visit.map.wait_for_paint()
    shown = visit.map
    for view in views().values():
        paints = shown.paints
        shown.frame.evaluate("view => PetaKim.show(view)", view | {"points": None})
        shown.wait_for_paint(after=paints)
        assert shown.data("error") is None
        assert HOSTILE in shown.frame.locator(".leaflet-control-attribution").inner_text()
    assert shown.data("mounts") == "1"

    paints = shown.paints
    shown.frame.evaluate("view => PetaKim.show(view)", views()["desa"] | {"points": None})
    shown.wait_for_paint(after=paints)
    planned = shown.frame.locator(".peta-kim-plan")
    assert planned.all_inner_texts() == ["1", "2"]
    planned.nth(1).click()
    popup = shown.frame.locator(".leaflet-popup-content")
    assert HOSTILE in popup.inner_text()
    assert shown.frame.locator("#map_div img").count() == 0

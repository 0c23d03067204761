"""A journey of somebody who is new: from a question to two maps, and around the page Peta."""

import pytest

from tests.browser.conftest import PAINT_TIMEOUT_MS, MapFrame

pytestmark = pytest.mark.slow


def maps_of(visit) -> list[MapFrame]:
    frames = visit.page.locator('iframe[src*="folium"]')
    frames.nth(1).wait_for(timeout=PAINT_TIMEOUT_MS)
    maps = [MapFrame(visit.page, frame.content_frame()) for frame in frames.element_handles()]
    for shown in maps:
        shown.wait_for_paint()
    return maps


def apart(box, other) -> bool:
    """Whether two boxes have no point in common."""
    return any(
        first[low] + first[size] <= second[low]
        for low, size in (("x", "width"), ("y", "height"))
        for first, second in ((box, other), (other, box))
    )


def test_a_question_leads_to_two_maps_that_move_together_and_the_tour_goes_around(visit):
    visit.open("/bantuan")
    visit.page.get_by_role("link", name="Apakah kabupaten dengan KIM terbanyak").click()
    left, right = maps_of(visit)
    assert "kanan=cakupan" in visit.page.url
    left.look_at(-8.1, 112.7, 9)
    right.frame.wait_for_function(
        "Math.abs(map.getCenter().lat + 8.1) < 0.05 && map.getZoom() === 9", timeout=5_000
    )
    assert {left.data("mounts"), right.data("mounts")} == {"1", "2"}, "each is mounted once"
    visit.shoot("banding")

    visit.page.locator(".st-key-tolong button:visible").click()
    visit.page.get_by_role("menuitem", name="Bantuan").or_(
        visit.page.get_by_role("option", name="Bantuan")
    ).click()
    visit.page.get_by_role("link", name="Ikuti tur singkat").click()
    card = visit.page.get_by_role("dialog", name="Anda di mana")
    card.wait_for()
    visit.map.wait_for_paint()
    for title in ("Angka apa", "Tingkat", "Klik petanya", "Angka dan peringkat", "Bagikan"):
        visit.page.locator(".peta-kim-tur .next").click()
        card = visit.page.get_by_role("dialog", name=title)
        explained = visit.page.locator(".peta-kim-tur-ring").first.bounding_box()
        assert apart(card.bounding_box(), explained), f"{title} covers what it explains"
    visit.page.keyboard.press("Escape")
    card.wait_for(state="detached")
    visit.page.reload()
    visit.map.wait_for_paint()
    assert visit.page.locator(".peta-kim-tur").count() == 0, "once is enough"

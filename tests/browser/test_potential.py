"""Potensi: a region picked on the chart, on the map or in the list is marked in all three."""

from urllib.parse import parse_qs, urlsplit

from geodata.view.two_measures import CELLS
from tests.browser.conftest import PAINT_TIMEOUT_MS, Visit


def _chosen(visit: Visit, other_than: str = "") -> str:
    visit.page.wait_for_function(
        "before => { const now = new URL(location).searchParams.get('tunjuk');"
        " return now && now !== before; }",
        arg=other_than,
        timeout=PAINT_TIMEOUT_MS,
    )
    return parse_qs(urlsplit(visit.page.url).query)["tunjuk"][0]


def test_a_region_picked_on_the_chart_or_the_map_is_marked_on_both_and_stands_first(visit):
    visit.open("/potensi?wilayah=35&potensi=idm")
    visit.settle()
    visit.map.wait_for_paint()
    visit.page.locator(f'.mark-symbol path[fill="{CELLS[2]}"]').first.click()
    on_chart = _chosen(visit)
    visit.map.wait_for_paint(after=1)
    visit.settle()
    visit.map.click(-8.35, 114.2)  # Kabupaten Banyuwangi
    assert _chosen(visit, other_than=on_chart) == "35.10"
    visit.map.wait_for_paint(after=2)
    visit.settle()
    visit.shoot("potensi")
    cell = visit.map.frame.locator(".peta-kim-square button").first
    assert "Jumlah KIM" in cell.get_attribute("aria-label")
    cell.click()
    assert cell.get_attribute("aria-pressed") == "true"

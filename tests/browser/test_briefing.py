"""The HTML of a briefing, opened from a disk by a browser without a network."""

import pytest

from geodata.analysis.region_metrics import totals
from geodata.analysis.siting.plans import RADIUS_KM, plan_siting
from geodata.boundaries.store import active_set
from geodata.exports.briefing.compose import make_briefing
from geodata.exports.briefing.page import to_html
from geodata.exports.manifest import sources_of
from geodata.registry.snapshot import KimFilter
from geodata.text import number
from geodata.view.metrics import METRICS
from geodata.view.view import View


@pytest.fixture
def page(browser, sample, tmp_path):
    view = View("35", metric="cakupan")
    path = tmp_path / "paparan.html"
    path.write_bytes(to_html(make_briefing(sample, active_set(), view, sources_of(sample))))
    context = browser.new_context(viewport={"width": 1200, "height": 1000}, offline=True)
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert asked == [path.as_uri()]
    assert errors == []


def click(page, lat, lng):
    x, y = page.evaluate(
        """([lat, lng]) => {
            const at = briefing.map.latLngToContainerPoint([lat, lng]);
            const box = briefing.map.getContainer().getBoundingClientRect();
            return [box.x + at.x, box.y + at.y];
        }""",
        [lat, lng],
    )
    page.mouse.click(x, y)


def test_a_click_tells_the_figures_of_the_app_at_every_level_without_a_network(page, sample):
    whole = totals(sample, KimFilter(), "35")
    assert number(whole.jumlah_kim, "id") in page.inner_text(".figures")
    for layer, code in enumerate(("35.23", "35.23.11", None)):
        page.click(f".levels button >> nth={layer}")
        assert page.get_attribute("#map", "data-layer") == str(layer)
        assert page.is_visible(f".legend[data-layer='{layer}']")
        click(page, -6.97, 112.0)
        told = page.inner_text("#chosen")
        if code is None:
            assert "1 desa/kelurahan" in told
            continue
        code = told.partition("(")[2].partition(")")[0]
        assert code.startswith("35.23")
        figures = totals(sample, KimFilter(), code)
        assert f"{number(figures.jumlah_kim, 'id')} KIM" in told
        assert METRICS["cakupan"].written(figures.cakupan, "id") in told
    assert page.locator("table").count() == 6


def test_the_next_sites_are_marked_and_tell_their_names(page, sample):
    plan = plan_siting(sample, KimFilter(), add=10, radius_km=RADIUS_KM, within="35").table
    marks = page.locator(".site")
    assert marks.all_inner_texts() == [str(number) for number in plan["urutan"]]
    marks.first.hover()
    page.get_by_text(f"1. {plan['nama'][0]}", exact=True).wait_for()

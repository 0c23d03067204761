"""The journey of an emergency: an area drawn by clicks on the map, and what is in it."""

import re

from playwright.sync_api import expect

from geodata.text import text

CORNERS = ((-7.4, 112.4), (-7.4, 112.7), (-7.7, 112.7))


def test_an_area_is_drawn_by_clicks_on_the_map_which_stays_as_it_is(visit):
    visit.open("/darurat?wilayah=35.16&cara=gambar")
    page, drawn = visit.page, visit.map
    drawn.wait_for_paint()
    drawn.look_at(-7.5, 112.5, 9)
    written = page.get_by_role("textbox", name=text("darurat.gambar_isian.corners", "id"))
    for count, corner in enumerate(CORNERS, start=1):
        visit.settle()
        drawn.click(*corner)
        lines = r"\n".join([r"-7\.\d{5}, 112\.\d{5}"] * count)
        expect(written).to_have_value(re.compile(lines))
    page.get_by_role("button", name=text("darurat.add", "id"), exact=True).click()
    page.wait_for_url("**daerah=poligon_*")
    visit.settle()
    expect(page.get_by_test_id("stMetric").first).to_contain_text(text("darurat.figure.kim", "id"))
    drawn.frame.locator("path.leaflet-interactive").first.wait_for()
    assert drawn.data("mounts") == "1"
    visit.shoot("darurat")

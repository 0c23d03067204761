"""The map of an area shows names of strangers as text."""

import folium
import pytest

from dashboard.darurat import area_map
from geodata.area.answer import answer
from geodata.area.area import Area, Zone
from geodata.boundaries.store import active_set
from geodata.registry.snapshot import KimFilter, load_sample


@pytest.mark.parametrize(
    "name", ["{{ 7 * 7 }} {% raw %}", "<img src=x onerror=alert(1)>", "`${x}`"]
)
def test_what_a_kim_is_called_is_neither_a_template_nor_html(name):
    area = Area((Zone("Mojokerto", code="35.16"),))
    inside = answer(area, load_sample(), KimFilter(), active_set())
    named = inside.kim.assign(nama_kim=name).head(1)
    drawn = area_map.kim_on_map(named)
    told = drawn.data["features"][0]["properties"]["nama"]
    assert not set("{}<>") & set(told)
    page = folium.Map(tiles=None).add_child(drawn).get_root().render()
    assert "49" not in page.split("nama")[1][:80]
    assert "<img" not in page

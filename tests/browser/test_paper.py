"""Profil as it is printed: print media, and what of the page is then to be seen."""

from geodata.analysis.gaps import regions_without_kim
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample


def test_on_paper_profil_has_every_row_of_its_tables_open_and_nothing_to_click(visit):
    visit.open("/profil?wilayah=35.08")
    visit.page.get_by_role("heading", name="Profil Kabupaten Lumajang").wait_for()
    visit.settle()
    visit.map.wait_for_paint()
    visit.page.emulate_media(media="print")
    empty = regions_without_kim(load_sample(), KimFilter(), Level.DESA, "35.08")
    listed = visit.page.locator(".kertas", has_text=empty["kode"].iloc[0]).first
    assert listed.is_visible(), "folded on screen, open on paper"
    assert listed.locator("tbody tr").count() == len(empty) > 150
    assert visit.page.get_by_role("button").count() == 0, "those that are hidden have no role"
    legend = visit.map.frame.locator(".peta-kim-legend").bounding_box()
    frame = visit.map.frame.frame_element().bounding_box()
    assert legend["x"] > frame["x"] + 500, "beside the map, not over it"
    visit.shoot("profil-kertas")

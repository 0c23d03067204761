"""Petak: the same view as equal squares."""

from geodata.boundaries.petak.squares import petak
from geodata.regions import Level


def middle(level: Level, code: str) -> tuple[float, float]:
    square = petak(level).polygons(level).set_index("kode").geometry[code].centroid
    return square.y, square.x


def test_a_reader_switches_to_petak_finds_jakarta_goes_into_it_and_back_to_the_map(visit):
    visit.open()
    visit.map.wait_for_paint()
    paints = visit.map.paints
    visit.page.locator(".st-key-petak").get_by_text("Petak", exact=True).click()
    visit.map.wait_for_paint(after=paints)
    assert visit.map.data("petak") == "true"
    assert "Setiap kotak satu provinsi" in visit.map.legend
    assert visit.map.hover(*middle(Level.PROVINSI, "31")).startswith(
        "Daerah Khusus Ibukota Jakarta"
    )
    visit.map.click(*middle(Level.PROVINSI, "31"))
    visit.map.wait_for_scope("31")
    told = visit.map.hover(*middle(Level.KABUPATEN_KOTA, "31.01"))
    assert told.startswith("Kabupaten Administrasi Kepulauan Seribu")
    visit.shoot("petak-jakarta")
    paints = visit.map.paints
    visit.page.locator(".st-key-petak").get_by_text("Peta", exact=True).click()
    visit.map.wait_for_paint(after=paints)
    assert visit.map.data("petak") == "false"
    assert "petak" not in visit.page.url
    assert visit.map.data("mounts") == "1"

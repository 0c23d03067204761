"""Journeys of a planner: from a gap to a plan, and from any number to the rows behind it."""

import io
import time

import pandas as pd

from geodata.analysis.clusters import find_clusters
from geodata.analysis.siting.plans import plan_siting
from geodata.boundaries.store import active_set
from geodata.columns import column
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import text
from geodata.view.metrics import METRICS
from tests.browser.conftest import PAINT_TIMEOUT_MS, visit_with


def test_a_plan_is_made_drawn_in_order_downloaded_and_sent_as_a_link(visit, browser, address):
    visit.open("/kesenjangan?wilayah=35.07.08&bidang=umkm")
    visit.page.get_by_text("Rencana KIM baru", exact=True).click()
    visit.page.wait_for_url("**bagian=rencana**")
    visit.settle()
    visit.page.get_by_role("spinbutton", name="Jumlah KIM baru").fill("3")
    visit.page.get_by_role("spinbutton", name="Jarak layanan (km)").fill("2.5")
    visit.page.get_by_role("button", name="Rencanakan").click()
    visit.page.wait_for_url("**tambah=3**")
    for part in ("wilayah=35.07.08", "bidang=umkm", "bagian=rencana", "radius=2.5"):
        assert part in visit.page.url
    visit.settle()
    plan = plan_siting(
        load_sample(), KimFilter(bidang=("umkm",)), add=3, radius_km=2.5, within="35.07.08"
    )
    drawn = visit.map.frame.locator(".peta-kim-plan")
    drawn.first.wait_for(timeout=PAINT_TIMEOUT_MS)
    assert sorted(drawn.all_inner_texts()) == ["1", "2", "3"]
    visit.map.wait_for_paint()
    visit.shoot("kesenjangan-rencana")

    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Unduh CSV").click()
    written = pd.read_csv(
        io.BytesIO(waiting.value.path().read_bytes()), sep=";", decimal=",", encoding="utf-8-sig"
    )
    for name in ("kode", "tambahan"):
        assert written[column(name).title("id")].tolist() == plan.table[name].tolist()
    name = waiting.value.suggested_filename
    assert name.startswith("rencana-desa-desa-3-35.07.08-wajak-umkm-per-")

    other = visit_with(browser.new_context(), address)
    other.page.goto(visit.page.url)
    other.map.frame.locator(".peta-kim-plan").nth(2).wait_for(timeout=PAINT_TIMEOUT_MS)
    other.page.context.close()


def test_the_rows_behind_a_number_are_offered_open_at_a_button_and_lead_on(visit):
    visit.open("/kesenjangan?bagian=cakupan")
    table = visit.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    visit.settle()
    time.sleep(0.5)
    dialog = visit.page.get_by_role("dialog")
    table.locator("canvas").first.focus()  # nothing opens for being reached by the keyboard
    offered = visit.page.get_by_role("button", name=text("rincian.open", "id", apa="Provinsi Aceh"))
    offered.wait_for()
    assert "rincian" not in visit.page.url
    offered.press("Enter")
    dialog.get_by_text("501 KIM").wait_for()
    assert "rincian=11" in visit.page.url
    visit.shoot("kesenjangan-rincian")
    dialog.get_by_role("link", name="Profil wilayah ini").click()
    visit.page.get_by_role("heading", name="Profil Provinsi Aceh").wait_for()
    assert "wilayah=11" in visit.page.url
    assert "rincian" not in visit.page.url


def test_closing_the_rows_behind_a_number_takes_them_off_the_address(visit):
    visit.open("/kesenjangan?bagian=jarak&wilayah=35.07&rincian=35.07.08")
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_text("KIM", exact=False).first.wait_for()
    visit.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    visit.page.wait_for_url(lambda url: "rincian" not in url)
    assert "bagian=jarak" in visit.page.url


def test_clusters_are_a_metric_of_the_map_with_legend_words_and_hover(visit):
    clusters = find_clusters(load_sample(), KimFilter(), active_set(), Level.KABUPATEN_KOTA).table
    low = clusters[clusters["kelas"] == "rendah_rendah"].iloc[0]
    inside = active_set().polygons(Level.KABUPATEN_KOTA).set_index("kode")
    point = inside.loc[low["kode"], "geometry"].representative_point()
    visit.open("/?level=kabupaten_kota&metrik=kelas")
    visit.map.wait_for_paint()
    words = text("klaster.rendah_rendah", "id")
    assert words in visit.map.legend
    assert visit.page.get_by_text(f"{words}:").first.is_visible()
    (fill,) = (kind.fill for kind in METRICS["kelas"].categories if kind.name == "rendah_rendah")
    blue = [int(fill[start : start + 2], 16) for start in (1, 3, 5)]
    shown = visit.map.colour(point.y, point.x)
    assert max(abs(own - other) for own, other in zip(shown, blue, strict=True)) < 8
    told = visit.map.hover(point.y, point.x).splitlines()
    assert told[0] == low["nama"]
    assert words in told
    visit.shoot("peta-gugus")


def test_distances_are_a_metric_of_the_map_and_hover_writes_them(visit):
    visit.open("/?wilayah=35.07&metrik=jarak_rata_km")
    visit.map.wait_for_paint()
    assert "km" in visit.map.legend
    told = visit.map.hover(-8.15, 112.72)
    assert text("metrik.jarak_rata_km", "id") in told

"""Journeys of planners, heads and staff through the running app."""

import csv
import io

import pytest

from geodata.analysis.region_metrics import region_metrics, totals
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level, lineage
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import number
from tests.browser.conftest import visit_with

# A desa in each of three provinsi, far apart and of different kinds.
DESA = ["35.07.08.2001", "94.01.01.2010"]


def point_of(desa: str) -> tuple[float, float]:
    table = load_gazetteer().tables[Level.DESA].set_index("kode")
    return float(table.at[desa, "lat"]), float(table.at[desa, "lng"])


def test_the_map_opens_on_indonesia_by_provinsi(visit):
    visit.open()
    visit.map.wait_for_paint()
    assert visit.map.data("level") == "provinsi"
    assert visit.map.data("painter") == "VectorPainter"
    # What a screen reader says of the page and of the frame.
    assert visit.page.locator("html").get_attribute("lang") == "id"
    visit.page.get_by_title("Peta KIM menurut provinsi, Indonesia", exact=True).wait_for()
    visit.page.get_by_text("Di Indonesia ada 4.114 KIM").wait_for()
    visit.shoot("peta-indonesia")
    visit.page.locator(".st-key-kepala").get_by_text("EN", exact=True).click()
    visit.page.get_by_title("Map of KIM by").wait_for()
    assert visit.page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("desa", DESA)
def test_clicks_drill_from_indonesia_to_a_desa_without_mounting_the_map_again(visit, desa):
    lat, lng = point_of(desa)
    visit.open()
    visit.map.wait_for_paint()
    for code in lineage(desa)[:-1]:
        visit.map.click(lat, lng)
        visit.map.wait_for_scope(code)
        assert f"wilayah={code}" in visit.page.url
    paints = visit.map.paints
    visit.map.click(lat, lng)
    visit.map.wait_for_paint(after=paints)
    assert f"wilayah={desa}" in visit.page.url
    name = load_gazetteer().name(desa)
    visit.page.get_by_role("heading", name="KIM di").filter(has_text=name).wait_for()
    assert visit.map.data("mounts") == "1"
    visit.shoot(f"peta-{desa}")


def test_three_filters_repaint_the_map_without_mounting_it_again(visit):
    visit.open("/?wilayah=35&level=desa")
    visit.map.wait_for_paint()
    for filters, label, option in [
        ("saring-bidang", "Bidang", "UMKM"),
        ("saring-bidang", "Bidang", "Pariwisata"),
        ("saring-lain", "Status", "Aktif"),
    ]:
        paints = visit.map.paints
        visit.choose(label, option, folded=filters)
        visit.map.wait_for_paint(after=paints)
        visit.page.keyboard.press("Escape")  # the list stays open for one more
        visit.page.get_by_role("option").first.wait_for(state="detached")
    assert visit.map.data("mounts") == "1"
    shown = totals(load_sample(), KimFilter(bidang=("umkm", "pariwisata"), status=("aktif",)), "35")
    visit.page.get_by_text(
        f"Di Provinsi Jawa Timur ada {number(shown.jumlah_kim, 'id')} KIM"
    ).wait_for()
    visit.shoot("peta-jatim-desa-saring")


def test_a_painted_region_has_its_class_colour_and_an_empty_one_is_white(visit):
    visit.open()
    visit.map.wait_for_paint()
    jawa_timur, sulawesi_selatan = (-8.15, 112.6), (-3.6, 119.9)
    assert visit.map.colour(*sulawesi_selatan) == (255, 255, 255)
    red, green, blue = visit.map.colour(*jawa_timur)
    assert blue > red + 60, "Jawa Timur has the most KIM, so it is dark blue"
    assert (red, green, blue) != (255, 255, 255)


def test_hovering_names_the_region_its_parents_and_its_figures(visit):
    visit.open("/?wilayah=35.07")
    visit.map.wait_for_paint()
    metrics = region_metrics(load_sample(), KimFilter(), Level.KECAMATAN, "35.07")
    wajak = metrics.set_index("kode").loc["35.07.08"]
    told = visit.map.hover(*point_of("35.07.08.2001"))
    assert told.splitlines()[:2] == ["Wajak", "Kabupaten Malang, Jawa Timur"]
    assert f"{wajak['desa_terlayani']} dari 13 desa/kelurahan" in told


def test_all_desa_of_indonesia_are_seen_as_kecamatan_from_afar_and_say_so(visit):
    visit.open("/?level=desa")
    visit.map.wait_for_paint()
    assert (visit.map.data("level"), visit.map.data("shown")) == ("desa", "kecamatan")
    assert "Dari jauh tampak kecamatan" in visit.map.data("notice")
    from_afar = visit.map.legend
    wajak = point_of("35.07.08.2001")
    assert "desa/kelurahan ada KIM" in visit.map.hover(*wajak), "that of a kecamatan"
    visit.shoot("peta-desa-jauh")

    visit.map.look_at(*wajak, zoom=10)
    visit.map.frame.wait_for_function("document.querySelector('#map_div').dataset.shown === 'desa'")
    assert visit.map.data("notice") is None
    assert visit.map.legend != from_afar
    assert visit.map.hover(*wajak).startswith("Sumberputih")
    assert visit.map.data("mounts") == "1"
    visit.map.click(*wajak)
    visit.map.wait_for_scope("35.07.08")


def test_a_kabupaten_of_small_islands_has_a_mark_that_can_be_clicked(visit):
    visit.open("/?level=kabupaten_kota")
    visit.map.wait_for_paint()
    island = visit.map.mark("31.01")
    assert visit.map.hover(*island).startswith("Kabupaten Administrasi Kepulauan Seribu")
    visit.map.click(*island)
    visit.map.wait_for_scope("31.01")


def test_the_link_opens_the_same_view_in_another_browser(visit, browser, address):
    visit.open("/?wilayah=33")
    visit.map.wait_for_paint()
    visit.choose("Indikator", "Cakupan desa")
    visit.page.wait_for_url("**metrik=cakupan**")
    visit.page.get_by_text("Cakupan tertinggi:").wait_for()
    visit.settle()
    said = visit.page.get_by_text("Di Provinsi Jawa Tengah ada").inner_text()
    legend = visit.map.legend

    other = visit_with(browser.new_context(), address)
    other.page.goto(visit.page.url)
    other.map.wait_for_paint()
    assert other.page.get_by_text("Di Provinsi Jawa Tengah ada").inner_text() == said
    assert other.map.legend == legend
    other.page.context.close()


def test_the_first_screen_of_an_office_laptop_holds_map_legend_figures_and_ranking(
    browser, address
):
    """Without scrolling: the map is a thousand pixels wide, and nothing is cut off."""
    reader = visit_with(browser.new_context(viewport={"width": 1366, "height": 768}), address)
    reader.open()
    reader.map.wait_for_paint()
    boxes = {
        "map": reader.map.frame.frame_element().bounding_box(),
        "figures": reader.page.locator(".st-key-angka").bounding_box(),
        "ranking": reader.page.locator(".st-key-peringkat button").first.bounding_box(),
        "table": reader.page.locator(".st-key-laci summary").bounding_box(),
        "search": reader.page.get_by_role("combobox", name="Cari wilayah").bounding_box(),
        "filters": reader.page.locator(".st-key-saring-lain button").bounding_box(),
    }
    for name, box in boxes.items():
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= 1366, name
        assert box["y"] + box["height"] <= 768, name
    assert boxes["map"]["width"] >= 1000
    assert boxes["map"]["height"] >= 600
    legend = reader.map.frame.locator(".peta-kim-legend").bounding_box()
    assert legend["y"] + legend["height"] <= 768
    reader.shoot("layar-pertama-1366")
    reader.page.context.close()


def test_on_a_phone_the_map_comes_first_and_the_menu_closes_after_a_choice(browser, address):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    reader = visit_with(context, address)
    reader.open()
    reader.map.wait_for_paint()
    box = reader.map.frame.frame_element().bounding_box()
    assert (box["x"], box["width"]) == (0, 360)
    assert box["height"] >= 400
    assert box["y"] < 200
    reader.shoot("layar-pertama-360")
    reader.page.locator(".st-key-menu button:visible").tap()
    reader.page.get_by_role("menuitem", name="Ringkasan").or_(
        reader.page.get_by_role("option", name="Ringkasan")
    ).tap()
    reader.page.get_by_role("heading", name="Ringkasan Indonesia").wait_for()
    context.close()


def test_a_class_of_the_legend_can_be_looked_at_alone(visit):
    visit.open()
    visit.map.wait_for_paint()
    jawa_timur = (-8.15, 112.6)
    before = visit.map.colour(*jawa_timur)
    lowest = visit.map.frame.locator(".peta-kim-legend button").nth(4)
    lowest.click()
    assert lowest.get_attribute("aria-pressed") == "true"
    visit.page.wait_for_timeout(300)
    pale = visit.map.colour(*jawa_timur)
    assert min(pale) > max(before), "Jawa Timur is of another class"


def test_the_view_goes_along_to_every_page_and_back(visit):
    visit.open("/?wilayah=51&bidang=pariwisata&bahasa=en")
    visit.map.wait_for_paint()
    for page, heading in [
        ("Overview", "Overview of Provinsi Bali"),
        ("Gaps", "Where is there no KIM yet?"),
        ("Download", "Download data"),
        ("Compare", "Regions side by side"),
    ]:
        visit.page.get_by_role("link", name=page, exact=True).click()
        visit.page.get_by_role("heading", name=heading).wait_for()
        for part in ("wilayah=51", "bidang=pariwisata", "bahasa=en"):
            assert part in visit.page.url
        visit.shoot(f"halaman-{page.lower()}")
    visit.page.get_by_role("link", name="Map", exact=True).click()
    visit.map.wait_for_paint()
    assert visit.map.data("within") == "51"


def test_a_search_answers_as_one_types_and_leads_to_a_desa_by_keys_alone(visit):
    visit.open()
    visit.map.wait_for_paint()
    visit.map.frame.locator(".peta-kim-legend button").first.focus()
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("sumber wajak")
    box = visit.page.get_by_role("combobox", name="Cari wilayah atau KIM")
    hit = visit.page.get_by_role(
        "option", name="Desa Sumberputih Wajak, Kabupaten Malang, Jawa Timur"
    )
    hit.wait_for()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowUp")
    assert hit.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == hit.get_attribute("id")
    visit.page.keyboard.press("Enter")
    visit.map.wait_for_scope("35.07.08")
    assert "wilayah=35.07.08.2001" in visit.page.url
    assert (box.input_value(), box.get_attribute("aria-expanded")) == ("", "false")
    assert visit.map.data("mounts") == "1"
    visit.page.get_by_role("button", name="Naik satu tingkat").click()
    visit.page.wait_for_url("**wilayah=35.07.08")


def test_on_an_office_laptop_the_row_above_the_map_is_one_row(visit):
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    for region in ("19", "53", "35.07"):  # the first two have long names
        visit.open(f"/?wilayah={region}")
        visit.settle()
        visit.page.evaluate("document.fonts.ready.then(() => null)")
        row, sign = (visit.page.locator(f".st-key-{key}") for key in ("kendali", "tampilan"))
        assert row.bounding_box()["height"] < 2 * sign.bounding_box()["height"]


def test_the_download_is_the_filtered_list_and_reads_back(visit):
    visit.open("/unduh?wilayah=35.23&bidang=umkm")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Unduh .csv", exact=True).click()
    body = waiting.value.path().read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    shown = totals(load_sample(), KimFilter(bidang=("umkm",)), "35.23")
    assert len(rows) == shown.jumlah_kim > 0
    assert all(row["Kode wilayah"].startswith("35.23.") for row in rows)
    assert all("UMKM" in row["Bidang"].split(", ") for row in rows)


def test_kim_are_shown_as_clustered_points_and_tell_their_name(visit):
    visit.open("/?wilayah=35.23&titik=1")
    visit.map.wait_for_paint()
    visit.map.frame.wait_for_selector(".peta-kim-cluster", timeout=20_000)
    clustered = visit.map.frame.locator(".peta-kim-cluster").all_inner_texts()
    shown = totals(load_sample(), KimFilter(), "35.23")
    assert 0 < sum(map(int, clustered)) <= shown.jumlah_kim
    visit.shoot("peta-titik")


def test_an_unknown_value_in_the_link_is_named_and_the_default_used(visit):
    visit.open("/?wilayah=99.99&metrik=ajaib")
    visit.page.get_by_text("wilayah = “99.99”").wait_for()
    visit.page.get_by_text("metrik = “ajaib”").wait_for()
    visit.map.wait_for_paint()
    assert visit.map.data("level") == "provinsi"


def test_the_map_works_on_a_phone(browser, address):
    from tests.browser.conftest import visit_with

    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    phone = visit_with(context, address)
    phone.open()
    phone.map.wait_for_paint()
    phone.shoot("peta-ponsel")
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing sticks out to the right"
    context.close()

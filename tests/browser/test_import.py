"""A registry file goes into the registry by hand, is seen on the map, undone and redone."""

import io
from pathlib import Path

import pytest
from PIL import Image

from geodata.registry.database.batches import read_staged_rows
from geodata.registry.database.connection import open_registry
from geodata.text import text
from tests import messy
from tests.browser import reading
from tests.browser.conftest import serving

pytestmark = pytest.mark.slow

LAPTOP, PHONE = {"width": 1400, "height": 1000}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("registry") / "registry.db"


@pytest.fixture(scope="module")
def address(database, tmp_path_factory):
    uploads = tmp_path_factory.mktemp("uploads")
    url = f"sqlite:///{database}"
    with serving("server-impor", KIM_DATABASE_URL=url, KIM_UPLOADS=str(uploads)) as address:
        yield address


def say(key: str, **values: object) -> str:
    return text(f"impor.{key}", "id", **values)


def look(visit, name: str) -> None:
    """Have a step of the import read by axe, on a laptop and on a phone."""
    visit.settle()
    visit.page.mouse.move(0, 0)  # off what says more under the mouse
    visit.shoot(f"impor-{name}")
    assert reading.violations(visit.page) == []
    visit.page.set_viewport_size(PHONE)
    assert reading.violations(visit.page) == []
    visit.page.screenshot(path=f"artefacts/impor-{name}-hp.png", full_page=True)
    visit.page.set_viewport_size(LAPTOP)


def colours_around(visit, lat: float, lng: float) -> set:
    x, y = visit.map._point(lat, lng)
    shot = visit.page.screenshot(clip={"x": x - 8, "y": y - 8, "width": 16, "height": 16})
    return {colour for _, colour in Image.open(io.BytesIO(shot)).convert("RGB").getcolors()}


def test_a_file_is_decided_by_hand_committed_seen_on_the_map_undone_and_redone(
    visit, browser, database
):
    page = visit.page
    visit.open("/impor")
    page.get_by_text(say("history.empty")).wait_for(timeout=60_000)
    sender = page.get_by_role("combobox", name="Pengirim")
    sender.fill(messy.SENDER)
    sender.press("Enter")
    visit.settle()
    page.set_input_files(
        "input[type=file]",
        {"name": messy.NAME, "mimeType": "text/csv", "buffer": messy.csv_bytes()},
    )
    page.get_by_role("button", name=say("file.start")).wait_for()
    look(visit, "berkas")
    page.get_by_role("button", name=say("file.start")).click()
    page.get_by_role("heading", name=say("columns.heading")).wait_for()
    look(visit, "kolom")

    page.get_by_role("button", name=say("columns.start")).click()
    page.get_by_role("heading", name="KIM Codo Maju").wait_for(timeout=60_000)
    page.get_by_text("6 baris masuk = 2 diterima + 3 ditinjau + 1 ditolak.").wait_for()
    candidates = page.frame_locator('iframe[src*="folium"]')
    candidates.locator(".leaflet-marker-icon").first.wait_for(timeout=30_000)
    page.get_by_title("Peta calon desa.").wait_for()
    look(visit, "ditinjau")
    page.get_by_role("button", name=say("review.accept", desa="Codo")).click()
    page.get_by_role("heading", name="KIM Gunung").wait_for()

    # Leaving in the middle: another browser, days later, goes on where this one stopped.
    later = browser.new_context(viewport=PHONE).new_page()
    later.goto(visit.address + "/impor")
    later.get_by_role("button", name=say("waiting.open")).click(timeout=60_000)
    later.get_by_role("heading", name="KIM Gunung").wait_for(timeout=30_000)
    later.get_by_text("6 baris masuk = 3 diterima + 2 ditinjau + 1 ditolak.").wait_for()
    later.context.close()

    page.get_by_role("button", name=say("next", step=say("step.kembar"))).click()
    page.get_by_text("Mungkin sama karena: nama dan desa sama.").wait_for()
    look(visit, "kembar")
    page.get_by_role("button", name=say("twins.merge")).click()
    page.get_by_text(say("review.none_kembar")).wait_for()
    visit.settle()
    page.get_by_role("button", name=say("next", step=say("step.simpan"))).click()
    page.get_by_text("6 baris masuk = 4 diterima + 1 ditinjau + 1 ditolak.").wait_for()
    page.get_by_text("0 → 1").wait_for()
    look(visit, "simpan")
    page.get_by_role("button", name=say("commit.start", kim="3")).click()
    said = "Sudah masuk registri: 3 KIM baru; 0 baris memperbarui, 1 baris menegaskan"
    page.get_by_text(said).wait_for()
    look(visit, "selesai")

    done = page.url
    page.get_by_role("link", name=say("done.map")).click()
    visit.map.wait_for_paint()
    page.get_by_text("Di Kecamatan Wajak, Kabupaten Malang, Jawa Timur ada 3 KIM").wait_for()
    visit.shoot("impor-peta")

    visit.open(done.removeprefix(visit.address))
    page.get_by_role("button", name=say("done.undo")).click(timeout=30_000)
    page.get_by_role("button", name=say("review.confirm")).click()
    page.get_by_text(say("done.undo_done", id=1, version=2)).wait_for()
    page.get_by_text("belum berisi KIM").wait_for()
    page.get_by_role("button", name=say("done.redo")).click()
    page.get_by_role("button", name=say("review.confirm")).click()
    page.get_by_text(say("done.redo_done", id=1, version=3)).wait_for()

    page.get_by_text(text("nav.manage", "id")).wait_for()
    page.locator(".st-key-kelola button:visible").click()
    page.get_by_role("menuitem", name=text("page.mutu", "id")).click()
    page.get_by_role("heading", name=text("mutu.place.heading", "id")).wait_for()
    visit.map.wait_for_paint()
    visit.settle()
    page.screenshot(path="artefacts/mutu.png", full_page=True)
    # One of four rows of Jawa Timur is in review: lines are drawn over it, and over no other.
    visit.map.frame.frame_element().scroll_into_view_if_needed()
    assert len(colours_around(visit, -7.95, 112.6)) > 1
    assert len(colours_around(visit, -3.3, 104.2)) == 1  # Sumatera Selatan

    # What was left can follow.
    visit.open(done.removeprefix(visit.address))
    page.get_by_role("button", name=say("done.more", count="1")).click(timeout=30_000)
    page.get_by_role("heading", name="KIM Gunung").wait_for()
    page.get_by_role("button", name=say("review.reject"), exact=True).click()
    reason = page.get_by_label(say("review.reject_reason"))
    reason.fill("bukan desa di kabupaten ini")
    reason.press("Tab")
    visit.settle()
    page.locator('[data-testid="stPopoverBody"]').get_by_role("button").press("Enter")
    page.get_by_text("6 baris masuk = 4 diterima + 0 ditinjau + 2 ditolak.").wait_for()

    rows = read_staged_rows(open_registry(f"sqlite:///{database}"), 1)
    assert len(rows) == len(messy.ROWS)
    assert not rows.map(lambda cell: messy.CHAIR in str(cell)).any(axis=None), (
        "persons are kept apart"
    )

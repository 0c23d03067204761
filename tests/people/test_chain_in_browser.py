"""Along the chain in a browser: a kabupaten edits, its provinsi sends back and then verifies.

Each signs in with a real provider.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from geodata.gazetteer import load_gazetteer
from geodata.people.rights import Role
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.text import text
from tests.browser.conftest import Visit, browser, playwright
from tests.people.test_sign_in import PATH, Site, site
from tests.registry.rows import staged

pytestmark = [pytest.mark.slow, pytest.mark.browser]

__all__ = ["browser", "playwright", "site"]

REMARK = "nama di SK berbeda"


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    row = {"nama_kim": "KIM Arjuna", "status": "belum_terverifikasi"}
    batch = stage(site.registry, staged(row), load_gazetteer(), who="admin")
    commit(site.registry, batch.id, who="admin")
    site.invite("siti@malangkab.go.id")
    site.invite("rina@jatimprov.go.id", Role.VERIFIKATOR, "35")
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield page
    page.close()


def say(key: str, **values: object) -> str:
    return text(key, "id", **values)


def sign_in(page: Page, site: Site, email: str) -> None:
    """Somebody signs in and comes to the page of the KIM, where they came from."""
    page.context.clear_cookies()
    page.goto(f"{site.origin}{PATH}/data_kim?kim=1")
    page.get_by_role("button", name=say("account.masuk")).first.click()
    page.locator("input[name=email]").fill(email)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="KIM Arjuna").wait_for()


def take(page: Page, step: str, remark: str = "") -> None:
    label = say(f"registration.{step}")
    page.get_by_role("button", name=label).click()
    if remark:
        page.get_by_role("textbox", name=say("registration.remark")).fill(remark)
        page.keyboard.press("Tab")
    page.locator(f'[class*="st-key-{step}-"] button').click()
    page.get_by_text(say(f"registration.{step}_done", nama="")[-20:]).first.wait_for()


def test_a_kabupaten_edits_its_provinsi_sends_back_and_verifies(page: Page, site: Site) -> None:
    sign_in(page, site, "siti@malangkab.go.id")
    take(page, "daftarkan")

    sign_in(page, site, "rina@jatimprov.go.id")
    assert not page.get_by_role("button", name=say("data_kim.action.ubah")).count()
    take(page, "kembalikan", REMARK)

    sign_in(page, site, "siti@malangkab.go.id")
    page.get_by_text(REMARK).first.wait_for()
    page.get_by_role("button", name=say("data_kim.action.ubah"), exact=True).click()
    name = page.get_by_role("textbox", name=say("impor.field.nama_kim"))
    name.fill("KIM Arjuna Jaya")
    name.press("Tab")
    page.get_by_role("button", name=say("data_kim.form.save")).click()
    page.get_by_role("heading", name="KIM Arjuna Jaya").wait_for()
    take(page, "ajukan")

    sign_in(page, site, "rina@jatimprov.go.id")
    take(page, "verifikasi")
    values = read_kim(site.registry, 1).values
    assert (values["nama_kim"], values["tahap"]) == ("KIM Arjuna Jaya", "terverifikasi")

    page.context.clear_cookies()
    reader = Visit(page, f"{site.origin}{PATH}", set(), [])
    reader.open("/peta?tahap=terverifikasi&wilayah=35.07")
    reader.map.wait_for_paint()
    page.get_by_text("1 KIM").first.wait_for()

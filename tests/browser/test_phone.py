"""Every page under a thumb: 360 pixels wide, touched with a finger."""

import csv
import io
from collections.abc import Iterator

import pytest

from dashboard.main import PAGES
from geodata.columns import column
from tests.browser.conftest import Visit, visit_with

TARGET_PX = 44
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 256}
"""What an office laptop has left when everything on it is four times as large."""

_FITS = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .every((part) => part.scrollWidth <= innerWidth)"""


@pytest.fixture(scope="module")
def phone(browser, address) -> Iterator[Visit]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield visit_with(context, address)
    context.close()


def tap(phone: Visit, target) -> None:
    """Tap what is large enough for a thumb, and in sight."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box["height"] >= TARGET_PX, target
    assert box["width"] >= TARGET_PX, target
    assert box["x"] >= 0, target
    assert box["x"] + box["width"] <= 360, target
    target.tap()
    phone.settle()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_wider_than_a_phone_nor_has_a_button_too_low_for_a_thumb(phone, page):
    phone.open(f"/{page if page != PAGES[0] else ''}?wilayah=35.23")
    phone.page.locator(".st-key-kepala").wait_for()
    phone.settle()
    phone.page.locator('[data-testid="stSkeleton"]').first.wait_for(state="detached")
    low = phone.page.evaluate(
        """target => {
            const main = document.querySelector('[data-testid="stMain"]');
            return [...main.querySelectorAll("button, summary, [role=combobox], a[href]")]
                .filter((part) => part.offsetWidth && part.closest('[data-testid^="st"]'))
                .filter((part) => !part.closest('[data-testid="stMarkdownContainer"]'))
                .filter((part) => !part.closest('[data-testid="stTooltipHoverTarget"]'))
                .filter((part) => part.getBoundingClientRect().height < target)
                .map((part) => part.outerHTML.slice(0, 120));
        }""",
        TARGET_PX,
    )
    assert low == []
    phone.shoot(f"ponsel-{page}")
    for screen in (PHONE, NARROW):
        phone.page.set_viewport_size(screen)  # tables and charts follow a moment later
        phone.page.wait_for_function(_FITS, timeout=10_000)
    phone.page.set_viewport_size(PHONE)


def test_staff_filter_choose_three_columns_and_take_a_csv_with_the_thumb(phone):
    page = phone.page
    phone.open("/unduh?wilayah=35.23")
    phone.settle()
    tap(phone, page.locator("summary", has_text="Filter"))
    tap(phone, page.get_by_role("button", name="Semua bidang"))
    tap(phone, page.get_by_role("combobox", name="Bidang"))
    tap(phone, page.get_by_role("option", name="UMKM"))
    page.wait_for_url("**bidang=umkm**")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    chosen = ("nomor_induk", "nama_kim", "kode_wilayah")
    for name in chosen:
        box = page.get_by_role("combobox", name="Kolom")
        if not page.get_by_role("option").first.is_visible():
            tap(phone, box)
        tap(phone, page.get_by_role("option", name=column(name).title("id"), exact=True))
    page.wait_for_url("**kode_wilayah**")
    page.keyboard.press("Escape")
    phone.settle()
    with page.expect_download() as waiting:
        tap(phone, page.get_by_role("button", name="Unduh .csv", exact=True))
    rows = list(
        csv.DictReader(
            io.StringIO(waiting.value.path().read_bytes().decode("utf-8-sig")), delimiter=";"
        )
    )
    assert rows
    assert len(rows[0]) == len(chosen)

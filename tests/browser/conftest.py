"""The app as people meet it: its own server, and a real Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from geodata.boundaries.store import active_set
from geodata.regions import level_of

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
PAINT_TIMEOUT_MS = 60_000

# Software drawing, and none of the requests a browser makes of its own accord.
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
NO_WEBGL_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(log_name: str, port: int | None = None, **environment: str) -> Iterator[str]:
    """Start a server as ``make run`` starts it, give its address, and stop it."""
    port = port or free_port()
    ARTEFACTS.mkdir(exist_ok=True)
    log_file = ARTEFACTS / f"{log_name}.log"
    with log_file.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/{environment.get('STREAMLIT_SERVER_BASE_URL_PATH', '')}"
    url = url.rstrip("/")
    try:
        _wait_until_ready(url, server, log_file)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the server that most journeys share."""
    with serving("server") as url:
        yield url


def _wait_until_ready(url: str, server: subprocess.Popen, log_file: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, log_file.read_text()
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as reply:
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(log_file.read_text())


def launch(playwright, flags: list[str]) -> Browser:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "No Chromium: run `make test`, or name one with CHROMIUM=/path/to/chromium"
    return playwright.chromium.launch(executable_path=path, args=flags)


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    chromium = launch(playwright, CHROMIUM_FLAGS)
    yield chromium
    chromium.close()


@dataclass
class Visit:
    """One reader's tab, with what it asked for and what went wrong in it."""

    page: Page
    address: str
    hosts: set[str]
    errors: list[str]

    def open(self, path: str = "/") -> None:
        self.page.goto(self.address + path)

    @property
    def map(self) -> "MapFrame":
        element = self.page.wait_for_selector('iframe[src*="folium"]', timeout=PAINT_TIMEOUT_MS)
        return MapFrame(self.page, element.content_frame())

    def settle(self) -> None:
        """Wait until the page runs no more, so that nothing moves under the mouse."""
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PAINT_TIMEOUT_MS
        )

    def choose(self, label: str, option: str, folded: str | None = None) -> None:
        """Pick an option of a list, perhaps among the filters ``folded``; open it again if need be.

        A rerun that was still to come draws the page anew and closes what is open.
        """
        wanted = self.page.get_by_role("option", name=option, exact=True)
        listed = self.page.get_by_role("combobox", name=label)
        for _ in range(5):
            self.settle()
            if folded and not listed.is_visible():
                self.page.locator(f".st-key-{folded} button").first.click()
            if not wanted.is_visible():
                listed.click()
            try:
                return wanted.click(timeout=4_000)
            except PlaywrightTimeout:
                self.page.keyboard.press("Escape")
        raise AssertionError(f"{label} offers no {option}")

    def shoot(self, name: str) -> None:
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@dataclass
class MapFrame:
    """The map inside its frame, read through the counters it keeps."""

    page: Page
    frame: Frame

    def data(self, name: str) -> str | None:
        return self.frame.evaluate(f"document.querySelector('#map_div')?.dataset.{name} ?? null")

    @property
    def legend(self) -> str:
        return self.frame.locator(".peta-kim-legend").inner_text()

    @property
    def paints(self) -> int:
        return int(self.data("paints") or 0)

    def wait_for_paint(self, after: int = 0) -> None:
        # Before its page is there a frame is empty, and evaluates nothing.
        self.frame.wait_for_selector("#map_div", state="attached", timeout=PAINT_TIMEOUT_MS)
        self.frame.wait_for_function(
            f"Number(document.querySelector('#map_div')?.dataset.paints) > {after}",
            timeout=PAINT_TIMEOUT_MS,
        )

    def wait_for_scope(self, within: str) -> None:
        digits = within.replace(".", "")
        self.frame.wait_for_function(
            f"document.querySelector('#map_div')?.dataset.within === '{digits}'",
            timeout=PAINT_TIMEOUT_MS,
        )

    def _point(self, lat: float, lng: float) -> tuple[float, float]:
        inside = self.frame.evaluate(
            "([lat, lng]) => window.map.latLngToContainerPoint([lat, lng])", [lat, lng]
        )
        box = self.frame.frame_element().bounding_box()
        return box["x"] + inside["x"], box["y"] + inside["y"]

    def look_at(self, lat: float, lng: float, zoom: float) -> None:
        self.frame.evaluate(
            "([lat, lng, zoom]) => window.map.setView([lat, lng], zoom)", [lat, lng, zoom]
        )

    def mark(self, code: str) -> tuple[float, float]:
        """Where on the map the mark of a region on a small island is."""
        region = active_set().polygons(level_of(code)).set_index("kode").geometry[code]
        parts = region.geoms if hasattr(region, "geoms") else [region]
        inside = max(parts, key=lambda part: part.area).representative_point()
        return inside.y, inside.x

    def click(self, lat: float, lng: float) -> None:
        self.page.mouse.click(*self._point(lat, lng))

    def hover(self, lat: float, lng: float) -> str:
        """Move the mouse there and return what the tooltip says."""
        x, y = self._point(lat, lng)
        self.page.mouse.move(x - 3, y - 3)
        self.page.mouse.move(x, y)
        tooltip = self.frame.wait_for_selector(".peta-kim-tooltip", timeout=10_000)
        return tooltip.inner_text()

    def colour(self, lat: float, lng: float) -> tuple[int, int, int]:
        """The colour on the screen at a place."""
        import io

        from PIL import Image

        x, y = self._point(lat, lng)
        shot = self.page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1})
        return Image.open(io.BytesIO(shot)).convert("RGB").getpixel((0, 0))


def visit_with(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    visit = Visit(page, address, set(), [])
    page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", lambda said: _note_violation(said.text, visit.errors))
    return visit


def _note_violation(said: str, errors: list[str]) -> None:
    """Keep what the browser says of something that the page's own policy forbids."""
    if "Content Security Policy" in said or "Content-Security-Policy" in said:
        errors.append(said)


@pytest.fixture(scope="session")
def laptop(browser: Browser) -> Iterator[BrowserContext]:
    """A laptop that keeps what it has fetched: one test after another opens a new tab."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def visit(laptop: BrowserContext, address: str) -> Iterator[Visit]:
    """A reader on a laptop; fails the test if the page asked another host or threw."""
    reader = visit_with(laptop, address)
    yield reader
    laptop.set_offline(False)  # some tests cut the network
    for page in laptop.pages:
        page.close()
    assert reader.errors == []
    assert {host for host in reader.hosts if host} <= {urlsplit(address).netloc}

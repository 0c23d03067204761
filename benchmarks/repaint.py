"""Times the change of the metric, from the click to the repainted map, in our app and in peers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Route

from benchmarks.places import Places
from benchmarks.probes import Probe
from benchmarks.screen import WATCH, Screen
from dashboard.assets import FILES
from geodata.text import text
from tests.browser.conftest import MapFrame, Visit, visit_with

VIEWPORT = {"width": 1400, "height": 1000}

# A visit starts with the first and goes through the others, never back: Streamlit would send a
# message it has sent before as a hash, and only the transfer would be measured.
STEPS: tuple[str, ...] = ("jumlah_kim", "kim_per_100_desa", "cakupan")


@dataclass
class Measured:
    """What was measured for one app, a value a change."""

    seconds: list[float] = field(default_factory=list)
    counted: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Contender:
    """An app under measurement.

    Attributes
    ----------
    url
        Address of the page with the map.
    places
        Tells where on the page the probes are, once the map is there.
    counts_paints
        Whether the map itself counts its paints (``data-paints``).
    """

    name: str
    url: str
    places: Places
    counts_paints: bool = False


def visit(
    browser: Browser, contender: Contender, probes: Sequence[Probe], into: Measured, timeout: float
) -> None:
    """Open the app as a new reader, change the metric twice, and add what that took to ``into``."""
    context = browser.new_context(viewport=VIEWPORT)
    keep_on_this_machine(context)
    visit = visit_with(context, contender.url)
    visit.page.add_init_script(WATCH)
    visit.page.set_default_timeout(timeout * 1000)
    try:
        _change_metric(visit, contender, probes, into, timeout)
    finally:
        visit.shoot(f"benchmark-{contender.name}")
        context.close()


def _change_metric(
    visit: Visit, contender: Contender, probes: Sequence[Probe], into: Measured, timeout: float
) -> None:
    page = visit.page
    visit.open("")
    points = contender.places(page, probes)
    screen = Screen(page)
    screen.painted_at(probes, points, STEPS[0], timeout)
    for step in STEPS[1:]:
        received = screen.bytes_received
        paints = count_paints(visit.map) if contender.counts_paints else 0
        choice = page.get_by_test_id("stButtonGroup")
        choice.get_by_text(text(f"metrik.{step}", "id"), exact=True).click()
        painted = screen.painted_at(probes, points, step, timeout)
        clicked = screen.clicked_at
        if contender.counts_paints:
            into.counted.append(counted_at(visit.map, paints) - clicked)
        into.seconds.append(painted - clicked)
        into.received.append(screen.bytes_received - received)


def keep_on_this_machine(context: BrowserContext) -> None:
    """Answer what folium asks of other hosts here: Leaflet from npm, nothing for the rest."""

    def answer(route: Route) -> None:
        if route.request.url.endswith("/leaflet.js"):
            route.fulfill(path=FILES["leaflet.js"])
        elif route.request.url.endswith("/leaflet.css"):
            route.fulfill(path=FILES["leaflet.css"])
        else:
            route.fulfill(body="")

    context.route(lambda url: not url.startswith("http://127.0.0.1"), answer)


def count_paints(map_frame: MapFrame) -> int:
    """Note the time of each paint that the map counts from now on; return how many there were."""
    map_frame.frame.evaluate(
        """() => {
          const map = document.querySelector("#map_div");
          window.paintedAt = {};
          new MutationObserver(() => {
            window.paintedAt[map.dataset.paints] ??= performance.timeOrigin + performance.now();
          }).observe(map, { attributeFilter: ["data-paints"] });
        }"""
    )
    return map_frame.paints


def counted_at(map_frame: MapFrame, paints: int) -> float:
    map_frame.wait_for_paint(after=paints)
    return map_frame.frame.evaluate(f"window.paintedAt[{paints + 1}]") / 1000

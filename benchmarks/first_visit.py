"""What a first visit waits for: the first text, the map as it stays, and the bytes until then.

Ours are the running app and its light view; the peers are Streamlit's floor, an app that shows a
choice and a figure (``peers/floor.py``), and streamlit-folium's feature group, drawn as in
``filter_browser``. All are visited in turns, each time by a reader who has nothing in the cache.
Text counts once the choice of the metric can be read (in the light view, its title), the map once
the screen shows it as it stays (in the light view, once it counts itself as painted). Time begins
with the navigation. Bytes are those over the network and over websockets, as they were sent.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import places, servers
from benchmarks.comparison import Scene, scene
from benchmarks.repaint import STEPS, VIEWPORT, keep_on_this_machine
from benchmarks.results import Result, Row
from benchmarks.screen import WATCH, Screen
from geodata.regions import Level
from tests.browser.conftest import CHROMIUM_FLAGS, launch

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_RUNS = 3
_TIMEOUT_SECONDS = 90
_TEXT_TIMES = 1.3  # of the floor's, at most
# The map of these is there in at most so much of the peer's time.
_MAPS = {(Level.PROVINSI, None): 0.85, (Level.DESA, "35"): 0.65}
_MOST_BYTES, _MOST_BYTES_LIGHT = 2e6, 0.6e6
# A line as phones have it: 1.5 Mbit/s, 150 ms there and back.
_SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 187_500,
    "uploadThroughput": 93_750,
}
_SLOW_TEXT, _SLOW_MAP, _SLOW_LIGHT = 5.0, 10.0, 5.0
_CHANGE_OF_LIGHT = 0.1

# Runs in every frame before the page's own scripts: when text and painted map are there.
_TIMES = """
if (window === top) {
  const note = (name, isThere) => {
    const look = () => {
      if (isThere()) document.documentElement.dataset[name] = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  const text = () => document.querySelector("[data-testid=stButtonGroup], main h1");
  note("textAt", () => text()?.innerText.trim());
  note("mapAt", () => document.querySelector("#map_div[data-paints]"));
}
"""
# Chooses an indicator and returns after how many seconds the map has painted it.
_CHANGE = """(number) => new Promise((resolve) => {
  const map = document.querySelector("#map_div");
  const choice = document.querySelector("#pilihan select");
  const began = performance.now(), before = map.dataset.paints;
  new MutationObserver((_, it) => {
    if (map.dataset.paints === before) return;
    it.disconnect();
    resolve((performance.now() - began) / 1000);
  }).observe(map, { attributeFilter: ["data-paints"] });
  choice.selectedIndex = number;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
})"""


@dataclass
class Seen:
    """What was measured of one app, a value a visit."""

    text: list[float] = field(default_factory=list)
    map: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class _App:
    """An app under measurement, over a slow line or none."""

    name: str
    url: str
    slow: bool = False


def run(options: "Options") -> Result:
    rows: list[Row] = []
    runs = options.runs or _RUNS
    with ExitStack() as stack:
        ours = stack.enter_context(servers.our_app())
        browser = launch(stack.enter_context(sync_playwright()), CHROMIUM_FLAGS)
        for (level, within), most in _MAPS.items():
            shown = scene(level, within, Path(stack.enter_context(TemporaryDirectory())))
            seen = _visited(browser, ours, shown, runs, slow=within is None)
            rows += _rows(seen, shown, most)
        browser.close()
    return Result("first-visit", "a first visit in Chromium, nothing in its cache", rows)


def _visited(
    browser: Browser, ours: str, shown: Scene, runs: int, *, slow: bool
) -> dict[str, Seen]:
    """Visit ours and the peers in turns."""
    environment = shown.peers_view.environment()
    full, light = shown.link(ours), shown.link(f"{ours}/lihat").replace("/lihat/", "/lihat")
    with ExitStack() as stack:
        peer: Callable[[str], str] = lambda name: stack.enter_context(  # noqa: E731
            servers.peer(name, environment)
        )
        apps = [
            _App("ours", full),
            _App("light", light),
            _App("floor", peer("floor")),
            _App("folium_map", peer("folium_map")),
        ]
        if slow:
            apps += [
                _App("ours, slow", full, slow=True),
                _App("light, slow", light, slow=True),
            ]
        seen = {app.name: Seen() for app in apps}
        for number in range(runs + 1):
            for app in apps:
                # The first visit warms the server up.
                _visit(browser, app, shown, seen[app.name] if number else Seen())
    return seen


def _visit(browser: Browser, app: _App, shown: Scene, into: Seen) -> None:
    context = browser.new_context(viewport=VIEWPORT)
    try:
        keep_on_this_machine(context)
        page = context.new_page()
        page.set_default_timeout(_TIMEOUT_SECONDS * 1000)
        page.add_init_script(WATCH)
        page.add_init_script(_TIMES)
        screen = Screen(page)
        if app.slow:
            screen.slow_down(_SLOW)
        page.goto(app.url, wait_until="commit")
        began = page.evaluate("performance.timeOrigin") / 1000
        into.text.append(_noted(page, "data-text-at"))
        if app.name.startswith("light"):
            into.map.append(_noted(page, "data-map-at"))
        elif app.name != "floor":
            probes = shown.probes_of(app.name.partition(",")[0])
            points = places.on_leaflet(page, probes)
            into.map.append(screen.settled_at(probes, points, STEPS[0]) - began)
        into.received.append(screen.bytes_in_all)
        screen.look_away()
        if app.name == "light":
            into.changes += _changes(page)
    finally:
        context.close()


def _noted(page: Page, name: str) -> float:
    """Return the seconds after which something was there."""
    page.wait_for_selector(f"html[{name}]", state="attached")
    return float(page.get_attribute("html", name) or "") / 1000


def _changes(page: Page) -> list[float]:
    """Choose other indicators, each for the first time, and return how long each took."""
    return [page.evaluate(_CHANGE, number) for number in (1, 2, 3)]


def _rows(seen: dict[str, Seen], shown: Scene, most: float) -> Iterator[Row]:
    ours, light, floor = seen["ours"], seen["light"], seen["floor"]
    folium = seen["folium_map"]
    yield Row(
        f"{shown.name}: first text (floor)", "s", ours.text, floor.text, at_least=1 / _TEXT_TIMES
    )
    yield Row("  the map (folium's feature group)", "s", ours.map, folium.map, at_least=1 / most)
    yield Row("  received until then", "byte", ours.received, folium.received, at_most=_MOST_BYTES)
    yield Row("  light view: first text", "s", light.text, floor.text)
    yield Row("  light view: the map (floor's text)", "s", light.map, floor.text, at_least=1)
    yield Row(
        "  received until then", "byte", light.received, floor.received, at_most=_MOST_BYTES_LIGHT
    )
    yield Row("  light view: a change", "s", light.changes, at_most=_CHANGE_OF_LIGHT)
    if "ours, slow" in seen:
        slow, light = seen["ours, slow"], seen["light, slow"]
        yield Row("on 1.5 Mbit/s: first text", "s", slow.text, at_most=_SLOW_TEXT)
        yield Row("  the map", "s", slow.map, at_most=_SLOW_MAP)
        yield Row("  light view: first text", "s", light.text)
        yield Row("  light view: the map", "s", light.map, at_most=_SLOW_LIGHT)

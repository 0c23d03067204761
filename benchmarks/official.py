"""The map with an official set of all desa in use, beside the one that ships, in Chromium.

Two copies of our app run at once, each with its own store, and are visited in turns. Measured are
the first paint of the national map and of all desa of Jawa Timur, each by a reader who has nothing
in the cache, from the request of the page to the paint that the map counts; and, there, a change
of the metric, from the click. The time of the embedded set stands as "the plain way".

The official set is that of the store that ``KIM_OFFICIAL_STORE`` names, its active one; without it
the real boundaries are imported first, which takes minutes.
"""

import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from playwright.sync_api import Browser, sync_playwright

from benchmarks import servers
from benchmarks.repaint import STEPS, VIEWPORT, count_paints, counted_at
from benchmarks.results import Result, Row
from benchmarks.screen import WATCH
from geodata.boundaries.importing import import_boundaries
from geodata.boundaries.store import activate
from geodata.text import text
from tests.browser.conftest import CHROMIUM_FLAGS, launch, visit_with
from tests.importing.conftest import real_boundaries, silent

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_TIMES_AT_MOST = 1.3
_RUNS = 3
_DESA = "/?wilayah=35&level=desa"

_NATIONAL, _DESA_SEEN, _CHANGED = "national map", "all desa of Jawa Timur", "  another metric there"


def run(options: "Options") -> Result:
    with ExitStack() as stack:
        store = _official_store(stack)
        if store is None:
            nowhere = f"NOT MEASURED: no real boundaries at {real_boundaries()}"
            return Result("official", nowhere, [])
        addresses = {
            "official": stack.enter_context(servers.our_app({"KIM_STORE": store})),
            "embedded": stack.enter_context(servers.our_app()),
        }
        browser = launch(stack.enter_context(sync_playwright()), CHROMIUM_FLAGS)
        taken = {name: {_NATIONAL: [], _DESA_SEEN: [], _CHANGED: []} for name in addresses}
        for number in range((options.runs or _RUNS) + 1):
            for name, address in addresses.items():
                for what, seconds in _visit(browser, address).items():
                    if number:  # the first visit warms the server up
                        taken[name][what].append(seconds)
        browser.close()
    rows = [
        Row(what, "s", seconds, taken["embedded"][what], at_least=round(1 / _TIMES_AT_MOST, 2))
        for what, seconds in taken["official"].items()
    ]
    notes = [f"An official set may take {_TIMES_AT_MOST} times as long as the embedded one."]
    return Result(
        "official", "official boundaries (ours) and embedded ones, in Chromium", rows, notes
    )


def _official_store(stack: ExitStack) -> str | None:
    if given := os.environ.get("KIM_OFFICIAL_STORE"):
        return given
    if not real_boundaries().is_file():
        return None
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    with mock.patch.dict(os.environ, {"KIM_STORE": folder}):
        activate(import_boundaries(Path(real_boundaries()), silent)[0])
    return folder


def _visit(browser: Browser, address: str) -> dict[str, float]:
    """Open both maps as a new reader each, change the metric on the second; return the seconds."""
    taken = {}
    for what, path in ((_NATIONAL, "/"), (_DESA_SEEN, _DESA)):
        context = browser.new_context(viewport=VIEWPORT)
        visit = visit_with(context, address)
        visit.page.add_init_script(WATCH)
        start = time.perf_counter()
        visit.open(path)
        visit.map.wait_for_paint()
        taken[what] = time.perf_counter() - start
        if what == _DESA_SEEN:
            visit.settle()
            paints = count_paints(visit.map)
            choice = visit.page.get_by_test_id("stButtonGroup")
            choice.get_by_text(text(f"metrik.{STEPS[1]}", "id"), exact=True).click()
            painted = counted_at(visit.map, paints)
            taken[_CHANGED] = painted - visit.page.evaluate("window.clickedAt") / 1000
        context.close()
    return taken

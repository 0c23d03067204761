"""Where a place of the map is on the page, for maps of Leaflet and of deck.gl."""

import math
from collections.abc import Callable, Sequence

from playwright.sync_api import Page

from benchmarks.peers.view import View
from benchmarks.probes import Probe
from tests.browser.conftest import MapFrame

Point = tuple[float, float]
Places = Callable[[Page, Sequence[Probe]], list[Point]]

_DECK_TILE_PX = 512


def on_leaflet(page: Page, probes: Sequence[Probe]) -> list[Point]:
    """Tell where ``probes`` are on a map of streamlit-folium, ours or a peer's."""
    element = page.wait_for_selector('iframe[src*="folium"]')
    map_frame = MapFrame(page, element.content_frame())
    map_frame.frame.wait_for_function("window.map && window.map._loaded")
    if map_frame.data("painter"):  # ours: it finds its place on the map with the first paint
        map_frame.wait_for_paint()
    inside = map_frame.frame.evaluate(
        "places => places.map((place) => window.map.latLngToContainerPoint(place))",
        [[probe.lat, probe.lng] for probe in probes],
    )
    box = element.bounding_box()
    return [(box["x"] + point["x"], box["y"] + point["y"]) for point in inside]


def on_deck(view: View) -> Places:
    """Tell where probes are on a map of pydeck that shows ``view``."""

    def places(page: Page, probes: Sequence[Probe]) -> list[Point]:
        box = page.wait_for_selector('[data-testid="stDeckGlJsonChart"] canvas').bounding_box()
        centre_x, centre_y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        middle_x, middle_y = _mercator(view.lat, view.lng)
        scale = _DECK_TILE_PX * 2**view.deck_zoom
        points = []
        for probe in probes:
            x, y = _mercator(probe.lat, probe.lng)
            points.append((centre_x + (x - middle_x) * scale, centre_y + (y - middle_y) * scale))
        return points

    return places


def _mercator(lat: float, lng: float) -> tuple[float, float]:
    """Return a place in Web Mercator; the world is 1 wide, and south is further down."""
    x = lng / 360 + 0.5
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return x, y

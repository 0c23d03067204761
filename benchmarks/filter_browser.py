"""From the click on another metric to the repainted map of all desa of Jawa Timur, in Chromium.

Ours is the running app. The peer is a small app that changes its map in streamlit-folium's own
way, without mounting it again: a new feature group with a ``folium.GeoJson`` of the same polygons
(simplified as our fallback map simplifies them), drawn on Leaflet's canvas. Window, room for the
map, metrics, classes, colours and the widget that is clicked are the same.

The repaint is seen on the screen in both (see ``screen``). Ours counts its paints besides; the
time is that of whichever comes later.
"""

from typing import TYPE_CHECKING

from benchmarks.comparison import SEEN_ON_THE_SCREEN, compare, rows_of
from benchmarks.results import Result
from geodata.regions import Level

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_WITHIN = "35"
_RUNS = 3
_TIMEOUT_SECONDS = 90


def run(options: "Options") -> Result:
    runs = options.runs or _RUNS
    measured = compare(Level.DESA, _WITHIN, ["folium_map"], runs, _TIMEOUT_SECONDS)
    rows = rows_of(measured, "folium_map", "click to repaint", at_least=4)
    title = f"{measured.regions:,} desa in Chromium, the metric changes"
    return Result("filter-browser", title, rows, [SEEN_ON_THE_SCREEN])

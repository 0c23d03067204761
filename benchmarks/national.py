"""From the click on another metric to the repainted map of all Indonesia, in Chromium.

Two desa share a pixel there, so ours paints the kecamatan and says so, while its message holds the
desa too, which it paints once the reader zooms in. The peer is a small app with ``st.pydeck_chart``
and a GeoJsonLayer of the same kecamatan (simplified as our fallback map simplifies them): the
fastest of the usual ways at this size. folium runs only ``--with-folium``. Otherwise as in
``filter_browser``.

A machine without a GPU draws WebGL in software, which pydeck and our map both pay for. The driver
of the browser is told of every websocket message, which costs an app that sends more.
"""

from typing import TYPE_CHECKING

from benchmarks.comparison import SEEN_ON_THE_SCREEN, compare, rows_of
from benchmarks.results import Result
from geodata.regions import Level

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_RUNS = 2
_TARGET_SECONDS = 1.0
_TIMEOUT_SECONDS = 400


def run(options: "Options") -> Result:
    peers = ["pydeck_map", "folium_map"] if options.with_folium else ["pydeck_map"]
    measured = compare(Level.DESA, None, peers, options.runs or _RUNS, _TIMEOUT_SECONDS)
    rows = [
        row
        for peer in peers
        for row in rows_of(measured, peer, f"repaint, {peer}", at_most=_TARGET_SECONDS)
    ]
    title = f"{measured.regions:,} kecamatan in Chromium, the metric changes"
    return Result("national", title, rows, [SEEN_ON_THE_SCREEN])

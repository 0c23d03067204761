"""Our map and those of peers, visited in turns."""

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from playwright.sync_api import sync_playwright

from benchmarks import places, plain, servers
from benchmarks.peers.view import view_of
from benchmarks.probes import probes
from benchmarks.repaint import STEPS, Contender, Measured, visit
from benchmarks.results import Row
from dashboard import data
from geodata.analysis.classes import classify
from geodata.analysis.region_metrics import region_metrics
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.view import palette
from geodata.view.address import VIEW, link
from geodata.view.metrics import METRICS
from geodata.view.view import View
from tests.browser.conftest import CHROMIUM_FLAGS, launch

SEEN_ON_THE_SCREEN = (
    "Repaints are seen in the frames that Chromium puts on the screen. Ours counts its paints too;"
    " the first line has whichever is later."
)
_OURS = "ours"


@dataclass(frozen=True)
class Comparison:
    """What was measured for ours and each peer, and how many regions all of them drew."""

    measured: Mapping[str, Measured]
    regions: int


def compare(
    level: Level, within: str | None, peers: Sequence[str], runs: int, timeout: float
) -> Comparison:
    """Change the metric on the map of ``level`` in ``within``, in our app and in each of ``peers``.

    The peers draw what ours paints there: where two desa share a pixel, the kecamatan.

    Parameters
    ----------
    runs
        Visits to each app; each is a new reader who changes the metric twice.
    timeout
        Seconds within which a map has to be painted.
    """
    boundaries = data.boundaries()
    view = View(within, level)
    painted = view.far_level or level
    polygons = plain.polygons(boundaries, painted, within)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        polygons.to_parquet(folder / "polygons.parquet")
        peers_view = view_of(folder / "polygons.parquet", boundaries.bounds(within))
        kim = data.snapshot().kim
        fills = {metric: plain.coloured(polygons, kim, metric)["fill"] for metric in STEPS}
        looked_at = probes(polygons, fills, peers_view.zoom)
        fills = {metric: _fills(polygons, painted, within, metric) for metric in STEPS}
        seen_in_ours = probes(polygons, fills, peers_view.zoom)
        ours = link(f"{stack.enter_context(servers.our_app())}/", VIEW.write(view))
        contenders = [Contender(_OURS, ours, places.on_leaflet, counts_paints=True)]
        for name in peers:
            url = stack.enter_context(servers.peer(name, peers_view.environment()))
            where = places.on_deck(peers_view) if name == "pydeck_map" else places.on_leaflet
            contenders.append(Contender(name, url, where))

        browser = launch(stack.enter_context(sync_playwright()), CHROMIUM_FLAGS)
        measured = {contender.name: Measured() for contender in contenders}
        for _ in range(runs):
            for contender in contenders:
                where = seen_in_ours if contender.name == _OURS else looked_at
                visit(browser, contender, where, measured[contender.name], timeout)
        browser.close()
    return Comparison(measured, len(polygons))


def _fills(polygons: gpd.GeoDataFrame, level: Level, within: str | None, metric: str) -> pd.Series:
    """Return the colour that our map paints each of ``polygons`` in, all of them of ``level``."""
    table = region_metrics(data.snapshot(), KimFilter(), level, within)
    classes = classify(table[metric].to_numpy(dtype=float), METRICS[metric].decimals)
    fills = [palette.ZERO, *palette.ramp(METRICS[metric].ramp, len(classes.counts))]
    return polygons["kode"].map(
        dict(zip(table["kode"], (fills[i] for i in classes.index), strict=True))
    )


def rows_of(
    comparison: Comparison,
    peer: str,
    what: str,
    at_least: float | None = None,
    at_most: float | None = None,
) -> list[Row]:
    """Return the time of a change against ``peer``, how it was told, and the bytes received."""
    ours, theirs = comparison.measured[_OURS], comparison.measured[peer]
    later = [max(pair) for pair in zip(ours.seconds, ours.counted, strict=True)]
    return [
        Row(what, "s", later, theirs.seconds, at_least, at_most),
        Row("  seen on the screen", "s", ours.seconds, theirs.seconds),
        Row("  counted by our map", "s", ours.counted),
        Row("  received in all", "byte", ours.received, theirs.received),
    ]

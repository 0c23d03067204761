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
from benchmarks.peers.view import View as PeersView
from benchmarks.peers.view import view_of
from benchmarks.probes import Probe, probes
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
OURS = "ours"


@dataclass(frozen=True)
class Comparison:
    """What was measured for ours and each peer, and how many regions all of them drew."""

    measured: Mapping[str, Measured]
    regions: int


def compare(
    level: Level, within: str | None, peers: Sequence[str], runs: int, timeout: float
) -> Comparison:
    """Change the metric on the map of ``level`` in ``within``, in our app and in each of ``peers``.

    Parameters
    ----------
    runs
        Visits to each app; each is a new reader who changes the metric twice.
    timeout
        Seconds within which a map has to be painted.
    """
    with ExitStack() as stack:
        shown = scene(level, within, Path(stack.enter_context(tempfile.TemporaryDirectory())))
        ours = shown.link(stack.enter_context(servers.our_app()))
        contenders = [Contender(OURS, ours, places.on_leaflet, counts_paints=True)]
        for name in peers:
            url = stack.enter_context(servers.peer(name, shown.peers_view.environment()))
            where = places.on_deck(shown.peers_view) if name == "pydeck_map" else places.on_leaflet
            contenders.append(Contender(name, url, where))

        browser = launch(stack.enter_context(sync_playwright()), CHROMIUM_FLAGS)
        measured = {contender.name: Measured() for contender in contenders}
        for _ in range(runs):
            for contender in contenders:
                where = shown.probes_of(contender.name)
                visit(browser, contender, where, measured[contender.name], timeout)
        browser.close()
    return Comparison(measured, shown.regions)


@dataclass(frozen=True)
class Scene:
    """A map that ours and the peers show.

    Attributes
    ----------
    regions
        How many of them are painted.
    peers_view
        What a peer is started with.
    """

    name: str
    view: View
    regions: int
    peers_view: PeersView
    _in_ours: Sequence[Probe]
    _in_peers: Sequence[Probe]

    def link(self, address: str) -> str:
        """Return where our app at ``address`` shows it."""
        return link(f"{address}/", VIEW.write(self.view))

    def probes_of(self, name: str) -> Sequence[Probe]:
        """Return the places to look at in ours, or in a peer."""
        return self._in_ours if name == OURS else self._in_peers


def scene(level: Level, within: str | None, folder: Path) -> Scene:
    """Return the map of ``level`` in ``within``; what peers are to draw is written to ``folder``.

    The peers draw what ours paints there: where two desa share a pixel, the kecamatan.
    """
    boundaries = data.boundaries()
    view = View(within, level)
    painted = view.far_level or level
    polygons = plain.polygons(boundaries, painted, within)
    polygons.to_parquet(folder / "polygons.parquet")
    peers_view = view_of(folder / "polygons.parquet", boundaries.bounds(within))
    kim = data.snapshot().kim
    in_peers = {metric: plain.coloured(polygons, kim, metric)["fill"] for metric in STEPS}
    in_ours = {metric: _fills(polygons, painted, within, metric) for metric in STEPS}
    return Scene(
        f"{len(polygons):,} {painted}",
        view,
        len(polygons),
        peers_view,
        probes(polygons, in_ours, peers_view.zoom),
        probes(polygons, in_peers, peers_view.zoom),
    )


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
    ours, theirs = comparison.measured[OURS], comparison.measured[peer]
    later = [max(pair) for pair in zip(ours.seconds, ours.counted, strict=True)]
    return [
        Row(what, "s", later, theirs.seconds, at_least, at_most),
        Row("  seen on the screen", "s", ours.seconds, theirs.seconds),
        Row("  counted by our map", "s", ours.counted),
        Row("  received in all", "byte", ours.received, theirs.received),
    ]

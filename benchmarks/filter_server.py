"""What the server does, and sends, when the filter changes on the map of all desa of Jawa Timur.

Ours is ``region_metrics`` and ``panel.draw``: figures, classes, legend, and the table of
region -> class that st_folium carries to the map in the browser. The plain way is what
streamlit-folium's own documentation shows for a map that stays in place: filter the registry, join
the counts onto the GeoDataFrame, draw it with ``folium.GeoJson`` and a ``style_function`` in a
feature group. Both go through st_folium up to the point where the message leaves for the browser.
"""

import json
from collections.abc import Callable
from itertools import cycle
from typing import TYPE_CHECKING
from unittest import mock

import folium
import streamlit_folium

from benchmarks import plain
from benchmarks.results import Result, Row
from benchmarks.timing import paired
from dashboard import data
from dashboard.map import panel
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.view.choropleth import choropleth
from geodata.view.view import View

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_WITHIN = "35"
_FILTERS = (None, "umkm", "pariwisata")
_RUNS = 9


def message(draw: Callable[[], object]) -> str:
    """Return what ``st_folium``, called once by ``draw``, hands to Streamlit for the browser."""
    with mock.patch.object(streamlit_folium, "_component_func") as component:
        draw()
    (call,) = component.call_args_list
    return json.dumps({name: part for name, part in call.kwargs.items() if name != "on_change"})


def run(options: "Options") -> Result:
    snapshot = data.snapshot()
    polygons = plain.polygons(data.boundaries(), Level.DESA, _WITHIN)

    def ours(bidang: str | None) -> str:
        kim_filter = KimFilter(bidang=(bidang,) if bidang else ())
        view = View(_WITHIN, Level.DESA, kim_filter)
        return message(lambda: panel.draw(choropleth(view, snapshot, data.boundaries())))

    def theirs(bidang: str | None) -> str:
        kim = plain.with_field(snapshot.kim, bidang)
        group = folium.FeatureGroup(name="desa")
        layer = plain.folium_layer(plain.coloured(polygons, kim, "jumlah_kim"), "jumlah_kim")
        group.add_child(layer)
        return message(
            lambda: streamlit_folium.st_folium(
                folium.Map(location=[-7.7, 112.7], zoom_start=8, tiles=None),
                key="peta",
                returned_objects=[],
                feature_group_to_add=group,
            )
        )

    our_filter, their_filter = cycle(_FILTERS), cycle(_FILTERS)
    taken = paired(
        lambda: ours(next(our_filter)),
        lambda: theirs(next(their_filter)),
        options.runs or _RUNS,
    )
    sent = [[len(way(bidang).encode()) for bidang in _FILTERS] for way in (ours, theirs)]
    rows = [
        Row("time on the server", "s", *taken, at_least=10),
        Row("sent to the browser", "byte", *sent, at_least=40),
    ]
    return Result("filter-server", f"{len(polygons):,} desa, the filter changes", rows)

"""Streamlit's own map for many shapes: ``st.pydeck_chart`` with a GeoJsonLayer."""

import pydeck
import streamlit as st

from benchmarks import plain
from benchmarks.peers import frame
from benchmarks.peers.view import current_view
from dashboard.map.layer import HEIGHT_PX

view = current_view()
metric = frame.chosen_metric()
table = plain.coloured(frame.polygons(), frame.registry(), metric)
# The geometry is kept as GeoJSON; making it anew for each change would take longer than drawing it.
features = [
    {**feature, "properties": {"nama": nama, metric: figure, "fill": list(bytes.fromhex(fill[1:]))}}
    for feature, nama, figure, fill in zip(
        frame.features(), table["nama"], table[metric].tolist(), table["fill"], strict=True
    )
]
layer = pydeck.Layer(
    "GeoJsonLayer",
    {"type": "FeatureCollection", "features": features},
    id="desa",
    get_fill_color="properties.fill",
    opacity=1,
    stroked=False,
    pickable=True,
)
deck = pydeck.Deck(
    layers=[layer],
    initial_view_state=pydeck.ViewState(latitude=view.lat, longitude=view.lng, zoom=view.deck_zoom),
    map_provider=None,
    tooltip={"text": f"{{nama}}\n{{{metric}}}"},
)
map_column, _ = st.columns([4, 1])
with map_column:
    st.pydeck_chart(deck, height=HEIGHT_PX, key="peta")

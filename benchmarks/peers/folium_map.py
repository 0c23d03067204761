"""streamlit-folium's own way to change a map in place: a new feature group for each change."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks import plain
from benchmarks.peers import frame
from benchmarks.peers.view import current_view
from dashboard.map.layer import HEIGHT_PX

view = current_view()
metric = frame.chosen_metric()
group = folium.FeatureGroup(name="desa")
group.add_child(
    plain.folium_layer(plain.coloured(frame.polygons(), frame.registry(), metric), metric)
)
map_column, _ = st.columns([4, 1])
with map_column:
    st_folium(
        folium.Map(
            location=[view.lat, view.lng],
            zoom_start=view.zoom,
            zoom_snap=0.25,
            tiles=None,
            prefer_canvas=True,
        ),
        key="peta",
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
    )

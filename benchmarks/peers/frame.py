"""What the peers have in common: their data, read once, and the choice of the metric."""

import json
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from benchmarks.peers.view import current_view
from geodata.registry.snapshot import SAMPLE_FILE
from geodata.text import text
from geodata.view.metrics import BASIC_METRICS


@st.cache_resource
def polygons() -> gpd.GeoDataFrame:
    return gpd.read_parquet(current_view().polygons)


@st.cache_resource
def features() -> list[dict[str, Any]]:
    """Return the polygons as GeoJSON, in the order of ``polygons``."""
    return json.loads(polygons()[["geometry"]].to_json())["features"]


@st.cache_resource
def registry() -> pd.DataFrame:
    return pd.read_csv(SAMPLE_FILE, dtype={"kode_wilayah": str})


def chosen_metric() -> str:
    """Lay out the page as ours, so that the map gets the same room; return the metric chosen."""
    st.set_page_config(layout="wide")
    st.sidebar.markdown("### KIM")
    return st.segmented_control(
        "Metrik",
        BASIC_METRICS,
        default=BASIC_METRICS[0],
        format_func=lambda name: text(f"metrik.{name}", "id"),
    )

"""The least that Streamlit can show: what the peers have beside their map, and no map."""

import streamlit as st

from benchmarks.peers import frame

st.metric(frame.chosen_metric(), len(frame.registry()))

"""Peta KIM's library: regions, boundaries, the registry, its metrics and its extracts.

Plain functions on DataFrames and arrays. Nothing here knows of Streamlit, of a browser or of a
page; the dashboard, the command line and the tests all call the same functions.
"""

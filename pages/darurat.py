"""Darurat: which KIM are in an area where something happens, and who is next to its desa."""

import streamlit as st

from dashboard import data
from dashboard.darurat import area_map, contacts, naming, parts
from dashboard.darurat.found import found
from dashboard.darurat.named_area import EMERGENCY
from dashboard.frame import doing, state, widgets
from dashboard.frame.markdown import show_error
from geodata.area import outlines
from geodata.area.area_error import AreaError
from geodata.text import text

view = state.current()
lang, area = view.lang, state.own(EMERGENCY)
written = outlines.write(area.daerah)

widgets.controls(view)
st.title(text("darurat.title", lang))
state.show_notices(EMERGENCY)
doing.show_news()
st.markdown(text("darurat.lead", lang))
if data.snapshot(view).illustrative:
    st.info(text("darurat.sample", lang), icon=":material/science:")

inside = None
try:
    inside = found(written, view) if written else None
except AreaError as error:
    show_error(error, lang)

beside, map_column = st.columns([2, 5])
with beside:
    naming.draw(view, area)
    naming.show_zones(area, lang)
with map_column:
    area_map.draw(
        view, inside, naming.corners(area), lambda lat, lng: naming.clicked(area, lat, lng)
    )
if inside is None:
    st.info(text("darurat.none", lang), icon=":material/info:")
else:
    parts.show_figures(inside, lang)
    parts.show_message(inside, view)
    parts.show_tables(inside, lang)
    contacts.show(inside, written, view)

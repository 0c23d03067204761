"""Indikator: what is known of regions beside their KIM, and bringing in tables of it."""

import streamlit as st

from dashboard import permission
from dashboard.frame import doing, state
from dashboard.indikator import bringing_in, tables_in_use
from geodata.people.rights import Right
from geodata.text import text

lang = state.current().lang

st.title(text("page.indikator", lang))
st.markdown(text("indikator.lead", lang))
doing.show_news()
tables_in_use.draw(lang)
st.header(text("indikator.bring.heading", lang))
if not permission.may(Right.INDIKATOR):
    lack = permission.explain_lack(Right.INDIKATOR, "indikator.not_allowed", lang)
    st.info(lack, icon=":material/lock:")
    st.stop()
bringing_in.draw(lang)

"""Pengguna: who signs in with which role and region, and the keys of programs."""

import streamlit as st

from dashboard import permission
from dashboard.frame import doing, state
from dashboard.pengguna import accounts_section, keys_section
from geodata.people.rights import Right
from geodata.settings import settings
from geodata.text import text

lang = state.current().lang

st.title(text("page.pengguna", lang))
doing.show_news()
if not permission.may(Right.PENGGUNA):
    lack = permission.explain_lack(Right.PENGGUNA, "pengguna.not_allowed", lang)
    st.info(lack, icon=":material/lock:")
    st.stop()
st.markdown(text("pengguna.lead", lang))
if not settings().signs_in:
    st.info(text("pengguna.no_provider", lang), icon=":material/no_accounts:")
accounts_section.draw(lang)
keys_section.draw(lang)

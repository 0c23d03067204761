"""Bantuan: the questions that people bring, each a link to the view that answers it."""

import streamlit as st

from dashboard.bantuan.questions import GROUPS
from dashboard.frame import state
from geodata.text import text
from geodata.view.address import VIEW
from geodata.view.view import View

lang = state.language()

st.title(text("bantuan.title", lang))
with st.container(key="tur-lagi"):
    st.markdown(text("bantuan.lead", lang))
    st.page_link(
        "../pages/peta.py",
        label=text("bantuan.tour", lang),
        query_params=VIEW.write(View(lang=lang)),
        icon=":material/tour:",
    )
columns = st.columns(2, gap="large")
for position, (group, questions) in enumerate(GROUPS.items()):
    with columns[position % 2], st.container(key=f"tanya-{group}", gap="small"):
        st.header(text(f"bantuan.kelompok.{group}", lang))
        for question in questions:
            with st.container(gap=None):
                st.page_link(
                    f"../pages/{question.page}.py",
                    label=text(f"bantuan.tanya.{question.name}", lang),
                    query_params=question.params(lang),
                )
                st.caption(text(f"bantuan.cara.{question.name}", lang))

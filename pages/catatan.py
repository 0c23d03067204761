"""Catatan kegiatan: who did what, when and from where, and who looked at what is personal."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import data, permission
from dashboard.catatan import log_search
from dashboard.catatan.log_search import LOG, LogSearch
from dashboard.frame import state, tables, widgets
from dashboard.frame.markdown import say, show_error
from geodata.people.audit_table import audit_table, region_in_words
from geodata.people.rights import NotAllowed, Right
from geodata.text import number, text

_LINES = 100  # a page

view = state.current()
lang, asked = view.lang, state.own(LOG)

st.title(text("page.catatan", lang))
if not permission.may_somewhere(Right.LOG):
    lack = permission.explain_lack(Right.LOG, "catatan.not_allowed", lang)
    st.info(lack, icon=":material/lock:")
    st.stop()
widgets.breadcrumb(view)
state.show_notices(LOG)
try:
    region = log_search.region_to_read(permission.person(), view.region)
except NotAllowed as error:
    show_error(error, lang)
    st.stop()
where = region_in_words(data.gazetteer(), region, lang)
st.markdown(say("catatan.lead", lang, wilayah=where))
log_search.draw(asked, lang)

read = partial(log_search.found, region, asked)
lines = read(before=asked.before or None, limit=_LINES + 1)
if not lines:
    key = "catatan.empty" if asked == LogSearch() else "catatan.nothing"
    st.info(text(key, lang), icon=":material/info:")
shown = lines[:_LINES]
if shown:
    tables.draw(audit_table(shown, data.gazetteer(), lang), "catatan-tabel", lang)
with st.container(horizontal=True):
    if asked.before:
        st.button(
            text("catatan.latest", lang),
            icon=":material/first_page:",
            on_click=state.set_own,
            args=(LOG, replace(asked, before=0)),
        )
    if len(lines) > _LINES:
        st.button(
            say("catatan.older", lang, jumlah=number(_LINES, lang)),
            icon=":material/arrow_forward:",
            on_click=state.set_own,
            args=(LOG, replace(asked, before=shown[-1].id)),
        )
if shown:
    st.markdown(text("catatan.export", lang))
    with st.container(horizontal=True):
        tables.downloads_named(
            permission.asked_later(
                lambda: {text("catatan.sheet", lang): audit_table(read(), data.gazetteer(), lang)}
            ),
            f"catatan-{region or 'indonesia'}",
            lang,
        )

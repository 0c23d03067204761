"""Batas wilayah: the boundary sets, which one is in use, what an import found, and importing."""

import streamlit as st

from dashboard import data, permission
from dashboard.batas import importing_page, set_views
from dashboard.frame import doing, state
from dashboard.frame.markdown import say, show_error
from geodata.boundaries.import_report import REPORT_FILE, read_report
from geodata.boundaries.reading.files import SUFFIXES
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.sources import ADAPTERS, AUTO
from geodata.boundaries.store import list_sets
from geodata.errors import DataFileError, PetaKimError
from geodata.people.rights import Right
from geodata.regions import LEVELS
from geodata.text import text
from geodata.view.words import level_name

lang = state.current().lang

st.title(text("page.batas", lang))
st.markdown(text("batas.lead", lang))
doing.show_news()
sets = {boundaries.path.name: boundaries for boundaries in list_sets()}
in_use = None
try:
    in_use = data.boundaries().path.name
except DataFileError as error:  # another can be chosen
    show_error(error, lang)
fresh = st.session_state.pop("batas-baru", None)
if fresh in sets:
    st.session_state["batas-dipilih"] = fresh
elif st.session_state.get("batas-dipilih") not in sets:
    st.session_state["batas-dipilih"] = in_use if in_use in sets else next(iter(sets), None)
name = st.selectbox(
    text("batas.set", lang),
    list(sets),
    format_func=lambda name: f"{name} ({text('batas.active', lang)})" if name == in_use else name,
    key="batas-dipilih",
)
if name is not None:
    chosen = sets[name]
    set_views.describe_set(chosen, lang)
    if name != in_use and permission.may(Right.BATAS):
        st.button(
            text("batas.activate", lang),
            type="primary",
            icon=":material/check:",
            on_click=doing.guarded,
            args=(importing_page.take_into_use, chosen),
        )
    if (chosen.path / REPORT_FILE).is_file():
        try:
            set_views.show_report(read_report(chosen), lang)
        except DataFileError as error:
            show_error(error, lang)

st.header(text("batas.import", lang))
if not permission.may(Right.BATAS):
    lack = permission.explain_lack(Right.BATAS, "batas.not_allowed", lang)
    st.info(lack, icon=":material/lock:")
    st.stop()
st.markdown(text("batas.import_lead", lang))
uploaded = st.file_uploader(
    text("batas.file", lang),
    type=[suffix.lstrip(".") for suffix in (*SUFFIXES, ".zip")],
    key="berkas-batas",
)
source = st.selectbox(text("batas.source", lang), [AUTO, *(adapter.key for adapter in ADAPTERS)])
crs = st.text_input(text("batas.crs", lang), placeholder="EPSG:4326")
level = st.selectbox(
    text("batas.level", lang),
    [None, *LEVELS],
    format_func=lambda level: (
        level_name(level, lang) if level else text("batas.level_of_file", lang)
    ),
)
code_field = st.text_input(text("batas.code_field", lang))
name_field = st.text_input(text("batas.name_field", lang))
polygonise = st.checkbox(text("batas.polygonise", lang))
vintage = st.text_input(text("batas.vintage_field", lang), placeholder="2025")
licence = st.text_input(text("batas.licence_field", lang))
if uploaded is not None and st.button(text("batas.start", lang), type="primary"):
    try:
        made = importing_page.import_upload(
            uploaded,
            uploaded.name,
            Options(
                source=source,
                code_field=code_field or None,
                name_field=name_field or None,
                level=level,
                crs=crs or None,
                vintage=vintage,
                licence=licence,
                polygonise=polygonise,
            ),
            lang,
        )
    except PetaKimError as error:
        show_error(error, lang)
    else:
        st.session_state["batas-baru"] = made.path.name
        st.rerun()
if fresh:
    st.success(say("batas.done", lang, set=fresh), icon=":material/check_circle:")

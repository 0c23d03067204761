"""The parts of the page Darurat below the map: figures, message, tables and downloads."""

import numpy as np
import streamlit as st

from dashboard import data
from dashboard.darurat.found import Found
from dashboard.frame import state, tables
from dashboard.frame.markdown import say
from geodata.area import files, paper
from geodata.area.answer import FIRST
from geodata.area.message import message, people_rounded
from geodata.area.picture import picture
from geodata.text import number, text
from geodata.view.view import View
from geodata.view.words import counted_in_words, data_date_in_words

_HIDDEN = ["kode_wilayah", "lat", "lng", "provinsi"]


def show_figures(found: Found, lang: str) -> None:
    """Draw how many KIM, desa and people are inside."""
    answer, people = found.answer, found.people
    with st.container(horizontal=True):
        for key, figure in (
            ("kim", number(len(answer.kim), lang)),
            ("of_first", number(answer.of_first, lang)),
            ("desa", number(answer.desa, lang)),
            ("without", number(len(answer.without), lang)),
        ):
            st.metric(text(f"darurat.figure.{key}", lang), figure, border=True)
        if len(answer.unreported):
            figure = number(len(answer.unreported), lang)
            st.metric(text("darurat.figure.unreported", lang), figure, border=True)
        if np.isfinite(people.count):
            st.metric(
                text("darurat.figure.people", lang),
                f"± {number(people_rounded(people), lang)}",
                help=text("darurat.people_help", lang),
                border=True,
            )


def show_message(found: Found, view: View) -> None:
    """Draw the message to be copied, and the files to be taken away."""
    lang = view.lang
    st.header(text("darurat.copy", lang))
    st.caption(text("darurat.copy_help", lang))
    about = " · ".join(_about(view))
    said = message(found.area, found.answer, found.people, about, state.link(), lang)
    st.code(said, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        _downloads(found, view)


def _about(view: View) -> list[str]:
    lang, snapshot = view.lang, data.snapshot(view)
    said = [
        counted_in_words(snapshot, view.kim_filter, None, lang),
        data_date_in_words(snapshot, lang),
        text("app.sample", lang) if snapshot.illustrative else "",
    ]
    return [words for words in said if words]


def _downloads(found: Found, view: View) -> None:
    lang, answer = view.lang, found.answer
    name = f"darurat-{data.snapshot(view).date}"
    sheets = {
        text("area.layer.kim", lang): answer.kim,
        text("area.layer.desa_tanpa_kim", lang): answer.without,
        text("pelaporan.place.never", lang): answer.unreported,
    }
    tables.downloads_named(lambda: sheets, name, lang)
    gazetteer, boundaries = data.gazetteer(), data.boundaries()
    link, about = state.link(), _about(view)

    def kml() -> bytes:
        return files.to_kml(files.layers(found.area, answer, gazetteer), lang)

    def geojson() -> bytes:
        return files.to_geojson(files.layers(found.area, answer, gazetteer))

    def pdf() -> bytes:
        png = picture(found.area, answer, gazetteer, boundaries, paper.MAP_INCHES)
        notes = [*about, data.attribution(lang), link]
        return paper.to_pdf(found.area, answer, found.people, png, notes, lang)

    for ending, make, media in (
        ("kml", kml, "application/vnd.google-earth.kml+xml"),
        ("geojson", geojson, "application/geo+json"),
        ("pdf", pdf, "application/pdf"),
    ):
        st.download_button(
            text(f"darurat.{ending}", lang),
            make,
            file_name=f"{name}.{ending}",
            mime=media,
            icon=":material/download:",
            on_click="ignore",
            key=f"{ending}-{name}",
        )


def show_tables(found: Found, lang: str) -> None:
    """Draw the KIM inside, the desa without one, and those of which nobody knows."""
    answer = found.answer
    st.header(text("darurat.kim", lang))
    if answer.kim.empty:
        st.info(text("darurat.kim_none", lang), icon=":material/info:")
    else:
        st.caption(say("darurat.kim_lead", lang, bidang=text(f"bidang.{FIRST}", lang)))
        hidden = [*_HIDDEN, *(["zona"] if len(found.area.zones) == 1 else [])]
        tables.show_table(answer.kim.drop(columns=hidden), "darurat-kim", lang)
    st.header(text("darurat.without", lang))
    if answer.without.empty:
        st.success(text("darurat.without_none", lang), icon=":material/check_circle:")
    else:
        st.caption(text("darurat.without_lead", lang))
        shown = answer.without.drop(columns=["provinsi"])
        tables.show_table(shown, "darurat-tanpa", lang)
    if len(answer.unreported):
        st.header(text("darurat.unreported", lang))
        st.caption(text("darurat.unreported_lead", lang))
        tables.show_table(answer.unreported, "darurat-belum", lang)

"""Unduh: rows of KIM or figures by region, in the format and with the columns one chooses."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import data
from dashboard.addresses import base_path
from dashboard.frame import conditions, state, tables, widgets
from dashboard.frame.markdown import explain, literal, say
from dashboard.unduh import briefing_panel, view_extract
from dashboard.unduh.file_choice import FILE, PEOPLE, READERS
from dashboard.workshop.workshop import workshop
from geodata.columns import column
from geodata.errors import SelectionError
from geodata.exports.extracts import DOWNLOAD, SUBJECTS
from geodata.exports.file_names import file_name
from geodata.exports.files import pack
from geodata.exports.formats import CSV, FORMATS, SEPARATORS
from geodata.exports.manifest import manifest
from geodata.text import number, text
from geodata.view.conditions import notes_on
from geodata.view.words import counted_in_words, level_name, nothing_in_words, region_path

_PREVIEW_ROWS = 50

view = state.current()
download, file = state.own(DOWNLOAD).fitting(view, data.snapshot(view)), state.own(FILE)
lang, form = view.lang, file.format
readable_in = file.readable_in(lang, PEOPLE)
extract = view_extract.extract_of(view, download, form, readable_in)
site = state.server() + base_path()

widgets.controls(view, of_regions=conditions.choose if extract.level else None)
st.title(text("unduh.title", lang))
state.show_notices(DOWNLOAD)
state.show_notices(FILE)
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.segmented_control(
        text("unduh.isi", lang),
        SUBJECTS,
        format_func=lambda name: text(f"isi_short.{name}", lang),
        **widgets.bound_own(
            DOWNLOAD,
            "isi",
            download.subject,
            lambda now, name: replace(now, subject=name or now.subject, columns=()),
        ),
    )
    if download.subject == "wilayah":
        widgets.level_choice(view)
    st.selectbox(
        text("unduh.berkas", lang),
        list(FORMATS),
        format_func=lambda ending: text(f"berkas.{FORMATS[ending].name}", lang),
        width=300,
        **widgets.bound_own(
            FILE,
            "berkas",
            form.ending,
            lambda now, ending: replace(now, format=FORMATS[ending]),
        ),
    )
st.multiselect(
    text("unduh.kolom", lang),
    download.columns_of(view, extract.snapshot),
    format_func=lambda name: column(name).title(lang),
    placeholder=text("widget.all", lang),
    **widgets.bound_own(
        DOWNLOAD,
        "kolom",
        list(download.columns),
        lambda now, names: replace(now, columns=tuple(names)),
    ),
)
if form.readable:
    st.radio(
        text("unduh.readers", lang),
        READERS,
        format_func=lambda readers: text(f"untuk.{readers}", lang),
        **widgets.bound_own(
            FILE,
            "untuk",
            file.readers or PEOPLE,
            lambda now, readers: replace(now, readers=readers),
        ),
    )
separator = SEPARATORS.get(file.separator, text("download.separator", lang))
if form is CSV:
    names = {mark: name for name, mark in SEPARATORS.items()}
    st.radio(
        text("unduh.separator", lang),
        list(reversed(SEPARATORS.values())),
        format_func=lambda mark: text("unduh.semicolon" if mark == ";" else "unduh.comma", lang),
        **widgets.bound_own(
            FILE,
            "pemisah",
            separator,
            lambda now, mark: replace(now, separator=names[mark]),
        ),
    )

what = text("unduh.kim" if download.subject == "kim" else "unduh.wilayah", lang)
st.markdown(
    say(
        "unduh.lead",
        lang,
        jumlah=number(len(extract), lang),
        apa=what if extract.level is None else f"{what} ({level_name(extract.level, lang)})",
        wilayah=region_path(data.gazetteer(), extract.view.region, lang),
        filter=counted_in_words(data.snapshot(view), view.kim_filter, view.region, lang),
    )
)
for note in notes_on(view.conditions, extract.level, lang) if extract.level else ():
    st.caption(literal(note))
if not len(extract):
    st.info(nothing_in_words("unduh.empty", view.kim_filter, lang), icon=":material/info:")
    briefing_panel.draw(view)
    st.stop()

about = view_extract.imprint(extract.snapshot, lang, site)
name = file_name(extract)
wanted = ("pack", *data.versions(view), extract.view, download, file, separator, site)


def packed(*, alone: bool) -> bytes:
    """Return the file of the extract; the workshop makes it, for a large one takes a while."""
    maker = partial(pack, extract, form, name, about, separator, alone=alone)
    return workshop().make((*wanted, alone), maker)


try:
    view_extract.check_cost(extract, form)
except SelectionError as error:
    st.warning(explain(error, lang), icon=":material/hourglass_disabled:")
else:
    with st.container(horizontal=True):
        st.download_button(
            say("unduh.button", lang, berkas=f".{form}"),
            partial(packed, alone=True),
            file_name=f"{name}.{form}",
            mime=form.media_type,
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )
        if not form.has_manifest:  # which has its manifest as a second sheet
            st.download_button(
                text("unduh.button_zip", lang),
                partial(packed, alone=False),
                file_name=f"{name}.zip",
                mime="application/zip",
                icon=":material/folder_zip:",
                on_click="ignore",
            )
    st.markdown(text("unduh.link", lang))
    st.code(view_extract.ready_link(extract, form, site), language=None, wrap_lines=True)
    with st.expander(text("unduh.link_title", lang), icon=":material/link:"):
        st.markdown(text("unduh.link_help", lang))

briefing_panel.draw(view)

preview = extract.table(slice(_PREVIEW_ROWS))
st.header(say("unduh.preview", lang, jumlah=number(len(preview), lang)))
tables.show_table(preview, "unduh", lang)
st.header(text("unduh.manifest", lang))
explained = manifest(extract, about)
st.table(explained.map(literal).set_index(explained.columns[0]))

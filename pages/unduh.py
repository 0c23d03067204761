"""Unduh: rows of KIM or figures by region, in the format and with the columns one chooses."""

from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from dashboard import briefing_panel, data, downloads, state, tables, widgets
from dashboard.http.base_path import base_path
from dashboard.markdown import explain, literal, say
from dashboard.selection import SEPARATOR_NAMES
from dashboard.tables import heading
from geodata.errors import SelectionError
from geodata.exports.extracts import SUBJECTS
from geodata.exports.files import pack
from geodata.exports.formats import Format
from geodata.exports.manifest import manifest
from geodata.exports.tables import SEPARATORS
from geodata.text import number, text
from geodata.wording import filter_in_words, level_name, region_path

_PREVIEW_ROWS = 50

selection = state.current()
lang, form = selection.bahasa, selection.berkas
extract = downloads.extract_of(selection, form)
where = urlsplit(st.context.url or "http://127.0.0.1:8501")
site = f"{where.scheme}://{where.netloc}{base_path()}"

widgets.breadcrumb(selection)
st.header(text("unduh.title", lang))
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.segmented_control(
        text("unduh.isi", lang),
        SUBJECTS,
        format_func=lambda name: text(f"isi_short.{name}", lang),
        **widgets.bound(
            "isi",
            selection.isi,
            lambda now, name: replace(now, isi=name or now.isi, kolom=()),
        ),
    )
    if selection.isi == "wilayah":
        widgets.level_choice(selection)
    st.selectbox(
        text("unduh.berkas", lang),
        list(Format),
        format_func=lambda form: text(f"berkas.{form}", lang),
        width=300,
        **widgets.bound("berkas", form, lambda now, form: replace(now, berkas=form)),
    )
st.multiselect(
    text("unduh.kolom", lang),
    selection.all_columns,
    format_func=lambda name: heading(name, lang),
    placeholder=text("widget.all", lang),
    **widgets.bound(
        "kolom", list(selection.kolom), lambda now, names: replace(now, kolom=tuple(names))
    ),
)
separator = SEPARATOR_NAMES.get(selection.pemisah, text("download.separator", lang))
if form is Format.CSV:
    names = {mark: name for name, mark in SEPARATOR_NAMES.items()}
    st.radio(
        text("unduh.separator", lang),
        SEPARATORS[::-1],
        format_func=lambda mark: text("unduh.semicolon" if mark == ";" else "unduh.comma", lang),
        **widgets.bound("pemisah", separator, lambda now, mark: replace(now, pemisah=names[mark])),
    )

what = text("unduh.kim" if selection.isi == "kim" else "unduh.wilayah", lang)
st.markdown(
    say(
        "unduh.lead",
        lang,
        jumlah=number(len(extract), lang),
        apa=what if extract.level is None else f"{what} ({level_name(extract.level, lang)})",
        wilayah=region_path(data.gazetteer(), extract.within, lang),
        filter=filter_in_words(selection.kim_filter, lang),
    )
)
if not len(extract):
    st.info(text("unduh.empty", lang), icon=":material/info:")
    briefing_panel.draw(selection)
    st.stop()

about = downloads.imprint(lang, site)
name = f"{selection.isi}-{extract.within or 'indonesia'}-{extract.snapshot.date}"
try:
    downloads.check_cost(extract, form)
except SelectionError as error:
    st.warning(explain(error, lang), icon=":material/hourglass_disabled:")
else:
    with st.container(horizontal=True):
        st.download_button(
            say("unduh.button", lang, berkas=f".{form}"),
            lambda: pack(extract, form, name, about, separator, alone=True),
            file_name=f"{name}.{form}",
            mime=form.media_type,
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )
        if form is not Format.XLSX:  # which has its manifest as a second sheet
            st.download_button(
                text("unduh.button_zip", lang),
                lambda: pack(extract, form, name, about, separator),
                file_name=f"{name}.zip",
                mime="application/zip",
                icon=":material/folder_zip:",
                on_click="ignore",
            )
    st.markdown(text("unduh.link", lang))
    st.code(downloads.ready_link(selection, form, site), language=None, wrap_lines=True)
    with st.expander(text("unduh.link_title", lang), icon=":material/link:"):
        st.markdown(text("unduh.link_help", lang))

briefing_panel.draw(selection)

preview = extract.table(slice(_PREVIEW_ROWS))
st.subheader(say("unduh.preview", lang, jumlah=number(len(preview), lang)))
tables.show_table(preview, "unduh", lang)
st.subheader(text("unduh.manifest", lang))
explained = manifest(extract, about)
st.table(explained.map(literal).set_index(explained.columns[0]))

"""Unduh: the filtered registry as CSV and XLSX, with the manifest that explains it."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import data, state, tables, widgets
from geodata.exports.extracts import kim_extract, manifest
from geodata.exports.tables import SEPARATORS, to_csv
from geodata.text import number, text
from geodata.wording import filter_in_words, region_path

_PREVIEW_ROWS = 50

selection = state.current()
lang, kim_filter = selection.bahasa, selection.kim_filter
snapshot = data.snapshot()
extract = kim_extract(snapshot, kim_filter, selection.wilayah)

widgets.breadcrumb(selection)
st.header(text("unduh.title", lang))
st.markdown(
    text(
        "unduh.lead",
        lang,
        jumlah=number(len(extract), lang),
        wilayah=region_path(data.gazetteer(), selection.wilayah, lang),
        filter=filter_in_words(kim_filter, lang),
    )
)
if extract.empty:
    st.info(text("unduh.empty", lang), icon=":material/info:")
    st.stop()

explained = manifest(
    snapshot,
    kim_filter,
    within=selection.wilayah,
    rows=len(extract),
    sources=data.extract_sources(),
    made=datetime.now(UTC).isoformat(timespec="seconds"),
    lang=lang,
)
separator = st.radio(
    text("unduh.separator", lang),
    SEPARATORS[::-1],
    format_func=lambda mark: text("unduh.semicolon" if mark == ";" else "unduh.comma", lang),
)
name = f"kim-{selection.wilayah or 'indonesia'}-{snapshot.date}"
with st.container(horizontal=True):
    sheets = {"KIM": extract, text("unduh.sheet", lang): explained}
    tables.downloads(lambda: sheets, name, lang, separator)
    st.download_button(
        text("download.manifest", lang),
        lambda: to_csv(explained, separator),
        file_name=f"{name}-keterangan.csv",
        mime="text/csv",
        icon=":material/description:",
        on_click="ignore",
    )

st.subheader(text("unduh.preview", lang, jumlah=number(min(len(extract), _PREVIEW_ROWS), lang)))
tables.show_table(tables.kim_list(extract.head(_PREVIEW_ROWS), lang), "unduh", lang)
st.subheader(text("unduh.manifest", lang))
st.table(explained.set_index(explained.columns[0]))

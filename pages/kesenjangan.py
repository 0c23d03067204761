"""Kesenjangan: the kecamatan and the desa in which no KIM passes the filter."""

import streamlit as st

from dashboard import data, state, tables, widgets
from geodata.analysis.gaps import regions_without_kim
from geodata.regions import Level, level_of
from geodata.text import number, percent, text
from geodata.wording import filter_in_words, level_name, region_path

selection = state.current()
lang, kim_filter, scope = selection.bahasa, selection.kim_filter, selection.scope
snapshot, gazetteer = data.snapshot(), data.gazetteer()

widgets.breadcrumb(selection)
st.header(text("kesenjangan.title", lang))
st.markdown(
    text(
        "kesenjangan.lead",
        lang,
        wilayah=region_path(gazetteer, scope, lang),
        filter=filter_in_words(kim_filter, lang),
    )
)

in_kecamatan = scope is not None and level_of(scope) is Level.KECAMATAN
levels = [Level.DESA] if in_kecamatan else [Level.KECAMATAN, Level.DESA]
gaps = {level: regions_without_kim(snapshot, kim_filter, level, scope) for level in levels}
with st.container(horizontal=True):
    for level, empty in gaps.items():
        part = gazetteer.within(level, scope)
        size = part.stop - part.start
        st.metric(
            text("kesenjangan.count", lang, tingkat=level_name(level, lang)),
            text(
                "kesenjangan.of",
                lang,
                kosong=number(len(empty), lang),
                jumlah=number(size, lang),
                bagian=percent(len(empty) / size, lang),
            ),
            border=True,
        )

for tab, (level, empty) in zip(
    st.tabs([text(f"level_title.{level}", lang) for level in gaps]), gaps.items(), strict=True
):
    with tab:
        if empty.empty:
            st.success(text("kesenjangan.no_gap", lang, tingkat=level_name(level, lang)))
            continue
        tables.show_table(empty, f"kosong-{level}", lang)
        name = f"tanpa-kim-{level}-{scope or 'indonesia'}"
        title = text(f"level_title.{level}", lang).replace("/", "-")
        with st.container(horizontal=True):
            tables.downloads(lambda title=title, empty=empty: {title: empty}, name, lang)

"""Finding KIM: by a few words, or in the list of a region, of which several can be chosen."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import bulk, persons
from dashboard.data_kim.whereabouts import ADD, PROPOSE, address_of, turn_to
from dashboard.frame import tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.workshop.kept import kept
from geodata.exports.extracts import kim_extract
from geodata.people.rights import Right
from geodata.registry.by_hand.kim import find_kim_by_words
from geodata.registry.snapshot import Snapshot
from geodata.settings import settings
from geodata.text import number, text
from geodata.view.address import VIEW
from geodata.view.kim_words import desa_in_words
from geodata.view.view import View
from geodata.view.words import nothing_in_words, region_title

_SHOWN_AT_MOST = 20


def draw(snapshot: Snapshot | None, view: View) -> None:
    """Draw the search and the list; ``None`` is a registry without a KIM."""
    lang = view.lang
    if snapshot is not None and snapshot.illustrative:
        st.info(text("data_kim.sample", lang), icon=":material/science:")
        if permission.may_somewhere(Right.IMPOR):
            st.page_link(
                "../pages/impor.py",
                label=text("data_kim.import_first", lang),
                query_params=VIEW.write(view),
                icon=":material/upload_file:",
            )
    words = ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if snapshot is not None and not snapshot.illustrative:
            words = st.text_input(
                text("data_kim.search", lang),
                key="cari-kim",
                placeholder=text("data_kim.search_hint", lang),
                icon=":material/search:",
            )
        if permission.may_somewhere(Right.UBAH):
            st.button(
                text(f"data_kim.action.{ADD}", lang),
                key=ADD,
                icon=":material/add:",
                on_click=turn_to,
                args=(0, ADD),
            )
        elif settings().proposals and snapshot is not None and not snapshot.illustrative:
            st.button(
                text(f"data_kim.action.{PROPOSE}", lang),
                key=PROPOSE,
                icon=":material/add:",
                on_click=turn_to,
                args=(0, PROPOSE),
            )
    if snapshot is not None and words:
        _hits(snapshot, words, lang)
    if snapshot is not None and not snapshot.illustrative:
        _links(snapshot, persons.draw(lang))
    if snapshot is not None:
        _list(snapshot, view)


def _hits(snapshot: Snapshot, words: str, lang: str) -> None:
    """Draw what the search finds, each a link to its page."""
    hits = find_kim_by_words(snapshot, words, _SHOWN_AT_MOST)
    if not hits:
        st.caption(say("data_kim.search_none", lang, query=words))
    _links(snapshot, hits)
    if len(hits) == _SHOWN_AT_MOST:
        st.caption(say("data_kim.search_some", lang, jumlah=number(len(hits), lang)))


def _links(snapshot: Snapshot, kim_ids: list[int]) -> None:
    """Draw a link to the page of each KIM."""
    rows = {kim_id: row for row, kim_id in enumerate(snapshot.kim_ids)} if kim_ids else {}
    for kim_id in kim_ids:
        if kim_id not in rows:  # it came, or went, after the snapshot
            continue
        kim = snapshot.kim.iloc[rows[kim_id]]
        where = desa_in_words(data.gazetteer(), kim["kode_wilayah"])
        st.page_link(
            "../pages/data_kim.py",
            label=f"**{literal(kim['nama_kim'])}** · {literal(where)}",
            query_params=address_of(kim_id),
            icon=":material/groups:",
        )


def _list(snapshot: Snapshot, view: View) -> None:
    lang = view.lang
    widgets.controls(view)
    title = region_title(snapshot.gazetteer, view.region, lang)
    st.header(say("data_kim.list", lang, wilayah=title), anchor=False)
    kim = kept(kim_extract, snapshot, view.kim_filter, view.region)
    if kim.empty:
        st.info(nothing_in_words("profil.no_kim", view.kim_filter, lang), icon=":material/info:")
        return
    listed = tables.kim_list(kim)
    if snapshot.illustrative:
        tables.show_table(listed, "data-kim", lang)
        return
    many = bulk.may_somewhere()
    st.caption(text("data_kim.list_hint" if many else "data_kim.list_hint_reader", lang))
    chosen = np.flatnonzero(snapshot.mask(view.kim_filter, view.region))
    ids = [snapshot.kim_ids[row] for row in chosen]
    if many and len(ids) > 1:
        label = say("data_kim.bulk.all", lang, jumlah=number(len(ids), lang))
        if st.toggle(label, key="semua-daftar"):
            bulk.draw(ids, "semua", lang)
            return
    part = tables.page_of(listed.set_axis(pd.Index(ids), axis=0), "data-kim", lang)
    shown = part.shown.index.tolist()
    # The key changes with what is listed: a tick must never stay on another KIM.
    key = f"data-kim-{hash((snapshot.version, tuple(shown)))}"
    ticked = [shown[row] for row in tables.tickable(part.shown.reset_index(drop=True), key, lang)]
    if len(ticked) == 1:
        name = part.shown.at[ticked[0], "nama_kim"]
        st.button(
            say("data_kim.open", lang, nama=name),
            key="buka-kim",
            type="primary",
            icon=":material/open_in_new:",
            on_click=turn_to,
            args=(ticked[0],),
        )
    if ticked and many:
        bulk.draw(ticked, "banyak", lang)

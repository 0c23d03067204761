"""Third step of an import: the rows of which the desa is in doubt, one by one or in bulk."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import desa_choice, doing
from dashboard.frame.markdown import literal, say
from dashboard.impor import queue as intake_queue
from dashboard.impor import steps
from dashboard.map import desa_map
from geodata.matching.candidate import Method
from geodata.registry.database.batches import Batch, find_batch, read_staged_rows
from geodata.registry.database.reviewing import (
    Queue,
    best_candidates,
    queue_ids,
    same_place,
)
from geodata.registry.own_region import is_elsewhere
from geodata.registry.placing_by_hand import choose_desa
from geodata.registry.reasons import DOUBTING, Reason
from geodata.registry.staging import PLACE_WRITTEN
from geodata.text import number, percent, text

_REASONS = tuple(
    str(reason) for reason in Reason if reason in DOUBTING - {Reason.TWIN, Reason.NUMBER_TAKEN}
)
_LEAST = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


def draw(batch: Batch, lang: str) -> None:
    """Draw the step."""
    intake_queue.draw_step(batch, "desa", _REASONS, one_by_one=_one_by_one, bulk=_bulk, lang=lang)


def _one_by_one(queue: Queue, lang: str) -> None:
    row_id = intake_queue.turn_pages(queue_ids(steps.registry(), queue), lang)
    steps.note_look(queue.batch_id)
    rows = read_staged_rows(steps.registry(), queue.batch_id, ids=[row_id], with_personal=True)
    region = find_batch(steps.registry(), queue.batch_id).region
    row = _in_region(rows.iloc[0], region)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _written(row, lang)
        kode = _candidates(row, row_id, region, lang)
        others = same_place(steps.registry(), row_id)
        if others:
            label = say("impor.review.also", lang, count=number(len(others), lang))
            if not st.checkbox(label, value=True, key=f"juga-{row_id}"):
                others = []
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = text("impor.review.accept_none", lang)
            if kode:
                label = say("impor.review.accept", lang, desa=data.gazetteer().name(kode))
            st.button(
                label,
                key="terima",
                type="primary",
                icon=":material/check:",
                disabled=not kode,
                on_click=doing.guarded,
                args=(_accept, queue.batch_id, dict.fromkeys([row_id, *others], kode), lang),
            )
            intake_queue.reject_button(queue.batch_id, [row_id], lang)
    with right:
        _on_map(row, lang)


def _on_map(row: pd.Series, lang: str) -> None:
    """Draw the candidates, and the point that the file gives."""
    codes = [candidate["kode"] for candidate in row["kandidat"]]
    point = None if pd.isna(row["lat"]) or pd.isna(row["lng"]) else (row["lat"], row["lng"])
    if not desa_map.draw(codes, point, text("impor.review.map", lang), "peta-calon", lang):
        st.info(text("impor.review.map_none", lang), icon=":material/map:")
    if point is not None:
        lat, lng = (number(value, lang, 5) for value in point)
        st.caption(say("impor.review.map_point", lang, lat=lat, lng=lng))


def _in_region(row: pd.Series, region: str | None) -> pd.Series:
    """Return a row with those of its candidates that its batch may be put into."""
    row = row.copy()
    row["kandidat"] = [it for it in row["kandidat"] if not is_elsewhere(it["kode"], region)]
    return row


def _written(row: pd.Series, lang: str) -> None:
    """Draw what the file says of a row, and why it is in review."""
    intake_queue.show_heading(row, lang)
    names = ", ".join(row[name] for name in reversed(PLACE_WRITTEN) if row[name])
    written = literal(names or text("impor.review.nothing_written", lang))
    st.markdown(f"{text('impor.review.in_file', lang)}: **{written}**")
    intake_queue.show_why(row, lang)
    with st.expander(text("impor.review.raw", lang)):
        intake_queue.show_cells(row["raw"])
        if row["personal"]:
            st.caption(text("impor.review.personal", lang))
            intake_queue.show_cells(row["personal"])


def _candidates(row: pd.Series, row_id: int, region: str | None, lang: str) -> str:
    """Draw the candidates and the search for another desa; return the code that is chosen."""
    candidates = {candidate["kode"]: candidate for candidate in row["kandidat"]}
    if not candidates:
        st.info(text("impor.review.no_candidates", lang), icon=":material/search_off:")
    chosen = ""
    if candidates:
        chosen = st.radio(
            text("impor.review.candidates", lang),
            [*candidates, ""],
            format_func=lambda kode: (
                _in_words(list(candidates).index(kode) + 1, candidates[kode], lang)
                if kode
                else text("impor.review.other", lang)
            ),
            key=f"calon-{row_id}",
        )
    if chosen:
        return chosen
    near = row["kandidat"][0]["kode"] if candidates else ""
    return desa_choice.choose(
        text("impor.review.search", lang),
        str(row_id),
        near,
        lang,
        allowed=lambda kode: not is_elsewhere(kode, region),
    )


def _in_words(rank: int, candidate: dict[str, Any], lang: str) -> str:
    return f"{rank}. " + say(
        "impor.review.candidate",
        lang,
        nama=candidate["nama"],
        wilayah=candidate["wilayah"],
        score=percent(candidate["skor"], lang, 0),
        why=text(f"impor.candidate_why.{candidate['metode'] or Method.NAMA_MIRIP}", lang),
    )


def _accept(batch_id: int, chosen: dict[int, str], lang: str) -> str:
    with steps.acting_on(batch_id) as who:
        choose_desa(steps.registry(), batch_id, chosen, data.gazetteer(), who=who)
    return say("impor.review.done", lang, count=number(len(chosen), lang))


def _bulk(queue: Queue, lang: str) -> None:
    least = st.select_slider(
        text("impor.review.least", lang),
        _LEAST,
        format_func=lambda share: percent(share, lang, 0),
        key="skor-sedikitnya",
        width=420,
    )
    queue = Queue(queue.batch_id, queue.question, queue.reason, least)
    ids = queue_ids(steps.registry(), queue)
    ticked = intake_queue.show_list(queue, ids, _listed, lang)
    region = find_batch(steps.registry(), queue.batch_id).region
    best = {
        row_id: kode
        for row_id, kode in best_candidates(steps.registry(), queue).items()
        if not is_elsewhere(kode, region)
    }
    chosen = {row_id: best[row_id] for row_id in ticked or ids if row_id in best}
    with st.container(horizontal=True):
        if chosen:
            count = number(len(chosen), lang)
            doing.confirmed(
                say("impor.review.accept_bulk", lang, count=count),
                say("impor.review.accept_sure", lang, count=count),
                _accept,
                queue.batch_id,
                chosen,
                lang,
                key="terima-sekaligus",
                icon=":material/done_all:",
            )
        if ids:
            intake_queue.reject_button(queue.batch_id, ticked or ids, lang)


def _listed(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return rows as the list shows them, with their best candidate."""
    best = [candidates[0] if candidates else {} for candidates in rows["kandidat"]]
    return pd.DataFrame(
        {
            "line": rows["line"],
            "nama_kim": rows["nama_kim"],
            "tertulis": [
                ", ".join(name for name in names if name)
                for names in zip(*(rows[name] for name in reversed(PLACE_WRITTEN)), strict=True)
            ],
            "calon": [
                f"{candidate['nama']}, {candidate['wilayah']}" if candidate else "–"
                for candidate in best
            ],
            "skor": [candidate.get("skor") for candidate in best],
            "sebab": [
                text(f"impor.candidate_why.{candidate['metode'] or Method.NAMA_MIRIP}", lang)
                if candidate
                else ""
                for candidate in best
            ],
        }
    )

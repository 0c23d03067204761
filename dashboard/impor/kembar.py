"""Fourth step of an import: the rows that may be a KIM we have already, side by side with it."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import doing
from dashboard.frame.markdown import literal, say
from dashboard.impor import queue as intake_queue
from dashboard.impor import steps
from geodata.registry.database.batches import Batch, read_staged_rows
from geodata.registry.database.deciding import Decision
from geodata.registry.database.duplicates.twins import Twin, merged_with_first, twins_of, values_of
from geodata.registry.database.reviewing import Queue, queue_ids
from geodata.registry.database.states import Choice
from geodata.registry.reasons import Reason
from geodata.registry.staging import sheet_and_line
from geodata.text import number, text
from geodata.view.kim_words import desa_in_words, value_in_words

_REASONS = (Reason.TWIN, Reason.NUMBER_TAKEN)
_DIFFERS = "background-color: #fdf0d5"


def draw(batch: Batch, lang: str) -> None:
    """Draw the step."""
    intake_queue.draw_step(batch, "kembar", _REASONS, one_by_one=_one_by_one, bulk=_bulk, lang=lang)


def _one_by_one(queue: Queue, lang: str) -> None:
    registry = steps.registry()
    row_id = intake_queue.turn_pages(queue_ids(registry, queue), lang)
    steps.note_look(queue.batch_id)
    row = read_staged_rows(registry, queue.batch_id, ids=[row_id], with_personal=True).iloc[0]
    intake_queue.show_heading(row, lang)
    intake_queue.show_why(row, lang)
    twins = twins_of(registry, queue.batch_id, row)
    if twins:
        st.markdown(text("impor.twins.lead", lang))
        st.table(_beside(row, twins, lang))
    else:
        st.info(text("impor.twins.gone", lang), icon=":material/info:")
    other: Twin | None = twins[0] if twins else None
    if len(twins) > 1:
        other = st.radio(
            text("impor.twins.which", lang),
            twins,
            format_func=lambda twin: _titled(twin, lang),
            key=f"banding-{row_id}",
        )
    if other is not None:
        said = text(f"impor.twin_why.{other.why}", lang)
        st.markdown(say("impor.twins.why", lang, why=said))
        if other.elsewhere:
            st.info(text("impor.twins.elsewhere", lang), icon=":material/lock:")
    keep_help = text("impor.twins.keep_help", lang)
    if any(twin.why == "nomor_induk" for twin in twins):
        keep_help += " " + text("impor.twins.keep_number", lang)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if other is not None and not other.elsewhere:
            st.button(
                text("impor.twins.merge", lang),
                key="gabung",
                type="primary",
                icon=":material/merge:",
                help=text("impor.twins.merge_help", lang),
                on_click=doing.guarded,
                args=(_decide, queue.batch_id, {row_id: _merged_with(other)}, lang),
            )
        st.button(
            text("impor.twins.keep", lang),
            key="terpisah",
            icon=":material/call_split:",
            help=keep_help,
            on_click=doing.guarded,
            args=(_decide, queue.batch_id, {row_id: Decision(Choice.TERPISAH)}, lang),
        )
        intake_queue.reject_button(queue.batch_id, [row_id], lang)


def _merged_with(twin: Twin) -> Decision:
    return Decision(Choice.GABUNG, kim_id=twin.kim_id, row_id=twin.row_id)


def _decide(batch_id: int, decisions: dict[int, Decision], lang: str) -> str:
    intake_queue.decide_all(batch_id, decisions)
    return say("impor.review.done", lang, count=number(len(decisions), lang))


def _titled(twin: Twin, lang: str) -> str:
    """Return what a row is compared with, as Markdown."""
    if twin.kim_id is not None:
        name = twin.values["nama_kim"]
        return f"{text('impor.twins.kim', lang)}: {literal(name)} (#{twin.kim_id})"
    return say("impor.twins.row", lang, line=sheet_and_line(twin.where)[1])


def _beside(row: pd.Series, twins: list[Twin], lang: str) -> Any:
    """Return the row and what it may be the same as, a column each, the differences coloured."""
    columns: dict[str, Mapping[str, Any]] = {text("impor.twins.this", lang): values_of(row)}
    columns |= {_titled(twin, lang): twin.values for twin in twins}
    told = {
        title: {
            name: literal(value_in_words(name, value, data.gazetteer(), lang))
            for name, value in values.items()
        }
        for title, values in columns.items()
    }
    table = pd.DataFrame(told).fillna("")
    table = table[(table != "").any(axis=1)]

    def paint(said: pd.Series) -> list[str]:
        differ = len({value for value in said if value}) > 1
        return [_DIFFERS if differ else ""] * len(said)

    titles = pd.Index(_row_titles(table.index, lang), name=text("impor.twins.field", lang))
    return table.set_axis(titles).style.apply(paint, axis=1)


def _row_titles(names: Iterable[str], lang: str) -> list[str]:
    """Return what values are called, as Markdown: fields as we do, other columns as their file."""
    titles: list[str] = []
    for name in names:
        title = literal(name)
        if name in _NAMED:
            title = text(f"impor.field.{_LABELS.get(name, name)}", lang)
        while title in titles:  # a column of the file may be called as a field of ours
            title += " ·"
        titles.append(title)
    return titles


_LABELS = {"kode_wilayah": "desa"}  # which is told by its name
_NAMED = (
    "nomor_induk", "nama_kim", "kode_wilayah", "bidang", "bidang_lain", "status",
    "tanggal_terdaftar", "tanggal_diperbarui", "domain", "jumlah_anggota", "lat", "lng",
    "ketua", "telepon", "alamat",
)  # fmt: skip


def _bulk(queue: Queue, lang: str) -> None:
    registry = steps.registry()
    ids = queue_ids(registry, queue)
    ticked = intake_queue.show_list(queue, ids, _listed, lang)
    chosen = ticked or ids
    count = number(len(chosen), lang)
    with st.container(horizontal=True):
        for key, action, icon in (
            ("merge", _merge_all, ":material/merge:"),
            ("keep", _keep_all, ":material/call_split:"),
        ):
            doing.confirmed(
                say(f"impor.twins.{key}_bulk", lang, count=count),
                say("impor.twins.bulk_sure", lang, count=count),
                action,
                queue,
                chosen,
                lang,
                key=f"{key}-sekaligus",
                icon=icon,
            )
        intake_queue.reject_button(queue.batch_id, chosen, lang)


def _keep_all(queue: Queue, ids: list[int], lang: str) -> str:
    return _decide(queue.batch_id, dict.fromkeys(ids, Decision(Choice.TERPISAH)), lang)


def _merge_all(queue: Queue, ids: list[int], lang: str) -> str:
    first_twins = merged_with_first(steps.registry(), queue)
    merges = {row_id: first_twins[row_id] for row_id in ids if row_id in first_twins}
    return _decide(queue.batch_id, merges, lang)


def _listed(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return rows as the list shows them, with what they may be the same as."""
    return pd.DataFrame(
        {
            "line": rows["line"],
            "nama_kim": rows["nama_kim"],
            "nomor_induk": rows["nomor_induk"],
            "desa": [desa_in_words(data.gazetteer(), code) for code in rows["kode_wilayah"]],
            "kembar_dengan": [_first_in_words(twins, lang) for twins in rows["kembar"]],
        }
    )


def _first_in_words(twins: list[dict[str, Any]], lang: str) -> str:
    if not twins:
        return ""
    other, why = twins[0]["with"], text(f"impor.twin_why.{twins[0]['why']}", lang)
    if isinstance(other, int):
        return f"{text('impor.twins.kim', lang)} #{other}: {why}"
    return f"{text('impor.twins.row', lang, line=sheet_and_line(other)[1])}: {why}"

"""What the steps of matches and of duplicates share: going through the rows that wait."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import doing, tables
from dashboard.frame.markdown import literal, say
from dashboard.impor import steps
from geodata.errors import SelectionError
from geodata.registry.database.batches import Batch, read_staged_rows
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.reviewing import Question, Queue, count_reasons
from geodata.registry.database.states import Choice
from geodata.text import number, text

ROWS_A_PAGE = 100
_WAYS = ("one", "bulk")


def draw_step(
    batch: Batch,
    question: Question,
    reasons: Sequence[str],
    *,
    one_by_one: Callable[[Queue, str], None],
    bulk: Callable[[Queue, str], None],
    lang: str,
) -> None:
    """Draw a step: what waits for the operator, to be decided row by row or in bulk."""
    steps.show_steps(question, lang)
    steps.show_counts(batch, lang)
    queue = choose(batch, question, reasons, lang)
    if queue is None:
        st.success(text(f"impor.review.none_{question}", lang), icon=":material/check_circle:")
    elif in_bulk():
        bulk(queue, lang)
    else:
        one_by_one(queue, lang)
    st.caption(text("impor.safe_to_leave", lang))
    steps.show_way(batch, question, lang)


def choose(batch: Batch, question: Question, reasons: Sequence[str], lang: str) -> Queue | None:
    """Draw the choice of reason and way; return the rows chosen, ``None`` if none waits."""
    counts = count_reasons(steps.registry(), batch.id)[question]
    if not counts[""]:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        reason = ""
        present = [name for name in reasons if name in counts]
        if len(present) > 1:
            reason = st.selectbox(
                text("impor.review.reason", lang),
                ["", *present],
                format_func=lambda name: (
                    f"{_reason(name, lang)} ({number(counts.get(name, 0), lang)})"
                ),
                key=f"alasan-{question}",
                width=420,
            )
        st.segmented_control(
            text("impor.review.way", lang),
            _WAYS,
            default="one",
            required=True,
            format_func=lambda way: text(f"impor.review.{way}", lang),
            key="cara",
        )
    return Queue(batch.id, question, reason if counts.get(reason) else "")


def in_bulk() -> bool:
    """Tell whether the operator decides in bulk."""
    return st.session_state.get("cara") == "bulk"


def _reason(reason: str, lang: str) -> str:
    return text(f"registry.reason.{reason}" if reason else "impor.review.all", lang)


def turn_pages(ids: Sequence[int], lang: str) -> int:
    """Draw where in the queue we are, with the ways back and on; return the row to look at.

    The address names the row. Once it is decided, the one that waited behind it comes.
    """
    asked = steps.here().row
    position = next((i for i, row_id in enumerate(ids) if asked and row_id >= asked), 0)
    with st.container(horizontal=True, vertical_alignment="center"):
        ways = (("before", ":material/arrow_back:", -1), ("leave", ":material/arrow_forward:", 1))
        for key, icon, step in ways:
            st.button(
                text(f"impor.review.{key}", lang),
                key=f"halaman-{key}",
                icon=icon,
                disabled=len(ids) < 2,
                on_click=_turn,
                args=(ids[(position + step) % len(ids)],),
            )
        counted = {"place": number(position + 1, lang), "count": number(len(ids), lang)}
        st.markdown(say("impor.review.of", lang, **counted), width="content")
    return ids[position]


def _turn(row_id: int) -> None:
    steps.turn_to(replace(steps.here(), row=row_id))


def show_heading(row: pd.Series, lang: str) -> None:
    """Draw which row of the file it is, and the name of its KIM."""
    line, sheet = number(row["line"], lang), row["sheet"]
    if sheet:
        line += text("impor.review.sheet", lang, sheet=sheet)
    st.header(
        say(
            "impor.review.place",
            lang,
            line=line,
            name=row["nama_kim"] or text("impor.review.unnamed", lang),
        ),
        anchor=False,
    )


def show_why(row: pd.Series, lang: str) -> None:
    """Draw why a row is in review."""
    reasons = "; ".join(_reason(reason, lang) for reason in row["alasan"])
    st.markdown(say("impor.review.why", lang, reasons=reasons))


def show_cells(cells: Mapping[str, Any]) -> None:
    """Draw cells of a row as they were read."""
    for header, cell in cells.items():
        if not cell:
            continue
        st.markdown(f":small[{literal(str(header))}]  \n{literal(str(cell))}")


def show_list(
    queue: Queue,
    ids: Sequence[int],
    listed: Callable[[pd.DataFrame, str], pd.DataFrame],
    lang: str,
) -> list[int]:
    """Draw a page of the rows with boxes to tick; return the ids of those that are ticked.

    Parameters
    ----------
    listed
        Makes of rows (of ``read_staged_rows``) what the list shows.
    """
    if not ids:
        return []
    pages = -(-len(ids) // ROWS_A_PAGE)
    page = 1
    if pages > 1:
        label = say("impor.review.page", lang, pages=number(pages, lang))
        page = st.number_input(label, 1, pages, key="halaman-daftar", width=200)
    shown = ids[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    rows = read_staged_rows(steps.registry(), queue.batch_id, ids=shown)
    # The key changes with what is listed: a tick must never stay on another row.
    event = tables.tickable(listed(rows, lang), f"daftar-{hash(tuple(shown))}", lang)
    st.caption(say("impor.review.ticked", lang, count=number(len(ids), lang)))
    return [shown[position] for position in event if position < len(shown)]


def reject_button(batch_id: int, ids: Sequence[int], lang: str) -> None:
    """Draw the button that rejects rows, which asks for the reason first."""
    label = text("impor.review.reject", lang)
    if len(ids) > 1:
        label = say("impor.review.reject_bulk", lang, count=number(len(ids), lang))
    with st.popover(label, icon=":material/close:"):
        key = f"alasan-tolak-{ids[0]}"
        st.text_input(
            text("impor.review.reject_reason", lang),
            key=key,
            placeholder=text("impor.review.reject_hint", lang),
        )
        st.button(
            label,
            key=f"tolak-{ids[0]}",
            type="primary",
            on_click=doing.guarded,
            args=(_reject, batch_id, list(ids), key, lang),
        )


def _reject(batch_id: int, ids: list[int], key: str, lang: str) -> str:
    reason = st.session_state[key].strip()
    if not reason:
        raise SelectionError("reject_reason")
    decide_all(batch_id, dict.fromkeys(ids, Decision(Choice.TOLAK, reason=reason)))
    return say("impor.review.done", lang, count=number(len(ids), lang))


def decide_all(batch_id: int, decisions: Mapping[int, Decision]) -> None:
    """Decide about rows of a batch, by their ids."""
    with steps.acting_on(batch_id) as who:
        decide(steps.registry(), decisions, data.gazetteer(), who=who)

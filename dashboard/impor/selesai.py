"""A batch once it was committed or given up: what it did, undoing and redoing it, what to mend."""

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import permission
from dashboard.frame import doing, state, tables
from dashboard.frame.markdown import literal, say
from dashboard.impor import mencakup, steps, tanggal
from geodata.days import office_day
from geodata.people.audit import record_look
from geodata.people.rights import Right
from geodata.registry.database.batches import Batch
from geodata.registry.database.committing import commit
from geodata.registry.database.handing_out import rows_to_mend
from geodata.registry.database.reported import Covers
from geodata.registry.database.reviewing import region_of
from geodata.registry.database.states import State
from geodata.registry.database.undoing import redo, undo
from geodata.registry.staging import Outcome
from geodata.text import day, number, text
from geodata.view.address import VIEW

_CHANGES = {"undo": undo, "redo": redo}
_OUTSIDE: tuple[Outcome, ...] = ("ditolak", "ditinjau")


def card(batch: Batch, lang: str) -> None:
    """Draw a batch in a list, with what can be done about it."""
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        counts = " · ".join(
            f"{number(getattr(batch, name), lang)} {text(f'impor.count.{name}', lang).lower()}"
            for name in ("rows", "diterima", "ditinjau", "ditolak")
        )
        name = literal(_name(batch, lang))
        st.markdown(
            f"**{batch.id}. {name}** · {text(f'impor.state.{batch.state}', lang)}  \n"
            f"{about(batch, lang)}  \n{counts}"
        )
        draft = batch.state is State.DRAF
        if draft and (kept := steps.say_kept_until(batch, lang)):
            st.caption(kept)
        st.button(
            text("impor.waiting.open" if draft else "impor.history.open", lang),
            key=f"buka-{batch.id}",
            type="primary" if draft else "secondary",
            on_click=steps.go,
            args=(batch.id,),
        )
        undo_or_redo(batch, lang)


def _name(batch: Batch, lang: str) -> str:
    """Return what a batch is called: its file, or that it was done by hand."""
    return batch.file_name or text("impor.history.by_hand", lang)


def about(batch: Batch, lang: str) -> str:
    """Return who sent a batch, when it came, and who took it, as Markdown."""
    return say(
        "impor.history.who",
        lang,
        sender=batch.sender or text("impor.history.no_sender", lang),
        date=day(office_day(batch.at), lang),
        who=batch.who,
    )


def undo_or_redo(batch: Batch, lang: str) -> None:
    """Draw the button that undoes a batch, or puts it back; both ask once more.

    A draft whose time is over stays as it is.
    """
    committed = bool(batch.baru or batch.diperbarui or batch.sama)
    if batch.cleared and not committed:
        st.caption(text("impor.done.over", lang))
        return
    name = "redo" if batch.state is State.DIBATALKAN else "undo"
    key = f"impor.done.{name}" if committed else f"impor.done.{name}_draft"
    doing.confirmed(
        text(key, lang),
        text(f"{key}_sure", lang),
        _change,
        name,
        batch.id,
        lang,
        key=f"{name}-{batch.id}",
        icon=":material/redo:" if name == "redo" else ":material/undo:",
    )


def _change(name: str, batch_id: int, lang: str) -> str:
    with steps.acting_on(batch_id) as who:
        version = _CHANGES[name](steps.registry(), batch_id, who=who)
    if version is not None:
        said = number(version, lang)
        return say(f"impor.done.{name}_done", lang, id=batch_id, version=said)
    if name == "undo":
        steps.turn_to()
    return say(f"impor.done.{name}_draft_done", lang, id=batch_id)


def draw(batch: Batch, lang: str) -> None:
    """Draw what became of a batch."""
    st.header(say("impor.done.heading", lang, id=batch.id, file=_name(batch, lang)))
    st.markdown(f"**{text(f'impor.state.{batch.state}', lang)}** · {about(batch, lang)}")
    steps.show_counts(batch, lang)
    if batch.baru or batch.diperbarui or batch.sama:
        with st.container(horizontal=True):
            for name in ("baru", "diperbarui", "sama"):
                figure = number(getattr(batch, name), lang)
                st.metric(text(f"impor.done.{name}", lang), figure, border=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        if batch.state is State.MASUK:
            where = region_of(steps.registry(), batch.id)
            st.page_link(
                "../pages/peta.py",
                label=text("impor.done.map", lang),
                query_params=VIEW.write(state.current().at(where)),
                icon=":material/map:",
            )
            if batch.ditinjau or batch.waiting:
                st.button(
                    say("impor.done.more", lang, count=number(batch.ditinjau, lang)),
                    icon=":material/rule:",
                    on_click=steps.go,
                    args=(batch.id, "desa"),
                )
        undo_or_redo(batch, lang)
    if batch.state is State.MASUK:
        _covering(batch, lang)
    to_mend(batch, lang)


def _covering(batch: Batch, lang: str) -> None:
    """Draw whose list the batch is and of which day, and let it be said anew."""
    with st.expander(mencakup.reported_in_words(batch, lang), icon=":material/fact_check:"):
        covers, as_of = mencakup.choose(batch, lang), tanggal.choose(batch, lang)
        st.button(
            text("impor.covers.save", lang),
            disabled=None in (covers, as_of) or (covers, as_of) == (batch.covers, batch.as_of),
            on_click=doing.guarded,
            args=(_say_anew, batch.id, covers, as_of, lang),
        )


def _say_anew(batch_id: int, covers: Covers, as_of: date, lang: str) -> str:
    with steps.acting_on(batch_id) as who:
        done = commit(steps.registry(), batch_id, who=who, covers=covers, as_of=as_of)
    return say("impor.covers.saved", lang, version=number(done.version, lang))


def to_mend(batch: Batch, lang: str) -> None:
    """Draw the downloads of the rows that did not go in."""
    left = [outcome for outcome in _OUTSIDE if getattr(batch, outcome)]
    if left and batch.cleared:
        st.caption(say("impor.done.cleared", lang, date=day(office_day(batch.cleared), lang)))
        return
    for outcome in left:
        said = text(f"impor.count.{outcome}", lang).lower()
        st.markdown(f"**{say('impor.done.mend', lang, outcome=said)}**")
        with st.container(horizontal=True):
            rows = _to_mend(batch, outcome, lang)
            tables.downloads_as_they_are(rows, f"{outcome}-{batch.id}", lang)
    if left:
        kept = steps.say_kept_until(batch, lang)
        st.caption(" ".join(filter(None, [text("impor.done.mend_note", lang), kept])))


def _to_mend(batch: Batch, outcome: Outcome, lang: str) -> Callable[[], Mapping[str, pd.DataFrame]]:
    def rows() -> Mapping[str, pd.DataFrame]:
        registry = steps.registry()
        with permission.acting(Right.PRIBADI, batch.region) as who:
            record_look(registry, who=who, region=batch.region, batch_id=batch.id)
            return {outcome: rows_to_mend(registry, batch.id, lang, outcome)}

    return permission.asked_later(rows)

"""What stands against a change, and what somebody decides: fields to mend, doubts, a conflict."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.data_kim import history, saving
from dashboard.data_kim.whereabouts import address_of
from dashboard.data_kim.words import field_in_words, told_or_empty
from dashboard.frame import doing
from dashboard.frame.markdown import literal, say
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.doubts import Doubt
from geodata.registry.by_hand.form import Problems
from geodata.registry.by_hand.saving import Doubtful
from geodata.text import text

_THEIRS, _MINE = "theirs", "mine"


def draw(lang: str) -> None:
    """Draw what stands against the change that is held here, if one is."""
    held = saving.held()
    if held is None:
        return
    if isinstance(held.against, Doubtful):
        _doubts(held.against, held.changes, lang)
    elif isinstance(held.against, Conflict):
        _conflict(held.against, held.changes[0], lang)
    else:
        _problems(held.against, lang)


def _problems(problems: Problems, lang: str) -> None:
    lines = [
        f"- **{field_in_words(name, lang)}**: {text(f'data_kim.problem.{problem}', lang)}"
        for name, problem in problems.items()
    ]
    heading = text("data_kim.problem.heading", lang)
    st.error("\n".join([heading, "", *lines]), icon=":material/error:")


def _doubts(doubtful: Doubtful, changes: tuple[Change, ...], lang: str) -> None:
    with st.container(border=True):
        st.warning(text("data_kim.doubt.heading", lang), icon=":material/content_copy:")
        for doubt in sorted(doubtful.doubts, key=lambda it: (it.kim_id or 0, it.why)):
            _doubt(doubt, lang)
        confirmed = [
            replace(change, confirmed=change.confirmed | doubtful.doubts) for change in changes
        ]
        st.button(
            text("data_kim.doubt.save", lang),
            key="tetap-simpan",
            icon=":material/done:",
            on_click=doing.guarded,
            args=(saving.save, confirmed, lang),
        )


def _doubt(doubt: Doubt, lang: str) -> None:
    if doubt.kim_id is None:
        st.markdown(text(f"data_kim.doubt.{doubt.why}", lang))
        return
    why = text(f"impor.twin_why.{doubt.why}", lang)
    twin = {"nama": doubt.nama_kim, "kim": doubt.kim_id, "sebab": why}
    st.markdown(say("data_kim.doubt.twin", lang, **twin))
    st.page_link(
        "../pages/data_kim.py",
        label=say("data_kim.open", lang, nama=doubt.nama_kim),
        query_params=address_of(doubt.kim_id),
        icon=":material/open_in_new:",
    )


def _conflict(conflict: Conflict, change: Change, lang: str) -> None:
    with st.container(border=True):
        st.warning(text("data_kim.conflict.heading", lang), icon=":material/group:")
        for event in conflict.events:
            history.show_heading(event, conflict.now.kode, lang)
        if conflict.by_others:
            st.table(_beside(conflict, lang))
            st.caption(text("data_kim.conflict.both", lang))
        keep = [name for name in conflict.by_both if _which(name, conflict, lang) == _MINE]
        both = Change(conflict.merged(keep), conflict.now, change.personal, change.reason)
        with st.container(horizontal=True):
            st.button(
                text("data_kim.conflict.save", lang),
                key="simpan-gabungan",
                type="primary",
                icon=":material/merge:",
                on_click=doing.guarded,
                args=(saving.save, [both], lang),
            )
            st.button(
                text("data_kim.conflict.drop", lang),
                key="buang-isian",
                icon=":material/undo:",
                on_click=saving.see_anew,
            )


def _which(name: str, conflict: Conflict, lang: str) -> str:
    """Draw the choice between two values of a field."""
    said = {_THEIRS: conflict.now.values[name], _MINE: conflict.mine[name]}
    return st.radio(
        say("data_kim.conflict.which", lang, kolom=field_in_words(name, lang)),
        (_THEIRS, _MINE),
        format_func=lambda whose: say(
            f"data_kim.conflict.which_{whose}", lang, isi=told_or_empty(name, said[whose], lang)
        ),
        horizontal=True,
        key=f"pakai-{name}-{conflict.now.version}",
    )


def _beside(conflict: Conflict, lang: str) -> pd.DataFrame:
    """Return what others have changed: as it was, as they have it, as it was written here."""
    columns = {
        "seen": conflict.seen.values,
        "theirs": conflict.now.values,
        "mine": conflict.mine,
    }
    rows = {
        field_in_words(name, lang): [
            literal(told_or_empty(name, values[name], lang)) for values in columns.values()
        ]
        for name in conflict.by_others
    }
    titles = [text(f"data_kim.conflict.{title}", lang) for title in columns]
    return pd.DataFrame.from_dict(rows, orient="index", columns=titles)

"""Many KIM changed at once: their status or their fields, with the difference shown before."""

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import saving
from dashboard.data_kim.words import told_or_empty
from dashboard.frame import doing
from dashboard.frame.markdown import literal, say
from geodata.people.rights import Right
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.form import WHY, problem_of_reason
from geodata.registry.by_hand.kim import read_several
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.fields import BIDANG, SEPARATOR
from geodata.registry.schema import STATUSES
from geodata.text import number, text

_WHAT = ("status", "bidang")


def draw(kim_ids: list[int], lang: str) -> None:
    """Draw what can be changed of the KIM that are ticked, and what would become of each."""
    several = read_several(data.registry(), kim_ids)
    own = [kim for kim in several if permission.may(Right.UBAH, kim.kode)]
    with st.container(border=True):
        count = number(len(own), lang)
        st.subheader(say("data_kim.bulk.heading", lang, jumlah=count), anchor=False)
        if len(own) < len(several):
            outside = number(len(several) - len(own), lang)
            st.caption(say("data_kim.bulk.outside", lang, jumlah=outside))
        name, value = _into(lang)
        reason = st.text_input(
            text("data_kim.form.reason", lang),
            help=text("data_kim.form.reason_help", lang),
            key="banyak-sebab",
        )
        changes = [
            Change({**kim.values, name: value}, kim, reason=reason.strip())
            for kim in own
            if value and kim.values[name] != value
        ]
        if value and not changes:
            st.info(text("data_kim.bulk.none", lang), icon=":material/info:")
        if not changes:
            return
        st.table(_difference(changes, name, lang))
        if problems := problem_of_reason(reason):
            st.error(text(f"data_kim.problem.{problems[WHY]}", lang), icon=":material/error:")
            return
        count = number(len(changes), lang)
        doing.confirmed(
            say("data_kim.bulk.save", lang, jumlah=count),
            say("data_kim.bulk.sure", lang, jumlah=count),
            _save,
            changes,
            lang,
            key="simpan-banyak",
            icon=":material/done_all:",
        )


def _into(lang: str) -> tuple[str, str]:
    """Draw the choice of what is changed, and to what; return both, "" while none is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            text("data_kim.bulk.what", lang),
            _WHAT,
            format_func=lambda name: text(f"impor.field.{name}", lang),
            key="banyak-apa",
            width=240,
        )
        label = text("data_kim.bulk.into", lang)
        if name == "status":
            status = st.selectbox(
                label,
                STATUSES,
                index=None,
                placeholder="",
                format_func=lambda value: text(f"status.{value}", lang),
                key="banyak-status",
                width=320,
            )
            return name, status or ""
        fields = st.multiselect(
            label,
            BIDANG,
            placeholder="",
            format_func=lambda value: text(f"bidang.{value}", lang),
            key="banyak-bidang",
            width=480,
        )
        return name, SEPARATOR.join(field for field in BIDANG if field in fields)


def _difference(changes: list[Change], name: str, lang: str) -> pd.DataFrame:
    titles = [text(f"data_kim.bulk.{when}", lang) for when in ("before", "after")]
    rows = [
        [
            literal(told_or_empty(name, values[name], lang))
            for values in (change.seen.values, change.values)
        ]
        for change in changes
        if change.seen
    ]
    names = [literal(change.values["nama_kim"]) for change in changes]
    return pd.DataFrame(rows, index=names, columns=titles)


def _save(changes: list[Change], lang: str) -> str | None:
    said, held = saving.save(changes, lang), saving.held()
    if held is not None and isinstance(held.against, Conflict):
        saving.forget()
        raise RegistryError("by_hand_changed", nama=held.against.now.values["nama_kim"])
    return said

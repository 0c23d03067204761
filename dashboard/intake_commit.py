"""Last step of an import: what will enter the registry, and putting it there."""

import streamlit as st

from dashboard import intake_batch, intake_steps
from dashboard.markdown import say
from geodata.registry.database.batches import Batch
from geodata.registry.database.committing import commit
from geodata.registry.database.history import standing
from geodata.text import number, text


def draw(batch: Batch, lang: str) -> None:
    """Draw the step."""
    intake_steps.show_steps("simpan", lang)
    st.subheader(text("impor.commit.heading", lang))
    intake_steps.show_counts(batch, lang)
    version = standing(intake_steps.registry()).version
    change = {"before": number(version, lang), "after": number(version + 1, lang)}
    st.markdown(
        f"{text('impor.commit.version', lang)}: "
        f"**{say('impor.commit.version_change', lang, **change)}**"
    )
    waiting = number(batch.waiting, lang)
    if batch.waiting:
        st.markdown(say("impor.commit.waiting", lang, count=waiting))
    else:
        st.info(text("impor.commit.nothing", lang), icon=":material/info:")
    if batch.ditinjau:
        said = say("impor.commit.in_review", lang, count=number(batch.ditinjau, lang))
        st.markdown(f":material/rule: {said}")
    with st.container(horizontal=True):
        if batch.waiting and st.button(
            say("impor.commit.start", lang, count=waiting),
            key="masukkan",
            type="primary",
            icon=":material/save:",
        ):
            with st.spinner(text("impor.commit.working", lang), show_time=True):
                intake_steps.guarded(_commit, batch.id, lang)
            st.rerun()
        intake_batch.undo_or_redo(batch, lang)
    intake_batch.to_mend(batch, lang)
    st.caption(text("impor.safe_to_leave", lang))
    intake_steps.show_way(batch, "simpan", lang)


def _commit(batch_id: int, lang: str) -> str:
    done = commit(intake_steps.registry(), batch_id, who=intake_steps.operator())
    figures = {
        name: number(getattr(done, name), lang)
        for name in ("baru", "diperbarui", "sama", "version")
    }
    said = say("impor.commit.done", lang, **figures)
    if done.kembali:
        said += " " + say("impor.commit.back", lang, count=number(done.kembali, lang))
    intake_steps.go(batch_id, intake_steps.DONE)
    return said

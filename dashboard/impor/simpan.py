"""Last step of an import: what will enter the registry, and putting it there."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import date
from functools import partial

import streamlit as st

from dashboard.frame import doing
from dashboard.frame.markdown import say
from dashboard.impor import mencakup, selesai, steps, tanggal
from geodata.registry.database.batches import Batch, find_batch
from geodata.registry.database.committing import Commit, commit
from geodata.registry.database.history import standing
from geodata.registry.database.reported import Covers
from geodata.registry.database.reviewing import result_of
from geodata.text import number, text

_STEP = 0.25  # seconds between two looks at how far a commit is


def draw(batch: Batch, lang: str) -> None:
    """Draw the step."""
    steps.show_steps("simpan", lang)
    st.header(text("impor.commit.heading", lang))
    steps.show_counts(batch, lang)
    version = standing(steps.registry()).version
    change = {"before": number(version, lang), "after": number(version + 1, lang)}
    st.markdown(
        f"{text('impor.commit.version', lang)}: "
        f"**{say('impor.commit.version_change', lang, **change)}**"
    )
    result = result_of(steps.registry(), batch.id)
    if batch.waiting:
        figures = {"baru": number(result.new, lang), "lama": number(result.known, lang)}
        waiting = number(batch.waiting, lang)
        st.markdown(say("impor.commit.waiting", lang, count=waiting, **figures))
    else:
        st.info(text("impor.commit.nothing", lang), icon=":material/info:")
    covers = mencakup.choose(batch, lang) if batch.waiting else batch.covers
    if covers is None:
        st.caption(text("impor.covers.needed", lang))
    as_of = tanggal.choose(batch, lang) if batch.waiting else batch.as_of
    if version == 0 and batch.waiting:
        st.info(text("impor.commit.first", lang), icon=":material/science:")
    if batch.ditinjau:
        st.markdown(say("impor.commit.in_review", lang, count=number(batch.ditinjau, lang)))
    with st.container(horizontal=True):
        if batch.waiting and st.button(
            say("impor.commit.start", lang, kim=number(result.new + result.known, lang)),
            key="masukkan",
            type="primary",
            icon=":material/save:",
            disabled=covers is None or as_of is None,
        ):
            doing.guarded(_commit, batch.id, covers, as_of, lang)
            st.rerun()
        selesai.undo_or_redo(batch, lang)
    selesai.to_mend(batch, lang)
    st.caption(text("impor.safe_to_leave", lang))
    steps.show_way(batch, "simpan", lang)


def _commit(batch_id: int, covers: Covers, as_of: date, lang: str) -> str:
    with steps.acting_on(batch_id) as who:
        done = _committed(batch_id, covers, as_of, who, lang)
    figures = {
        name: number(getattr(done, name), lang)
        for name in ("baru", "diperbarui", "sama", "version")
    }
    figures["kim"] = number(standing(steps.registry()).kim, lang)
    said = say("impor.commit.done", lang, **figures)
    if done.kembali:
        said += " " + say("impor.commit.back", lang, count=number(done.kembali, lang))
    steps.go(batch_id, steps.DONE)
    reported = mencakup.reported_in_words(find_batch(steps.registry(), batch_id), lang)
    return f"{said} {reported}"


def _committed(batch_id: int, covers: Covers, as_of: date, who: str, lang: str) -> Commit:
    """Commit a batch while the page says how far it is.

    The page may be closed, or the server told to stop, which ends what draws it at once. The commit
    is made by another thread, so that it comes to its end.
    """
    bar, heard = st.progress(0.0), [("Comparing", 0.0)]
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(
            copy_context().run,  # the log has to know from where it was asked for
            partial(
                commit,
                steps.registry(),
                batch_id,
                who=who,
                covers=covers,
                as_of=as_of,
                progress=lambda *told: heard.append(told),
            ),
        )
        while not wait([made], _STEP).done:
            step, share = heard[-1]
            bar.progress(share, text(f"step.{step.lower()}", lang))
    return made.result()

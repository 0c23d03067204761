"""Impor: a registry file into the registry, step by step, and the batches that came before."""

import streamlit as st

from dashboard import (
    intake_batch,
    intake_columns,
    intake_commit,
    intake_file,
    intake_matches,
    intake_steps,
    intake_twins,
    permission,
    state,
)
from geodata.registry import uploads
from geodata.text import text

STEPS = {
    "desa": intake_matches.draw,
    "kembar": intake_twins.draw,
    "simpan": intake_commit.draw,
    intake_steps.DONE: intake_batch.draw,
}

lang = state.current().lang

st.header(text("impor.title", lang))
if not permission.may_operate():
    st.info(text("impor.not_allowed", lang), icon=":material/lock:")
    st.stop()

intake_steps.expire()
state.show_notices(intake_steps.PLACE)
batch, upload = intake_steps.batch_of_address(), uploads.find(intake_steps.here().upload)
named = intake_steps.here() != intake_steps.Place()
if named:
    st.button(
        text("impor.back", lang),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=intake_steps.turn_to,
    )
else:
    st.markdown(text("impor.lead", lang))
intake_steps.show_news()
if batch is not None:
    STEPS[intake_steps.step_of(batch)](batch, lang)
elif upload is not None:
    intake_columns.draw(upload, lang)
else:
    if named:
        st.warning(text("impor.gone", lang), icon=":material/link_off:")
    intake_file.draw(lang)

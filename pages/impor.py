"""Impor: a registry file into the registry, step by step, and the batches that came before."""

import streamlit as st

from dashboard import permission
from dashboard.frame import doing, state
from dashboard.impor import berkas, desa, kembar, kolom, selesai, simpan, steps
from geodata.people.rights import Right
from geodata.registry import uploads
from geodata.text import text

STEPS = {
    "desa": desa.draw,
    "kembar": kembar.draw,
    "simpan": simpan.draw,
    steps.DONE: selesai.draw,
}

lang = state.current().lang

st.title(text("impor.title", lang))
if not permission.may_somewhere(Right.IMPOR):
    lack = permission.explain_lack(Right.IMPOR, "impor.not_allowed", lang)
    st.info(lack, icon=":material/lock:")
    st.stop()

steps.expire_hourly()
state.show_notices(steps.WHEREABOUTS)
batch, upload = steps.batch_of_address(), uploads.find_upload(steps.here().upload)
asked = batch or upload
is_theirs = asked is None or permission.may(Right.IMPOR, asked.region)
named = steps.here() != steps.Whereabouts()
if named:
    st.button(
        text("impor.back", lang),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=steps.turn_to,
    )
else:
    st.markdown(text("impor.lead", lang))
doing.show_news()
if not is_theirs:
    st.warning(text("impor.not_yours", lang), icon=":material/lock:")
    berkas.draw(lang)
elif batch is not None:
    STEPS[steps.step_of(batch)](batch, lang)
elif upload is not None:
    kolom.draw(upload, lang)
else:
    if named:
        st.warning(text("impor.gone", lang), icon=":material/link_off:")
    berkas.draw(lang)

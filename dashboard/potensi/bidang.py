"""A bidang against a potential: where much is there, and no KIM works in that field."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.charts import drawing
from dashboard.charts.scatter import scatter
from dashboard.frame import rows_behind, tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.potensi import choosing
from dashboard.potensi.settings import POTENTIAL, PotentialSettings
from dashboard.workshop.kept import kept
from geodata.registry.fields import BIDANG
from geodata.text import number, text
from geodata.view.field_potential import OF_FIELD, FieldPotential, field_potential
from geodata.view.two_measures import left_out_in_words
from geodata.view.view import View
from geodata.view.words import level_name


def draw(view: View, settings: PotentialSettings) -> None:
    """Draw the choice of bidang and potential, how they go together, and what to look at."""
    lang, field = view.lang, settings.field
    st.markdown(text("potensi.field_lead", lang))
    if view.kim_filter.bidang:
        st.caption(text("potensi.other_fields", lang))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            text("potensi.field", lang),
            BIDANG,
            format_func=lambda name: text(f"bidang.{name}", lang),
            width=240,
            **widgets.bound_own(
                POTENTIAL, "bidang_potensi", field, lambda own, name: replace(own, field=name)
            ),
        )
        measure = choosing.potential(settings, lang, besides=OF_FIELD)
        view = choosing.level(view, measure)
    known = kept(field_potential, view, field, measure, data.snapshot(view), data.boundaries())
    title = text(f"bidang.{field}", lang)
    st.header(say("potensi.together_title", lang, bidang=title))
    st.markdown(literal(known.correlation_in_words(lang)))
    st.caption(text("potensi.no_cause", lang))
    about = left_out_in_words(known.measures, lang), known.measures.sources_in_words(lang)
    st.caption(literal(" ".join(filter(None, about))))
    if known.correlation.n:
        alt = say(
            "potensi.scatter_alt",
            lang,
            pertama=known.measures.first.title(lang),
            kedua=known.measures.second.title(lang),
        )
        drawing.draw(scatter, known.measures, settings.chosen, lang, alt=alt)
    _unserved(known, lang)


def _unserved(known: FieldPotential, lang: str) -> None:
    """Draw where the potential is high and no KIM works in the field."""
    measures, listed = known.measures, known.unserved
    words = {
        "ukuran": measures.first.title(lang),
        "bidang": text(f"bidang.{known.field}", lang),
        "tingkat": level_name(measures.level, lang),
    }
    st.header(say("potensi.unserved", lang, **words))
    if not known.high:
        st.info(text("potensi.nothing", lang), icon=":material/info:")
        return
    counts = {
        "jumlah": number(len(listed), lang),
        "semua": number(known.high, lang),
        "batas": measures.first.written(known.least, lang),
    }
    st.markdown(say("potensi.unserved_words", lang, **words, **counts))
    if listed.empty:
        return
    rows_behind.opening_table(listed, f"potensi-{known.field}", lang)
    with st.container(horizontal=True):
        view = measures.view
        tables.downloads(
            lambda: {text("potensi.bidang", lang): listed},
            f"potensi-{known.field}-{measures.first.name}-{measures.level}",
            view.at(view.scope),
        )

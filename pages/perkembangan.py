"""Perkembangan: what changed between two days, by region, and the KIM behind each number."""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.charts import drawing, waterfall
from dashboard.frame import paper, state, tables, widgets
from dashboard.frame.markdown import literal, say
from dashboard.perkembangan import behind, change_map, period_report
from dashboard.perkembangan.two_days import TWO_DAYS, choice, days_of
from dashboard.workshop.kept import kept
from geodata.analysis.change import change_between
from geodata.text import text
from geodata.view.change_words import change_in_words, changed_regions, days_in_words
from geodata.view.words import as_of_in_words, level_name, region_title

view, asked = state.current(), state.own(TWO_DAYS)
lang, days = view.lang, days_of(view, asked)

widgets.controls(view, widgets.level_choice)
where = region_title(data.gazetteer(), view.scope, lang)
st.title(say("perkembangan.title", lang, wilayah=where))
state.show_notices(TWO_DAYS)
choice(days, lang)
paper.sheets(
    f"{text('page.perkembangan', lang)} · {where} · {days_in_words(days, lang)}",
    replace(view, day=days[1]),
)

start, end = (data.snapshot(replace(view, day=it)) for it in days)
development = kept(change_between, start, end, view.kim_filter)
counts = development.steps(view.scope)
sentence = change_in_words(counts, days, where, lang)
st.markdown(literal(sentence))
for snapshot in dict.fromkeys((start, end)):
    st.caption(literal(as_of_in_words(snapshot, view.scope, lang)))
if not view.kim_filter.status:
    st.caption(text("perkembangan.open_only", lang))
drawing.draw(waterfall.waterfall, tuple(counts.items()), lang, alt=sentence)

level = level_name(view.shown_level, lang)
table = development.by_region(view.shown_level, view.scope)
shown = changed_regions(table)
st.header(say("perkembangan.by_region", lang, tingkat=level))
change_map.draw(view, development, days)
if shown["selisih"].any():
    drawing.draw(
        waterfall.by_region,
        shown[["nama", "selisih"]],
        lang,
        alt=text("perkembangan.by_region_alt", lang),
    )
tables.show_table(shown, "perkembangan", lang)
st.caption(text("perkembangan.not_reported", lang))
with st.container(horizontal=True):
    tables.downloads(lambda: {text("page.perkembangan", lang): shown}, "perkembangan", view)
behind.draw(development, counts, view, asked.step)
period_report.draw(view, (start, end), days)

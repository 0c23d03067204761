"""Views of a boundary set: what it is, and what its import found."""

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.frame import tables
from dashboard.frame.markdown import literal, say
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.import_report import ImportReport
from geodata.days import office_day
from geodata.regions import Level
from geodata.text import day, in_language, number, percent, text
from geodata.view.words import level_name

_SHOWN_OF_MISSING = 200


def describe_set(chosen: BoundarySet, lang: str) -> None:
    """Say what a set is and which regions of the reference it draws."""
    manifest = chosen.manifest
    st.markdown(f"**{literal(in_language(manifest.title, lang))}**")
    facts = [
        say("batas.vintage", lang, year=manifest.vintage) if manifest.vintage else "",
        say("batas.built", lang, date=day(office_day(manifest.built), lang)),
        literal(manifest.licence) or text("batas.no_licence", lang),
    ]
    st.caption(" · ".join(filter(None, facts)))
    with st.container(horizontal=True):
        for level in Level:
            drawn, listed = manifest.counts[level], len(data.gazetteer().codes(level))
            figure = f"{number(drawn, lang)} / {number(listed, lang)}"
            st.metric(
                say("batas.drawn", lang, tingkat=level_name(level, lang)), figure, border=True
            )
    for note in manifest.notes:
        st.caption(literal(in_language(note, lang)))


def show_report(report: ImportReport, lang: str) -> None:
    """Show what an import found: what makes it doubtful first, then losses."""
    st.header(text("batas.report", lang))
    for warning in report.warnings(lang):
        st.warning(literal(warning), icon=":material/warning:")
    st.markdown(
        say(
            "batas.conservation",
            lang,
            rows=number(report.rows, lang),
            polygons=number(report.polygons, lang),
            merged=number(report.merged, lang),
            rejected=number(len(report.rejected), lang),
        )
    )
    reasons = Counter(row["alasan"] for row in report.rejected).most_common()
    losses = [
        say(
            "batas.reason_count",
            lang,
            jumlah=number(rows, lang),
            alasan=text(f"import_reason.{reason}", lang),
        )
        for reason, rows in reasons
    ]
    st.markdown("\n".join(f"- {line}" for line in losses))
    if report.passed_over:
        passed = [literal(line) for line in report.passed_over_in_words(lang)]
        st.markdown("\n".join([text("batas.passed_over", lang), "", *(f"- {x}" for x in passed)]))
    lists = {
        "batas.rejected": pd.DataFrame(
            [
                row | {"alasan": text(f"import_reason.{row['alasan']}", lang)}
                for row in report.rejected
            ]
        ),
        "batas.unknown": pd.DataFrame(report.unknown),
        "batas.duplicated": pd.DataFrame(
            sorted(report.duplicated.items()), columns=["kode", "baris"]
        ),
        "batas.methods": pd.DataFrame(report.methods.items(), columns=["metode", "baris"]),
        "batas.area": report.areas(data.gazetteer()),
        "batas.parts": pd.DataFrame(
            [entry for figures in report.parts.values() for entry in figures["most"]]
        ),
        "batas.points_outside": pd.DataFrame(report.points_outside["first"]),
    }
    for level, figures in report.levels.items():
        codes = figures["named"][:_SHOWN_OF_MISSING]
        names = [data.gazetteer().name(code) for code in codes]
        title = say(
            "batas.missing",
            lang,
            jumlah=number(figures["missing"], lang),
            tingkat=level_name(Level(level), lang),
        )
        with st.expander(title):
            if len(codes) < figures["missing"]:
                st.caption(say("batas.missing_named", lang, jumlah=number(len(codes), lang)))
            tables.show_table(pd.DataFrame({"kode": codes, "nama": names}), f"hilang-{level}", lang)
    for level, figures in report.upper.items():
        title = say(
            "batas.upper",
            lang,
            tingkat=level_name(Level(level), lang),
            jumlah=number(figures["compared"], lang),
            beda=percent(figures["beda"], lang, 2),
        )
        with st.expander(title):
            st.caption(text("batas.upper_lead", lang))
            tables.show_table(pd.DataFrame(figures["first"]), f"batas-atas-{level}", lang)
    for key, table in lists.items():
        with st.expander(f"{text(key, lang)} ({number(len(table), lang)})"):
            tables.show_table(table, key, lang)

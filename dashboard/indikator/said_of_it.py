"""What somebody says of a table that they bring in: its indicator, and what that means."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard.frame.markdown import say
from geodata.days import today
from geodata.indicators.current import figures
from geodata.indicators.defining import MOST_CATEGORIES, MOST_DECIMALS, Said
from geodata.indicators.indicator import ADDING, KINDS, Indicator
from geodata.regions import LEVELS, Level
from geodata.text import text
from geodata.view.words import level_name

_GOOD = {"neither": None, "high": True, "low": False}
_FIRST = date(1945, 1, 1)


def draw(headers: Mapping[str, str], lang: str) -> tuple[Said, str, bool]:
    """Draw the form.

    Parameters
    ----------
    headers
        Those of the file, each with the part of a place that it is taken for, or "".

    Returns
    -------
    What is said, the header of the values, and whether shares are written in percent.
    """
    known = {it.key: it for it in figures().indicators}
    key = st.selectbox(
        text("indikator.bring.indicator", lang),
        ["", *known],
        format_func=lambda key: known[key].name(lang) if key else text("indikator.bring.new", lang),
        key="indikator-kunci",
    )
    left, right = st.columns(2)
    with left:
        names = list(headers)
        column = st.selectbox(
            text("indikator.bring.column", lang),
            names,
            index=next((place for place, name in enumerate(names) if not headers[name]), 0),
            key="indikator-kolom",
        )
        level = st.selectbox(
            text("indikator.bring.level", lang),
            LEVELS,
            index=LEVELS.index(_finest(headers)),
            format_func=lambda level: level_name(level, lang),
            key="indikator-tingkat",
        )
        year = st.number_input(
            text("indikator.bring.year", lang),
            _FIRST.year,
            today().year,
            value=today().year - 1,
            key="indikator-tahun",
        )
    with right:
        producer = st.text_input(text("indikator.bring.producer", lang), key="indikator-produsen")
        licence = st.text_input(text("indikator.bring.licence", lang), key="indikator-lisensi")
        day = st.date_input(
            text("indikator.bring.day", lang),
            value=None,
            min_value=_FIRST,
            max_value=today(),
            format="DD/MM/YYYY",
            key="indikator-hari",
        )
    own = known[key] if key else None
    meaning = {} if own else _meaning(known, lang)
    kind = own.kind if own else meaning["kind"]
    percent = kind == "share" and st.checkbox(
        text("indikator.bring.percent", lang), key="indikator-persen"
    )
    said = Said(
        key=key or str(meaning.pop("key")),
        level=level,
        year=int(year),
        producer=producer,
        licence=licence,
        day=day.isoformat() if day else "",
        **meaning,
    )
    return said, column or "", bool(percent)


def _finest(headers: Mapping[str, str]) -> Level:
    """Return the finest level that a column of the file names; a kabupaten/kota if none does."""
    named = [level for level in LEVELS if level.value in headers.values()]
    return named[-1] if named else Level.KABUPATEN_KOTA


def _meaning(known: Mapping[str, Indicator], lang: str) -> dict:
    """Draw what a new indicator means."""
    with st.container(border=True):
        left, right = st.columns(2)
        with left:
            title = st.text_input(text("indikator.bring.title", lang), key="indikator-nama")
            key = st.text_input(
                text("indikator.bring.key", lang),
                key="indikator-kunci-baru",
                help=text("indikator.bring.key_help", lang),
                placeholder="penduduk_desa",
            )
            kind = st.selectbox(
                text("indikator.bring.kind", lang),
                KINDS,
                format_func=lambda kind: text(f"indicator_kind.{kind}", lang),
                key="indikator-jenis",
            )
            good = st.selectbox(
                text("indikator.bring.good", lang),
                list(_GOOD),
                format_func=lambda good: text(f"indicator_good.{good}", lang),
                key="indikator-arah",
            )
        with right:
            adding = st.selectbox(
                text("indikator.bring.adding", lang),
                ADDING[kind],
                format_func=lambda adding: text(f"indicator_adds.{adding}", lang),
                key=f"indikator-gabung-{kind}",
            )
            meaning = {"key": key, "title": title, "kind": kind, "high_is_good": _GOOD[good]}
            return meaning | {"adding": adding} | _further(kind, adding, known, lang)


def _further(kind: str, adding: str, known: Mapping[str, Indicator], lang: str) -> dict:
    """Draw what is said of one kind of values alone."""
    further: dict = {}
    if adding == "mean":
        counts = [key for key, it in known.items() if it.kind == "count"]
        further["weight"] = st.selectbox(
            text("indikator.bring.weight", lang),
            ["", *counts],
            format_func=lambda key: (
                known[key].name(lang) if key else text("indikator.bring.unweighted", lang)
            ),
            key="indikator-penimbang",
        )
    if kind == "category":
        written = st.text_area(
            say("indikator.bring.categories", lang, jumlah=MOST_CATEGORIES),
            key="indikator-kategori",
        )
        further["categories"] = tuple(filter(None, map(str.strip, written.splitlines())))
    if kind == "index":
        further["unit"] = st.text_input(
            text("indikator.bring.unit", lang), key="indikator-satuan", placeholder="km"
        )
        further["decimals"] = int(
            st.number_input(
                text("indikator.bring.decimals", lang),
                0,
                MOST_DECIMALS,
                value=2,
                key="indikator-desimal",
            )
        )
    return further

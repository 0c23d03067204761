"""The map of reporting: kabupaten/kota by time since the day of their data, silence hatched."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data
from dashboard.charts.reporting import COLOURS
from dashboard.map import layer
from dashboard.map.legend_html import legend_section
from geodata.columns import column
from geodata.regions import Level
from geodata.text import day, number, text
from geodata.view.legend import LegendRow
from geodata.view.palette import HATCH_PX
from geodata.view.payload import Payload, Texts, painted, payload
from geodata.view.view import View
from geodata.view.words import region_title

_HATCHES = {"lebih_12_bulan": HATCH_PX // 2, "belum_melapor": HATCH_PX}
"""Pixels between the lines of the classes that have some."""


def draw(view: View, board: pd.DataFrame, silences: pd.Series) -> None:
    """Draw the kabupaten/kota of ``board``, in the classes of ``silences``, and the legend."""
    level = Level.KABUPATEN_KOTA
    view = replace(view, level=level, petak=False)
    map_column, legend_column = st.columns([4, 1])
    with map_column:
        st_folium(
            layer.base_map(data.boundaries()),
            key="peta-pelaporan",
            height=layer.HEIGHT_PX,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=layer.update(
                layer.showing(silence_payload(view, board, silences, data.attribution(view.lang)))
            ),
        )
    with legend_column:
        rows = [
            LegendRow(
                colour,
                column(name).title(view.lang),
                int((silences == name).sum()),
                _HATCHES.get(name, 0),
            )
            for name, colour in COLOURS.items()
        ]
        title = text("pelaporan.place.legend", view.lang)
        st.html(legend_section(rows, level, view.lang, title))


def silence_payload(
    view: View, board: pd.DataFrame, silences: pd.Series, attribution: str
) -> Payload:
    """Return the map for the browser; its parameters are those of ``draw`` and ``payload``."""
    lang, texts, classes = view.lang, Texts(), []
    for name, colour in COLOURS.items():
        rows = board[silences == name]
        if rows.empty:
            continue
        line, figures = text("pelaporan.place.never", lang), []
        if name != "belum_melapor":
            line = text("pelaporan.place.days", lang, tanggal="{0}", hari="{1}")
            figures = [
                texts.column(rows["tanggal_data"].dt.strftime("%Y-%m-%d"), lambda d: day(d, lang)),
                texts.column(rows["hari_sejak"], lambda days: number(days, lang)),
            ]
        hatch = _HATCHES.get(name, 0)
        classes.append(painted(rows["kode"], colour, [line], figures, hatch=hatch))
    return payload(
        view,
        texts,
        classes,
        rest=[text("pelaporan.place.never", lang)],
        bounds=data.boundaries().bounds(view.scope),
        region=region_title(data.gazetteer(), view.scope, lang),
        attribution=attribution,
        words="pelaporan.place",
    )

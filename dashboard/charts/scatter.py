"""The scatterplot of regions by two measures, in the colours that they have on the map."""

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts.style import COUNT, LINE, SHARE_AXIS, STRONG, localised, told
from geodata.text import text
from geodata.view.metric import Metric
from geodata.view.palette import CHOSEN
from geodata.view.two_measures import CELLS, TwoMeasures
from geodata.view.words import level_name

POINT = "wilayah"
"""The selection of a point, by its kode."""

_DRAWN_AT_MOST = 5_000

_BINS = 40
_HEIGHT_PX = 500


def can_be_chosen(shown: TwoMeasures) -> bool:
    """Return whether the regions are few enough to be drawn, and picked, one by one."""
    return sum(shown.regions.counts) <= _DRAWN_AT_MOST


def scatter(shown: TwoMeasures, chosen: str, lang: str) -> alt.LayerChart:
    """Return regions as points, those of ``shown`` of which both measures are known.

    Dashed lines part what is high of a measure from what is low. The region ``chosen`` has a ring.
    """
    first, second = shown.first.name, shown.second.name
    rows = shown.table.assign(sel=shown.regions.cell)[shown.regions.cell >= 0]
    x, y = (
        _axis(channel, measure, rows[measure.name], lang)
        for channel, measure in ((alt.X, shown.first), (alt.Y, shown.second))
    )
    if not can_be_chosen(shown):
        title = text("potensi.legend", lang, tingkat=level_name(shown.level, lang))
        drawn = _density(rows, first, second, x, y, title)
    else:
        points = alt.Chart(rows).mark_circle(size=60, opacity=0.9, stroke=LINE, strokeWidth=0.6)
        drawn = points.encode(
            x=x,
            y=y,
            color=alt.Color(
                "sel:O", scale=alt.Scale(domain=list(range(len(CELLS))), range=CELLS), legend=None
            ),
            tooltip=[told(name, lang) for name in ("nama", first, second)],
        ).add_params(alt.selection_point(name=POINT, fields=["kode"], empty=False))
    ring = alt.Chart(rows[rows["kode"] == chosen]).mark_point(
        size=220, stroke=CHOSEN, strokeWidth=3, filled=False
    )
    layers = [drawn, *_lines(shown, x, y), ring.encode(x=x, y=y)]
    return localised(alt.layer(*layers).properties(height=_HEIGHT_PX), lang)


def _axis(channel: type, measure: Metric, values: pd.Series, lang: str):  # type: ignore[no-untyped-def]
    """Return the axis of a measure; counts differ by powers of ten, so their roots are drawn."""
    kind, title = measure.column.kind, measure.title(lang)
    scale, written = alt.Scale(zero=False, nice=True), "~g" if kind == "number" else SHARE_AXIS
    if kind == "count":
        scale, written = alt.Scale(type="sqrt", domain=[0, max(values.max(), 1)], nice=True), COUNT
    axis = alt.Axis(tickCount=6, format=written)
    return channel(f"{measure.name}:Q", title=title, scale=scale, axis=axis)


def _lines(shown: TwoMeasures, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return what parts high from low, of each measure of which something is high."""
    lines = []
    for measure, halves in (
        (shown.first, shown.regions.first_halves),
        (shown.second, shown.regions.second_halves),
    ):
        if np.isfinite(halves.least):
            middle = pd.DataFrame({measure.name: [(halves.most + halves.least) / 2]})
            line = alt.Chart(middle).mark_rule(color=LINE, strokeDash=[4, 4])
            lines.append(line.encode(x=x) if measure is shown.first else line.encode(y=y))
    return lines


def _density(
    rows: pd.DataFrame, first: str, second: str, x: alt.X, y: alt.Y, title: str
) -> alt.Chart:
    """Return how many regions there are where, as squares, darker for more."""
    counts, across, up = np.histogram2d(rows[first], rows[second], bins=_BINS)
    column_of, row_of = np.nonzero(counts)
    squares = pd.DataFrame(
        {
            first: across[column_of],
            "sampai": across[column_of + 1],
            second: up[row_of],
            "sampai_2": up[row_of + 1],
            "jumlah": counts[column_of, row_of],
        }
    )
    colour = alt.Color(
        "jumlah:Q",
        title=title,
        scale=alt.Scale(type="log", range=["#dceef0", STRONG]),
        legend=alt.Legend(orient="top", format=COUNT),
    )
    return (
        alt.Chart(squares)
        .mark_rect()
        .encode(x=x, x2="sampai:Q", y=y, y2="sampai_2:Q", color=colour)
    )

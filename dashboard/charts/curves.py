"""Curves and distributions of the analysis of gaps; each stands beside a table."""

from textwrap import wrap

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts.style import (
    COUNT,
    LEGEND,
    LINE,
    LINE_LENGTH,
    OTHER,
    PALE,
    SHARE_AXIS,
    SIDE_BY_SIDE,
    STRONG,
    localised,
    told,
)
from geodata.columns import column
from geodata.text import text

_CURVE_POINTS = 200
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]  # of up to four regions


def cumulative(km: np.ndarray, limits: tuple[int, ...], lang: str) -> alt.LayerChart:
    """Return the share of desa that have a KIM within a distance, against the distance."""
    known = np.sort(km[np.isfinite(km)])
    # A fixed number of points: all desa of the country are too many for a line.
    share = np.linspace(0, 1, _CURVE_POINTS)
    table = pd.DataFrame({"jarak_km": np.quantile(known, share), "porsi": share})
    line = (
        alt.Chart(table)
        .mark_line(color=STRONG, strokeWidth=2.5)
        .encode(
            # A few desa are very far: nearly logarithmic, but with a place for 0 km.
            x=alt.X(
                "jarak_km:Q",
                title=column("jarak_km").title(lang),
                scale=alt.Scale(type="symlog", constant=2),
                axis=alt.Axis(values=[0, *limits, 50, 100, 250, 500]),
            ),
            y=alt.Y(
                "porsi:Q",
                title=text("celah.within_share", lang),
                axis=alt.Axis(format=SHARE_AXIS),
                scale=alt.Scale(domain=[0, 1]),
            ),
            tooltip=[told("jarak_km", lang), told("porsi", lang)],
        )
    )
    marks = pd.DataFrame({"jarak_km": list(limits)})
    rule = alt.Chart(marks).mark_rule(color=LINE, strokeDash=[4, 4]).encode(x="jarak_km:Q")
    return localised((rule + line).properties(height=300), lang)


def distance_classes(histogram: pd.DataFrame, lang: str) -> alt.Chart:
    """Return columns of the number of desa in each class of ``distance_histogram``."""
    labels = [
        f"≥ {low:g}" if np.isnan(high) else f"{low:g}–{high:g}"
        for low, high in histogram[["dari_km", "sampai_km"]].to_numpy()
    ]
    table = histogram.assign(kelas_km=labels)
    chart = (
        alt.Chart(table)
        .mark_bar(color=STRONG)
        .encode(
            x=alt.X(
                "kelas_km:N",
                sort=None,
                title=column("jarak_km").title(lang),
                axis=alt.Axis(labelAngle=0),
            ),
            y=alt.Y(
                "jumlah_desa:Q",
                title=column("jumlah_desa").title(lang),
                axis=alt.Axis(format=COUNT, tickMinStep=1),
            ),
            tooltip=[
                told("jarak_km", lang, "kelas_km"),
                told("jumlah_desa", lang),
                told("porsi", lang),
            ],
        )
        .properties(height=300)
    )
    return localised(chart, lang)


def lorenz(curve: pd.DataFrame, lang: str) -> alt.LayerChart:
    """Return the Lorenz curve and the line of equality."""
    equal = pd.DataFrame({"bagian_desa": [0, 1], "bagian_kim": [0, 1]})
    share = alt.Axis(format=SHARE_AXIS)
    x = alt.X("bagian_desa:Q", title=wrap(text("celah.lorenz_x", lang), LINE_LENGTH), axis=share)
    y = alt.Y("bagian_kim:Q", title=text("celah.lorenz_y", lang), axis=share)
    tooltip = [told(name, lang) for name in ("bagian_desa", "bagian_kim")]
    line = alt.Chart(equal).mark_line(color=LINE, strokeDash=[5, 4]).encode(x=x, y=y)
    area = (
        alt.Chart(curve)
        .mark_area(line={"color": STRONG}, color=STRONG, opacity=0.25)
        .encode(x=x, y=y, tooltip=tooltip)
    )
    return localised((area + line).properties(height=320), lang)


def over_time(table: pd.DataFrame, columns: tuple[str, ...], lang: str) -> alt.Chart:
    """Return a line for each of ``columns`` of ``inequality`` against the year."""
    labels = {name: column(name).title(lang) for name in columns}
    long = table.rename(columns=labels).melt("tahun", list(labels.values()), "ukuran", "nilai")
    kind = alt.Scale(domain=list(labels.values()), range=[STRONG, OTHER, PALE][: len(labels)])
    chart = (
        alt.Chart(long.dropna())
        .mark_line(point=True)
        .encode(
            x=alt.X("tahun:O", title=column("tahun").title(lang), axis=alt.Axis(labelAngle=-45)),
            y=alt.Y("nilai:Q", title=None, scale=alt.Scale(zero=False)),
            color=alt.Color(
                "ukuran:N",
                title=None,
                scale=kind,
                legend=LEGEND,
            ),
            tooltip=["tahun:O", "ukuran:N", alt.Tooltip("nilai:Q", format=".3f")],
        )
        .properties(height=320)
    )
    return localised(chart, lang)


def served_against_added(curve: pd.DataFrame, lang: str) -> alt.Chart:
    """Return the share served against the number of new KIM; ``curve`` of a ``SitingPlan``."""
    chart = (
        alt.Chart(curve)
        .mark_line(color=STRONG, strokeWidth=2.5, interpolate="step-after")
        .encode(
            x=alt.X(
                "jumlah_baru:Q",
                title=column("jumlah_baru").title(lang),
                axis=alt.Axis(format=COUNT, tickMinStep=1),
            ),
            y=alt.Y(
                "porsi:Q",
                title=text("celah.served_share", lang),
                axis=alt.Axis(format=SHARE_AXIS),
                scale=alt.Scale(zero=False),
            ),
            tooltip=[told(name, lang) for name in ("jumlah_baru", "terlayani", "porsi")],
        )
        .properties(height=300)
    )
    return localised(chart, lang)


def over_years(rows: pd.DataFrame, names: list[str], lang: str) -> alt.Chart:
    """Return the KIM for each 100 desa of the regions ``names``, year by year, as lines.

    ``rows`` are those of ``compared_by_year``, with nama.
    """
    chart = (
        alt.Chart(rows)
        .mark_line(strokeWidth=2.5, point=True)
        .encode(
            x=alt.X("tahun:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1)),
            y=alt.Y("kim_per_100_desa:Q", title=column("kim_per_100_desa").title(lang)),
            color=alt.Color(
                "nama:N",
                title=None,
                scale=alt.Scale(domain=names, range=list(SIDE_BY_SIDE[: len(names)])),
                legend=LEGEND,
            ),
            strokeDash=alt.StrokeDash(
                "nama:N", scale=alt.Scale(domain=names, range=_DASHES[: len(names)]), legend=None
            ),
            tooltip=[
                told(name, lang) for name in ("nama", "tahun", "jumlah_kim", "kim_per_100_desa")
            ],
        )
        .properties(height=320)
    )
    return localised(chart, lang)

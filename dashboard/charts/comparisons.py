"""Charts of regions side by side, for the analysis of gaps; each stands beside a table."""

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts.style import (
    LEGEND,
    LINE,
    NAMES,
    OTHER,
    PALE,
    ROW_PX,
    SHARE_AXIS,
    SIDE_BY_SIDE,
    STRONG,
    localised,
    told,
)
from geodata.analysis.classes import MAX_CLASSES
from geodata.analysis.targets import STANDINGS
from geodata.columns import column
from geodata.registry.fields import BIDANG
from geodata.text import percent, text
from geodata.view.metrics import METRICS
from geodata.view.palette import ramp

_BAR_PX = 11
_SHARES = alt.Axis(format=SHARE_AXIS, tickCount=8)
_STANDING_COLOURS = ("#0b6672", "#67a9cf", "#ef8a62", "#8a949d")  # in the order of STANDINGS


def intervals(table: pd.DataFrame, lang: str, own: str | None = None) -> alt.LayerChart:
    """Return the estimate of each region as a dot on its interval, its raw share as a tick.

    Parameters
    ----------
    table
        Rows of ``coverage_by_region``, drawn in this order.
    own
        Code of a region to point out.
    """
    ranked, too_few, raw = (text(f"celah.{key}", lang) for key in ("ranked", "too_few", "raw"))
    rows = table.assign(
        label=_with_arrow(table, own),
        golongan=np.where(table["dapat_diperingkat"], ranked, too_few),
        mentah=raw,
    )
    y = alt.Y("label:N", sort=None, title=None, axis=NAMES)
    colour = alt.Color(
        "golongan:N",
        title=None,
        scale=alt.Scale(domain=[ranked, too_few, raw], range=[STRONG, PALE, OTHER]),
        legend=LEGEND,
    )
    shares = ("cakupan", "cakupan_eb", "cakupan_bawah", "cakupan_atas")
    tooltip = [
        *(told(name, lang) for name in ("nama", *shares, "jumlah_desa")),
        alt.Tooltip("golongan:N", title=" "),
    ]
    base = alt.Chart(rows).encode(y=y, tooltip=tooltip)
    rule = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=alt.X("cakupan_bawah:Q", title=column("cakupan").title(lang), axis=_SHARES),
        x2="cakupan_atas:Q",
        color=colour,
    )
    dot = base.mark_point(size=70, filled=True, opacity=1).encode(
        x="cakupan_eb:Q",
        color=colour,
        shape=alt.Shape(
            "golongan:N",
            scale=alt.Scale(domain=[ranked, too_few, raw], range=["circle", "diamond", "stroke"]),
            legend=None,
        ),
    )
    tick = base.mark_tick(thickness=2, size=14).encode(
        x="cakupan:Q",
        color=alt.Color("mentah:N", scale=alt.Scale(domain=[ranked, too_few, raw])),
    )
    return localised((rule + tick + dot).properties(height=_height(rows)), lang)


def heat(rows: pd.DataFrame, lang: str) -> alt.LayerChart:
    """Return regions x bidang, coloured and written by coverage; ``rows`` of ``bidang_coverage``.

    Regions in the order of ``rows``.
    """
    order = [text(f"bidang.{name}", lang) for name in BIDANG]
    table = rows.assign(
        nama_bidang=[text(f"bidang.{name}", lang) for name in rows["bidang"]],
        tulisan=[percent(share, lang) for share in rows["cakupan"]],
    )
    middle = 0.55 * float(table["cakupan"].max() or 0)
    base = alt.Chart(table).encode(
        x=alt.X(
            "nama_bidang:N",
            sort=order,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=160, labelOverlap=False),
        ),
        y=alt.Y("nama:N", sort=None, title=None, axis=NAMES),
        tooltip=[
            told("nama", lang),
            told("bidang", lang, "nama_bidang"),
            told("desa_terlayani", lang),
            told("cakupan", lang),
        ],
    )
    # Zero is white, apart from the least that is more than zero.
    cell = base.mark_rect(stroke="#ffffff").encode(
        color=alt.condition(
            "datum.cakupan > 0",
            alt.Color(
                "cakupan:Q",
                title=column("cakupan").title(lang),
                scale=alt.Scale(range=list(ramp(METRICS["cakupan"].ramp, MAX_CLASSES))),
                legend=alt.Legend(format=SHARE_AXIS, orient="bottom"),
            ),
            alt.value("#ffffff"),
        )
    )
    figure = base.mark_text(fontSize=10).encode(
        text="tulisan:N",
        color=alt.condition(f"datum.cakupan > {middle}", alt.value("#ffffff"), alt.value(LINE)),
        opacity=alt.condition("datum.cakupan > 0", alt.value(1), alt.value(0.5)),
    )
    return localised((cell + figure).properties(height=_height(table, "kode") + 140), lang)


def standing_chart(table: pd.DataFrame, share: float, lang: str) -> alt.LayerChart:
    """Return how far each region has come, coloured by its standing, and the target as a line."""
    words = {name: text(f"posisi.{name}", lang) for name in STANDINGS}
    rows = table.assign(kata=table["posisi"].map(words))
    bar = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X(
                "porsi:Q",
                title=column("tercapai").title(lang),
                axis=_SHARES,
                scale=alt.Scale(domain=[0, max(share, float(rows["porsi"].max()))], nice=True),
            ),
            y=alt.Y("nama:N", sort=None, title=None, axis=NAMES),
            color=alt.Color(
                "kata:N",
                title=None,
                scale=alt.Scale(domain=list(words.values()), range=list(_STANDING_COLOURS)),
                legend=LEGEND,
            ),
            tooltip=[
                *(
                    told(name, lang)
                    for name in ("nama", "porsi", "kurang", "laju_perlu", "laju")
                    if name in rows
                ),
                told("posisi", lang, "kata"),
            ],
        )
    )
    line = (
        alt.Chart(pd.DataFrame({"porsi": [share]}))
        .mark_rule(color=LINE, strokeDash=[4, 4], strokeWidth=2)
        .encode(x="porsi:Q")
    )
    return localised((bar + line).properties(height=_height(rows)), lang)


def compared(table: pd.DataFrame, own: str, lang: str) -> alt.Chart:
    """Return the coverage of a region and its peers, the highest first; its own stands out."""
    rows = table.sort_values("cakupan", ascending=False).assign(
        sendiri=lambda peers: peers["kode"] == own
    )
    rows["label"] = _with_arrow(rows, own)
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("cakupan:Q", title=column("cakupan").title(lang), axis=_SHARES),
            y=alt.Y("label:N", sort=None, title=None, axis=NAMES),
            color=alt.condition("datum.sendiri", alt.value(OTHER), alt.value(STRONG)),
            tooltip=[told(name, lang) for name in ("nama", "cakupan", "jumlah_kim")],
        )
        .properties(height=_height(rows))
    )
    return localised(chart, lang)


def side_by_side(rows: pd.DataFrame, names: list[str], lang: str) -> alt.Chart:
    """Return coverage by bidang, the regions ``names`` as bars one below the other in each.

    ``rows`` are those of ``compared_by_bidang``, with nama.
    """
    table = rows.assign(nama_bidang=[text(f"bidang.{name}", lang) for name in rows["bidang"]])
    bars = table["bidang"].nunique() * (len(names) + 1)
    chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X("cakupan:Q", title=column("cakupan").title(lang), axis=_SHARES),
            y=alt.Y("nama_bidang:N", sort=None, title=None, axis=NAMES),
            yOffset=alt.YOffset("nama:N", sort=names),
            color=alt.Color(
                "nama:N",
                title=None,
                scale=alt.Scale(domain=names, range=list(SIDE_BY_SIDE[: len(names)])),
                legend=LEGEND,
            ),
            tooltip=[
                told("nama", lang),
                told("bidang", lang, "nama_bidang"),
                told("jumlah_kim", lang),
                told("cakupan", lang),
            ],
        )
        .properties(height=_BAR_PX * bars + 60 + ROW_PX * len(names))
    )
    return localised(chart, lang)


def _with_arrow(table: pd.DataFrame, own: str | None) -> pd.Series:
    """Return the names, told apart where two are alike, that of ``own`` with an arrow."""
    twice = table["nama"].duplicated(keep=False)
    names = table["nama"].where(~twice, table["nama"] + " (" + table["kode"] + ")")
    return names.where(table["kode"] != own, "▶ " + names)


def _height(table: pd.DataFrame, by: str = "kode") -> int:
    return ROW_PX * max(table[by].nunique(), 3) + 40

"""A change between two days as a waterfall, and by region as bars around zero; each has a table."""

import altair as alt
import pandas as pd

from dashboard.charts.style import (
    COUNT,
    LINE,
    NAMES,
    OTHER,
    PALE,
    ROW_PX,
    STRONG,
    localised,
    told,
)
from geodata.analysis.change import ADDED, STEPS
from geodata.columns import column
from geodata.text import number

_LISTED = 20  # regions that changed most
_AXIS_PX = 70
# Which the colour-blind tell apart; the sign of each number says the same.
_COLOUR = alt.Color(
    "arah:N",
    scale=alt.Scale(domain=["both", "more", "less"], range=[PALE, STRONG, OTHER]),
    legend=None,
)


def waterfall(steps: tuple[tuple[str, int], ...], lang: str) -> alt.LayerChart:
    """Return how the number at the start becomes that at the end.

    ``steps`` are the items of ``Development.steps``.
    """
    counts = dict(steps)
    level, rows = counts["awal"], [("awal", 0, counts["awal"], "both")]
    for step in STEPS:
        if counts[step]:
            sign = 1 if step in ADDED else -1
            rows.append((step, level, level + sign * counts[step], "more" if sign > 0 else "less"))
            level += sign * counts[step]
    rows.append(("akhir", 0, level, "both"))
    table = pd.DataFrame(
        {
            "label": [column(name).title(lang) for name, *_ in rows],
            "dari": [low for _, low, *_ in rows],
            "ke": [high for *_, high, _ in rows],
            "tulisan": [_signed(high - low, kind, lang) for _, low, high, kind in rows],
            "arah": [kind for *_, kind in rows],
        }
    )
    base = alt.Chart(table).encode(y=alt.Y("label:N", sort=None, title=None, axis=NAMES))
    bar = base.mark_bar().encode(
        x=alt.X(
            "dari:Q",
            title=column("jumlah_kim").title(lang),
            axis=alt.Axis(format=COUNT, tickMinStep=1),
        ),
        x2="ke:Q",
        color=_COLOUR,
    )
    figure = (
        base.mark_text(align="left", dx=4, color=LINE)
        .encode(x=alt.X("high:Q"), text="tulisan:N")
        .transform_calculate(high="max(datum.dari, datum.ke)")
    )
    return localised((bar + figure).properties(height=ROW_PX * len(table) + _AXIS_PX), lang)


def by_region(table: pd.DataFrame, lang: str) -> alt.Chart:
    """Return by how much each region has more or fewer, those that changed most.

    ``table`` has nama and selisih.
    """
    changed = table[table["selisih"] != 0]
    most = changed.loc[changed["selisih"].abs().sort_values(ascending=False, kind="stable").index]
    rows = most.head(_LISTED).sort_values("selisih", ascending=False, kind="stable")
    rows = rows.assign(arah=["more" if count > 0 else "less" for count in rows["selisih"]])
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X(
                "selisih:Q",
                title=column("selisih").title(lang),
                axis=alt.Axis(format="+,d", tickMinStep=1),
            ),
            y=alt.Y("nama:N", sort=None, title=None, axis=NAMES),
            color=_COLOUR,
            tooltip=[told("nama", lang), told("selisih", lang)],
        )
    )
    return localised(chart.properties(height=ROW_PX * len(rows) + _AXIS_PX), lang)


def _signed(count: int, kind: str, lang: str) -> str:
    written = number(abs(count), lang)
    return written if kind == "both" else f"{'+' if count > 0 else '−'}{written}"

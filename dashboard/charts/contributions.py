"""What a score is made of: a bar a region, a part a measure; beside a table."""

import altair as alt
import pandas as pd

from dashboard.charts.style import LEGEND, NAMES, PARTS, ROW_PX, localised, told
from geodata.columns import column

_HIGHEST = 100


def contributions(parts: pd.DataFrame, lang: str) -> alt.Chart:
    """Return the parts of the scores of some regions, in the order of ``parts``.

    Parameters
    ----------
    parts
        Rows of ``Priorities.parts`` with ukuran (what the measure is called).
    """
    regions = parts.groupby("nama")["kode"].transform("nunique")
    measures = list(dict.fromkeys(parts["ukuran"]))
    rows = parts.assign(
        label=parts["nama"].where(regions == 1, parts["nama"] + " (" + parts["kode"] + ")"),
        urutan=parts["ukuran"].map(measures.index),
    )
    chart = (
        alt.Chart(rows)
        .mark_bar(stroke="#ffffff", strokeWidth=1)
        .encode(
            x=alt.X(
                "andil:Q",
                title=column("prioritas").title(lang),
                scale=alt.Scale(domain=[0, _HIGHEST]),
            ),
            y=alt.Y("label:N", sort=None, title=None, axis=NAMES),
            color=alt.Color(
                "ukuran:N",
                title=None,
                sort=measures,
                scale=alt.Scale(domain=measures, range=list(PARTS[: len(measures)])),
                legend=LEGEND,
            ),
            order=alt.Order("urutan:Q"),
            tooltip=[
                told("nama", lang),
                told("ukuran", lang),
                *(told(name, lang) for name in ("kedudukan", "bagian_bobot", "andil")),
            ],
        )
        .properties(height=ROW_PX * max(rows["kode"].nunique(), 3) + ROW_PX * len(measures) + 40)
    )
    return localised(chart, lang)

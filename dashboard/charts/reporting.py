"""Charts of who has reported; each stands beside a table."""

import altair as alt
import pandas as pd

from dashboard.charts.style import COUNT, LEGEND, NAMES, ROW_PX, localised
from geodata.analysis.silence import SILENCES
from geodata.columns import column
from geodata.text import text
from geodata.view.palette import NOT_REPORTED, ramp

COLOURS = dict(zip(SILENCES, (*ramp("OrRd", len(SILENCES) - 1), NOT_REPORTED), strict=True))


def by_provinsi_chart(table: pd.DataFrame, lang: str) -> alt.Chart:
    """Return the kabupaten/kota of each provinsi as bars, by time since their data.

    ``table`` are rows of ``silence.by_provinsi``.
    """
    words = {name: column(name).title(lang) for name in SILENCES}
    rows = table.melt(["kode", "nama"], SILENCES, "golongan", "jumlah")
    rows = rows[rows["jumlah"] > 0].assign(
        kata=lambda parts: parts["golongan"].map(words),
        urutan=lambda parts: parts["golongan"].map(SILENCES.index),
    )
    title = text("pelaporan.provinsi.count", lang)
    chart = (
        alt.Chart(rows)
        .mark_bar(stroke="#5f6b76", strokeWidth=0.5)
        .encode(
            x=alt.X("jumlah:Q", title=title, axis=alt.Axis(format=COUNT, tickMinStep=1)),
            y=alt.Y("nama:N", sort=table["nama"].tolist(), title=None, axis=NAMES),
            color=alt.Color(
                "kata:N",
                title=None,
                scale=alt.Scale(domain=list(words.values()), range=list(COLOURS.values())),
                legend=LEGEND,
            ),
            order="urutan:Q",
            tooltip=[
                alt.Tooltip("nama:N", title=" "),
                alt.Tooltip("kata:N", title=" "),
                alt.Tooltip("jumlah:Q", title=title, format=COUNT),
            ],
        )
        .properties(height=ROW_PX * max(len(table), 3) + 40 + ROW_PX * len(SILENCES))
    )
    return localised(chart, lang)

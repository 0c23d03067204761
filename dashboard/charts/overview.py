"""Charts of the overview; each stands beside a table or is told in words too."""

import altair as alt
import pandas as pd

from dashboard.charts.style import COUNT, NAMES, ROW_PX, localised, told
from geodata.columns import column
from geodata.text import number, text
from geodata.view.words import year_in_words

_BAR = "#1d6f8a"
_RANKED_AT_MOST = 20
_COUNT_AXIS = alt.Axis(tickMinStep=1, format=COUNT)


def ranking(metrics: pd.DataFrame, lang: str) -> alt.Chart:
    """Return bars of the regions with the most KIM, the most first."""
    most = metrics.nlargest(_RANKED_AT_MOST, "jumlah_kim")
    return _bars(most[most["jumlah_kim"] > 0], "nama", lang)


def by_bidang(counts: pd.Series, lang: str) -> alt.Chart:
    """Return bars of the number of KIM in each field, the most first."""
    names = [text(f"bidang.{name}", lang) for name in counts.index]
    table = pd.DataFrame({"bidang": names, "jumlah_kim": counts.to_numpy()})
    return _bars(table, "bidang", lang, description=_in_words("ringkasan.by_bidang", table, lang))


def by_year(counts: pd.Series, lang: str) -> alt.Chart:
    """Return columns of the number of KIM registered in each year, as ``kim_by_year`` counts."""
    years = [year_in_words(year, lang) for year in counts.index]
    table = pd.DataFrame({"tahun": years, "jumlah_kim": counts.to_numpy()})
    chart = (
        alt.Chart(table)
        .mark_bar(color=_BAR)
        .encode(
            x=alt.X(
                "tahun:O",
                sort=None,
                title=column("tahun").title(lang),
                axis=alt.Axis(labelAngle=-45),
            ),
            y=alt.Y("jumlah_kim:Q", title=column("jumlah_kim").title(lang), axis=_COUNT_AXIS),
            tooltip=[told("tahun", lang), told("jumlah_kim", lang)],
        )
        .properties(height=240, description=_in_words("ringkasan.by_year", table, lang))
    )
    return localised(chart, lang)


def _in_words(title: str, table: pd.DataFrame, lang: str) -> str:
    """Say what a chart shows that has no table beside it."""
    rows = table.itertuples(index=False)
    figures = (f"{name} {number(count, lang)}" for name, count in rows)
    return f"{text(title, lang)}: {'; '.join(figures)}"


def _bars(table: pd.DataFrame, name: str, lang: str, description: str = "") -> alt.Chart:
    chart = (
        alt.Chart(table)
        .mark_bar(color=_BAR)
        .encode(
            x=alt.X("jumlah_kim:Q", title=column("jumlah_kim").title(lang), axis=_COUNT_AXIS),
            y=alt.Y(f"{name}:N", sort="-x", title=None, axis=NAMES),
            tooltip=[told(name, lang), told("jumlah_kim", lang)],
        )
        .properties(height=ROW_PX * max(len(table), 3), description=description)
    )
    return localised(chart, lang)

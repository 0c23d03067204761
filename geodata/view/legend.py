"""The legend of a choropleth: every class with its colour, its range and its number of regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.analysis.classes import Classification
from geodata.text import text
from geodata.view.metrics import Metric
from geodata.view.palette import NO_DATA, ZERO


@dataclass(frozen=True)
class LegendRow:
    """A class: its colour, the values it admits in words, and how many regions it holds."""

    fill: str
    label: str
    count: int


def legend_rows(
    classification: Classification,
    fills: Sequence[str],
    metric: Metric,
    lang: str,
    *,
    filtered: bool = False,
) -> list[LegendRow]:
    """Return the rows of a legend, the highest class first, then zero and no data.

    Categories stand in their own order, and there is no zero among them.

    Parameters
    ----------
    fills
        A colour for each class.
    filtered
        Whether there may be KIM that are not counted.
    """
    no_data = LegendRow(NO_DATA, text("legend.no_data", lang), classification.without_data)
    if metric.categories:
        labels = [category.title(lang) for category in metric.categories]
        named = zip(fills, labels, classification.counts, strict=True)
        return [*(LegendRow(*row) for row in named), no_data]
    zero = text(f"legend.{_zero_of(metric, filtered)}", lang)
    rows = [no_data, LegendRow(ZERO, zero, classification.zeros)]
    for number, fill in enumerate(fills):
        low = metric.written(classification.lower[number], lang)
        high = metric.written(classification.upper[number], lang)
        label = low if low == high else text("legend.range", lang, lower=low, upper=high)
        rows.append(LegendRow(fill, label, classification.counts[number]))
    return rows[::-1]


def _zero_of(metric: Metric, filtered: bool) -> str:
    if not metric.basic:
        return "zero_other"
    return "zero_counted" if filtered else "zero"

"""The legend of a choropleth: every class with its colour, its range and its number of regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.analysis.classes import Classification
from geodata.analysis.metrics import Metric
from geodata.palette import NO_DATA, ZERO
from geodata.text import text
from geodata.wording import metric_value


@dataclass(frozen=True)
class LegendRow:
    """A class: its colour, the values it admits in words, and how many regions it holds."""

    fill: str
    label: str
    count: int


def legend_rows(
    classification: Classification, colours: Sequence[str], metric: Metric, lang: str
) -> list[LegendRow]:
    """Return the rows of a legend, the highest class first, then zero and no data.

    Parameters
    ----------
    colours
        One for each class.
    """
    rows = [
        LegendRow(NO_DATA, text("legend.no_data", lang), classification.without_data),
        LegendRow(ZERO, text("legend.zero", lang), classification.zeros),
    ]
    for place, colour in enumerate(colours):
        low = metric_value(metric, classification.lower[place], lang)
        high = metric_value(metric, classification.upper[place], lang)
        label = low if low == high else text("legend.range", lang, lower=low, upper=high)
        rows.append(LegendRow(colour, label, classification.counts[place]))
    return rows[::-1]

"""The legend of a choropleth: every class with its colour, its range and its number of regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.analysis.classes import Classification
from geodata.analysis.map_metrics import MAP_METRICS
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
    classification: Classification, colours: Sequence[str], metric: str, lang: str
) -> list[LegendRow]:
    """Return the rows of a legend, the highest class first, then zero and no data.

    Categories stand in their own order, and there is no zero among them.

    Parameters
    ----------
    colours
        One for each class.
    """
    no_data = LegendRow(NO_DATA, text("legend.no_data", lang), classification.without_data)
    if classification.categories:
        labels = [text(f"klaster.{name}", lang) for name in classification.categories]
        named = zip(colours, labels, classification.counts, strict=True)
        return [*(LegendRow(*row) for row in named), no_data]
    zero = text("legend.zero_other" if MAP_METRICS[metric].table else "legend.zero", lang)
    rows = [no_data, LegendRow(ZERO, zero, classification.zeros)]
    for place, colour in enumerate(colours):
        low = metric_value(metric, classification.lower[place], lang)
        high = metric_value(metric, classification.upper[place], lang)
        label = low if low == high else text("legend.range", lang, lower=low, upper=high)
        rows.append(LegendRow(colour, label, classification.counts[place]))
    return rows[::-1]

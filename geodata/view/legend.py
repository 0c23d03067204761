"""The legend of a choropleth: every class with its colour, its range and its number of regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.analysis.classes import Classification
from geodata.text import text
from geodata.view.metric import Metric
from geodata.view.palette import HATCH_PX, LEFT_OUT, NO_DATA, NOT_REPORTED, ZERO


@dataclass(frozen=True)
class LegendRow:
    """A class: its colour, the values it admits in words, and how many regions it holds.

    ``hatch`` is the number of pixels between the lines over its colour; 0: none.
    """

    fill: str
    label: str
    count: int
    hatch: int = 0

    @property
    def background(self) -> str:
        """Its colour with the lines over it, as CSS has it."""
        if not self.hatch:
            return self.fill
        lines = f"#28201ebf 0 1.5px,{self.fill} 1.5px {0.7 * self.hatch:g}px"
        return f"repeating-linear-gradient(135deg,{lines})"


def legend_rows(
    classification: Classification,
    fills: Sequence[str],
    metric: Metric,
    lang: str,
    *,
    filtered: bool = False,
    left_out: int = 0,
) -> list[LegendRow]:
    """Return the rows of a legend, the highest class first, then zero and no data.

    Categories stand in their own order, and there is no zero among them. Where regions have not
    reported, these come last; but for those that conditions leave out.

    Parameters
    ----------
    fills
        A colour for each class.
    filtered
        Whether there may be KIM that are not counted.
    left_out
        How many regions do not meet the conditions.
    """
    rest = [LegendRow(NO_DATA, text("legend.no_data", lang), classification.without_data)]
    if classification.unreported:
        label = text("legend.not_reported", lang)
        rest.append(LegendRow(NOT_REPORTED, label, classification.unreported, HATCH_PX))
    if left_out:
        rest.append(LegendRow(LEFT_OUT, text("legend.left_out", lang), left_out))
    if metric.categories:
        labels = [category.title(lang) for category in metric.categories]
        named = zip(fills, labels, classification.counts, strict=True)
        return [*(LegendRow(*row) for row in named), *rest]
    rows = []
    if metric.has_zero:
        zero = text(f"legend.{_zero_of(metric, filtered)}", lang)
        rows.append(LegendRow(ZERO, zero, classification.zeros))
    for number, fill in enumerate(fills):
        low = metric.written(classification.lower[number], lang)
        high = metric.written(classification.upper[number], lang)
        label = low if low == high else text("legend.range", lang, lower=low, upper=high)
        rows.append(LegendRow(fill, label, classification.counts[number]))
    return [*rows[::-1], *rest]


def _zero_of(metric: Metric, filtered: bool) -> str:
    if not metric.basic:
        return "zero_other"
    return "zero_counted" if filtered else "zero"

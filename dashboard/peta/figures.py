"""The four figures of a choropleth in words, each with what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.analysis.region_metrics import Totals, is_unreported
from geodata.text import number, text
from geodata.view.choropleth import Choropleth
from geodata.view.words import figure_in_words, level_name


@dataclass(frozen=True)
class Figure:
    """A figure as it is written, and the lines below it."""

    value: str
    captions: tuple[str, ...]


def figures_of(shown: Choropleth) -> list[Figure]:
    """Return KIM, desa with one, coverage, and regions without; where nothing is asked of status,
    each of the first three also of active KIM.
    """
    view, lang, table = shown.view, shown.view.lang, shown.layer.table
    values = [_written(shown.totals, ("jumlah_kim", "desa_terlayani", "cakupan"), lang)]
    if not view.kim_filter.status:
        values.append(_written(shown.totals, ("kim_aktif", "desa_aktif", "cakupan_aktif"), lang))
    labels = [text(f"peta.{name}", lang) for name in ("kim", "served", "coverage")]
    figures = [
        Figure(value, (label, *(text("peta.active", lang, jumlah=other) for other in active)))
        for label, (value, *active) in zip(labels, zip(*values, strict=True), strict=True)
    ]
    captions = [text("peta.without", lang, tingkat=level_name(view.shown_level, lang))]
    if view.conditions:
        captions.append(text("condition.of_these", lang))
    if unreported := int(is_unreported(table).sum()):
        captions.append(text("peta.not_reported", lang, jumlah=number(unreported, lang)))
    without = number(int((table["jumlah_kim"] == 0).sum()), lang)
    return [*figures, Figure(without, tuple(captions))]


def _written(figures: Totals, names: Sequence[str], lang: str) -> list[str]:
    return [figure_in_words(figures, name, lang) for name in names]

"""The legend: every class with its colour, its range and how many regions it holds."""

from collections.abc import Sequence
from html import escape

from geodata.regions import Level
from geodata.text import number, text
from geodata.view.choropleth import Layer
from geodata.view.legend import LegendRow
from geodata.view.words import level_name


def legend_html(layer: Layer, lang: str) -> str:
    """Return the legend of ``layer`` as HTML: a list item a class, and its notes."""
    return legend_section(
        layer.legend, layer.level, lang, layer.metric.title(lang), layer.notes(lang)
    )


def legend_section(
    rows: Sequence[LegendRow], level: Level, lang: str, title: str, sentences: Sequence[str] = ()
) -> str:
    """Return ``rows`` below a title, and ``sentences`` below them, as HTML."""
    items = "".join(_legend_item(row, level, lang) for row in rows)
    notes = "".join(
        f'<p style="font-size:.85rem;margin:.5rem 0 0">{escape(sentence)}</p>'
        for sentence in sentences
    )
    return (
        f'<section aria-label="{escape(text("legend.title", lang))}" data-testid="legenda">'
        f"<strong>{escape(title)}</strong>"
        f'<ul style="list-style:none;padding:0;margin:.4rem 0 0">{items}</ul>{notes}</section>'
    )


def _legend_item(row: LegendRow, level: Level, lang: str) -> str:
    """Return one class of a legend: its fill, what it is, and how many regions it holds."""
    regions = text(
        "legend.regions", lang, jumlah=number(row.count, lang), tingkat=level_name(level, lang)
    )
    return (
        '<li style="display:flex;align-items:center;gap:.5rem;margin:.15rem 0">'
        '<span aria-hidden="true" style="flex:none;width:1.6rem;height:1rem;'
        f'background:{row.background};border:1px solid #5f6b76"></span>'
        f"<span>{escape(row.label)}<br>"
        f'<small style="color:#4a5560">{escape(regions)}</small></span>'
        "</li>"
    )

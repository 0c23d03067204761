"""A briefing as PowerPoint slides: text boxes, tables and charts that can be edited, with notes."""

import io
from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from typing import Any

from geodata.exports.briefing.model import Briefing, Chart, Table
from geodata.exports.briefing.on_slides import (
    BAR,
    GREY,
    HIGH,
    MARGIN,
    PALE,
    WIDE,
    add_text,
    box,
    grid,
    swatch,
)
from geodata.exports.briefing.picture import map_png
from geodata.formulas import without_formula
from geodata.text import number, text

_ROWS_AT_MOST = 12
_MAP = (9.0, 5.2)  # inches
_SMALL_MAP = (6.9, 4.5)
_GAPS_AT_MOST = 7
_BLANK_LAYOUT = 6


def to_pptx(briefing: Briefing) -> bytes:
    """Return the slides of a briefing as a PPTX file."""
    deck = _new_deck(briefing)
    slides = _Slides(deck, briefing)
    slides.cover()
    slides.figures()
    slides.map()
    slides.table(briefing.ranking)
    slides.table(briefing.gaps)
    slides.table(briefing.priority)
    slides.table(briefing.next_sites)
    slides.chart(briefing.bidang, across=True)
    slides.chart(briefing.trend, across=False)
    slides.sources()
    return _saved(deck)


def to_atlas(briefing: Briefing, parts: Iterable[Briefing], mark: str) -> bytes:
    """Return a PPTX file of a region and one page for each of its parts.

    Parameters
    ----------
    parts
        Their briefings, taken one at a time.
    mark
        What the file keeps as its identifier.
    """
    deck = _new_deck(briefing)
    deck.core_properties.identifier = mark
    slides = _Slides(deck, briefing)
    slides.cover()
    slides.figures()
    slides.map()
    slides.whole_table(briefing.ranking)
    for part in parts:
        _Slides(deck, part).page()
    slides.sources()
    return _saved(deck)


def _new_deck(briefing: Briefing) -> Any:
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    deck.core_properties.title = f"{text('briefing.kind', briefing.lang)}: {briefing.title}"
    deck.core_properties.author = "Peta KIM"
    return deck


def _saved(deck: Any) -> bytes:
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


class _Slides:
    """Adds the slides of a briefing to a deck."""

    def __init__(self, deck: Any, briefing: Briefing) -> None:
        self._deck, self._briefing, self._lang = deck, briefing, briefing.lang

    def cover(self) -> None:
        briefing = self._briefing
        slide = self._new(None, briefing.line)
        box(slide, MARGIN, 0, 0.18, HIGH, fill=BAR)
        add_text(slide, 1.2, 2.2, 11, 0.6, text("briefing.kind", self._lang), 24, colour=BAR)
        add_text(slide, 1.2, 2.8, 11, 1.4, briefing.title, 48, bold=True)
        counted = text("briefing.counted", self._lang, filter=briefing.counted)
        add_text(slide, 1.2, 4.3, 11, 0.9, f"{counted}. {briefing.as_of}.", 20, colour=GREY)
        add_text(slide, 1.2, 6.2, 11, 1.0, " ".join(briefing.notes), 12, colour=GREY)

    def figures(self) -> None:
        briefing = self._briefing
        slide = self._new(text("briefing.figures", self._lang), briefing.line)
        width, gap = (WIDE - 2 * MARGIN - 2 * 0.3) / 3, 0.3
        for position, figure in enumerate(briefing.figures):
            first = position < 3
            left = MARGIN + (position if first else position - 3) * (width + gap)
            top, height = (1.5, 2.0) if first else (3.75, 1.25)
            box(slide, left, top, width, height, fill=PALE)
            size = 54 if first else 32
            add_text(
                slide, left + 0.2, top + 0.1, width - 0.4, height - 0.55, figure.value, size, True
            )
            add_text(slide, left + 0.2, top + height - 0.5, width - 0.4, 0.4, figure.label, 16)
        told = f"{briefing.line} {briefing.standing}".strip()
        add_text(slide, MARGIN, 5.3, WIDE - 2 * MARGIN, 1.6, told, 16)

    def map(self) -> None:
        briefing = self._briefing
        layer = briefing.layer
        slide = self._new(layer.title, " ".join([briefing.line, *briefing.notes]))
        self._picture(slide, _MAP)
        left, top = 9.9, 1.35
        add_text(slide, left, top, 3, 0.4, layer.name, 16, True)
        for position, row in enumerate(layer.legend, start=1):
            y = top + 0.42 * position + 0.1
            swatch(slide, left, y + 0.04, 0.34, 0.26, row)
            label = f"{row.label} ({number(row.count, self._lang)})"
            add_text(slide, left + 0.42, y - 0.02, 2.9, 0.36, label, 12)
        if briefing.sites:
            y = top + 0.42 * (len(layer.legend) + 1) + 0.15
            add_text(slide, left, y, 2.9, 0.6, text("briefing.marked", self._lang), 12)
        whole = WIDE - 2 * MARGIN
        add_text(slide, MARGIN, 6.58, whole, 0.5, " ".join(briefing.notes), 10, colour=GREY)

    def table(self, table: Table) -> None:
        slide = self._new(table.title, table.lead)
        rows = table.rows[:_ROWS_AT_MOST]
        lead = table.lead
        if len(rows) < len(table.rows):
            shown = {"tampil": number(len(rows), self._lang)}
            total = number(len(table.rows), self._lang)
            lead += " " + text("briefing.first_rows", self._lang, jumlah=total, **shown)
        add_text(slide, MARGIN, 1.2, WIDE - 2 * MARGIN, 0.65, lead, 12, colour=GREY)
        if rows:
            grid(slide, MARGIN, 1.85, WIDE - 2 * MARGIN, 0.355, table, rows, 13)

    def whole_table(self, table: Table) -> None:
        """Add as many slides as the rows need, about as many rows on each."""
        if not table.rows:
            self.table(table)
            return
        each = ceil(len(table.rows) / ceil(len(table.rows) / _ROWS_AT_MOST))
        for start in range(0, len(table.rows), each):
            self.table(replace(table, rows=table.rows[start : start + each]))

    def page(self) -> None:
        """Add all of a region on one slide: map, figures, its place among others, gaps."""
        briefing, lang = self._briefing, self._lang
        gaps = briefing.gaps
        named = "; ".join(row[1] for row in gaps.rows)
        sites = "; ".join(f"{site.number}. {site.name}" for site in briefing.sites)
        told = [briefing.line, briefing.standing, gaps.lead]
        told += [f"{gaps.title}: {named}."] if named else []
        told += [f"{briefing.next_sites.title}: {sites}."] if sites else []
        slide = self._new(briefing.title, "\n".join([*told, *briefing.notes]))
        self._picture(slide, _SMALL_MAP)
        add_text(slide, MARGIN, 5.82, _SMALL_MAP[0], 0.3, briefing.layer.title, 11, True)
        for position, row in enumerate(briefing.layer.legend):
            left, y = MARGIN + 3.4 * (position // 4), 6.12 + 0.22 * (position % 4)
            swatch(slide, left, y + 0.03, 0.24, 0.16, row)
            label = f"{row.label} ({number(row.count, lang)})"
            add_text(slide, left + 0.28, y - 0.06, 3.1, 0.26, label, 9)
        left, width = 7.8, WIDE - MARGIN - 7.8
        for position, figure in enumerate(briefing.figures):
            x, y = left + (width / 3) * (position % 3), 1.3 + 0.95 * (position // 3)
            box(slide, x, y, width / 3 - 0.1, 0.85, fill=PALE)
            add_text(slide, x, y - 0.03, width / 3 - 0.1, 0.45, figure.value, 20, True)
            add_text(slide, x, y + 0.42, width / 3 - 0.1, 0.4, figure.label, 9)
        add_text(slide, left - 0.1, 3.15, width + 0.1, 0.5, briefing.standing, 10.5)
        lead = gaps.lead
        if len(gaps.rows) > _GAPS_AT_MOST:
            lead += " " + text("briefing.first_gaps", lang)
        add_text(slide, left - 0.1, 3.68, width + 0.1, 0.5, lead, 11)
        if gaps.rows:
            grid(slide, left, 4.25, width - 0.1, 0.27, gaps, gaps.rows[:_GAPS_AT_MOST], 10)
        below = [text("briefing.marked", lang)] if sites else []
        below += briefing.notes
        add_text(slide, left - 0.1, 6.72, width + 0.1, 0.3, " ".join(below), 7, colour=GREY)

    def _picture(self, slide: Any, inches: tuple[float, float]) -> None:
        from pptx.util import Inches

        picture = io.BytesIO(map_png(self._briefing, inches))
        shown = slide.shapes.add_picture(
            picture, Inches(MARGIN), Inches(1.3), *(Inches(side) for side in inches)
        )
        shown._element.nvPicPr.cNvPr.set("descr", self._briefing.line)

    def chart(self, chart: Chart, *, across: bool) -> None:
        from pptx.chart.data import CategoryChartData
        from pptx.dml.color import RGBColor
        from pptx.enum.chart import XL_CHART_TYPE
        from pptx.util import Inches, Pt

        counts = "; ".join(
            f"{name}: {number(value, self._lang)}"
            for name, value in zip(chart.categories, chart.values, strict=True)
        )
        slide = self._new(chart.title, f"{chart.note} {counts}".strip())
        if not chart.categories:
            add_text(slide, MARGIN, 1.2, WIDE - 2 * MARGIN, 0.65, chart.note, 12, colour=GREY)
            return
        data = CategoryChartData(number_format="#,##0")
        data.categories = [without_formula(name) for name in chart.categories]
        data.add_series(text("metrik.jumlah_kim", self._lang), chart.values)
        kind = XL_CHART_TYPE.BAR_CLUSTERED if across else XL_CHART_TYPE.COLUMN_CLUSTERED
        drawn = slide.shapes.add_chart(
            kind, Inches(MARGIN), Inches(1.3), Inches(WIDE - 2 * MARGIN), Inches(5.4), data
        ).chart
        drawn.has_legend = drawn.has_title = False
        drawn.font.size = Pt(14)
        plot = drawn.plots[0]
        plot.gap_width = 40
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(12)
        fill = plot.series[0].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(BAR)
        drawn.value_axis.visible = False
        drawn.value_axis.has_major_gridlines = False
        drawn.category_axis.reverse_order = across
        if chart.note:
            add_text(slide, MARGIN, 6.75, 12, 0.4, chart.note, 12, colour=GREY)

    def sources(self) -> None:
        briefing = self._briefing
        slide = self._new(text("briefing.sources", self._lang), " ".join(briefing.notes))
        lines = [*briefing.notes, *briefing.sources, text("briefing.made", self._lang)]
        add_text(slide, MARGIN, 1.4, WIDE - 2 * MARGIN, 5, "\n".join(lines), 14, gap=8)

    def _new(self, title: str | None, notes: str) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_BLANK_LAYOUT])
        slide.notes_slide.notes_text_frame.text = notes
        for shape in list(slide.placeholders):
            shape.element.getparent().remove(shape.element)
        if title is not None:
            add_text(slide, MARGIN, 0.45, WIDE - 2 * MARGIN, 0.8, title, 30, True)
            footer = f"{self._briefing.region_path} · {self._briefing.as_of}"
            add_text(slide, MARGIN, 7.08, WIDE - 2 * MARGIN, 0.3, footer, 10, colour=GREY)
        return slide

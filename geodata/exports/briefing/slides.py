"""A briefing as PowerPoint slides: text boxes, tables and charts that can be edited, with notes."""

import io
from typing import Any

from geodata.exports.briefing.model import Briefing, Chart, Table
from geodata.exports.briefing.picture import map_png
from geodata.exports.tables import harmless_text
from geodata.text import number, text

_WIDE, _HIGH = 13.333, 7.5  # inches, 16:9
_MARGIN = 0.6
_ROWS_AT_MOST = 12
_MAP = (9.0, 5.2)  # inches
_INK, _BAR, _PALE, _GREY = "1F2A33", "1D6F8A", "E8EEF0", "4A5560"
_BLANK_LAYOUT = 6


def to_pptx(briefing: Briefing) -> bytes:
    """Return the slides of a briefing as a PPTX file."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    deck.core_properties.title = f"{text('briefing.kind', briefing.lang)}: {briefing.title}"
    deck.core_properties.author = "Peta KIM"
    slides = _Slides(deck, briefing)
    slides.cover()
    slides.figures()
    slides.map()
    slides.table(briefing.ranking)
    slides.table(briefing.gaps)
    slides.chart(briefing.bidang, across=True)
    slides.chart(briefing.trend, across=False)
    slides.sources()
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
        _box(slide, _MARGIN, 0, 0.18, _HIGH, fill=_BAR)
        _say(slide, 1.2, 2.2, 11, 0.6, text("briefing.kind", self._lang), 24, colour=_BAR)
        _say(slide, 1.2, 2.8, 11, 1.4, briefing.title, 48, bold=True)
        counted = text("briefing.counted", self._lang, filter=briefing.counted)
        _say(slide, 1.2, 4.3, 11, 0.9, f"{counted}. {briefing.as_of}.", 20, colour=_GREY)
        _say(slide, 1.2, 6.2, 11, 1.0, " ".join(briefing.notes), 12, colour=_GREY)

    def figures(self) -> None:
        briefing = self._briefing
        slide = self._new(text("briefing.figures", self._lang), briefing.line)
        width, gap = (_WIDE - 2 * _MARGIN - 2 * 0.3) / 3, 0.3
        for place, figure in enumerate(briefing.figures):
            first = place < 3
            left = _MARGIN + (place if first else place - 3) * (width + gap)
            top, height = (1.5, 2.0) if first else (3.75, 1.25)
            _box(slide, left, top, width, height, fill=_PALE)
            size = 54 if first else 32
            _say(slide, left + 0.2, top + 0.1, width - 0.4, height - 0.55, figure.value, size, True)
            _say(slide, left + 0.2, top + height - 0.5, width - 0.4, 0.4, figure.label, 16)
        _say(slide, _MARGIN, 5.3, _WIDE - 2 * _MARGIN, 1.6, briefing.line, 18)

    def map(self) -> None:
        from pptx.util import Inches

        briefing = self._briefing
        layer = briefing.layer
        slide = self._new(layer.title, " ".join([briefing.line, *briefing.notes]))
        picture = io.BytesIO(map_png(briefing, _MAP))
        shown = slide.shapes.add_picture(
            picture, Inches(_MARGIN), Inches(1.3), *(Inches(side) for side in _MAP)
        )
        shown._element.nvPicPr.cNvPr.set("descr", briefing.line)
        left, top = 9.9, 1.35
        _say(slide, left, top, 3, 0.4, layer.name, 16, True)
        for place, row in enumerate(layer.legend, start=1):
            y = top + 0.42 * place + 0.1
            _box(slide, left, y + 0.04, 0.34, 0.26, fill=row.fill.lstrip("#"), line=_GREY)
            label = f"{row.label} ({number(row.count, self._lang)})"
            _say(slide, left + 0.42, y - 0.02, 2.9, 0.36, label, 12)
        whole = _WIDE - 2 * _MARGIN
        _say(slide, _MARGIN, 6.58, whole, 0.5, " ".join(briefing.notes), 10, colour=_GREY)

    def table(self, table: Table) -> None:
        slide = self._new(table.title, table.lead)
        rows = table.rows[:_ROWS_AT_MOST]
        lead = table.lead
        if len(rows) < len(table.rows):
            shown = {"tampil": number(len(rows), self._lang)}
            total = number(len(table.rows), self._lang)
            lead += " " + text("briefing.first_rows", self._lang, jumlah=total, **shown)
        _say(slide, _MARGIN, 1.2, _WIDE - 2 * _MARGIN, 0.5, lead, 14, colour=_GREY)
        if rows:
            _table(slide, table, rows)

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
        data = CategoryChartData(number_format="#,##0")
        data.categories = [harmless_text(name) for name in chart.categories]
        data.add_series(text("metrik.jumlah_kim", self._lang), chart.values)
        kind = XL_CHART_TYPE.BAR_CLUSTERED if across else XL_CHART_TYPE.COLUMN_CLUSTERED
        drawn = slide.shapes.add_chart(
            kind, Inches(_MARGIN), Inches(1.3), Inches(_WIDE - 2 * _MARGIN), Inches(5.4), data
        ).chart
        drawn.has_legend = drawn.has_title = False
        drawn.font.size = Pt(14)
        plot = drawn.plots[0]
        plot.gap_width = 40
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(12)
        fill = plot.series[0].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(_BAR)
        drawn.value_axis.visible = False
        drawn.value_axis.has_major_gridlines = False
        drawn.category_axis.reverse_order = across
        if chart.note:
            _say(slide, _MARGIN, 6.75, 12, 0.4, chart.note, 12, colour=_GREY)

    def sources(self) -> None:
        briefing = self._briefing
        slide = self._new(text("briefing.sources", self._lang), " ".join(briefing.notes))
        lines = [*briefing.notes, *briefing.sources, text("briefing.made", self._lang)]
        _say(slide, _MARGIN, 1.4, _WIDE - 2 * _MARGIN, 5, "\n".join(lines), 14, gap=8)

    def _new(self, title: str | None, notes: str) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_BLANK_LAYOUT])
        slide.notes_slide.notes_text_frame.text = notes
        for shape in list(slide.placeholders):
            shape.element.getparent().remove(shape.element)
        if title is not None:
            _say(slide, _MARGIN, 0.45, _WIDE - 2 * _MARGIN, 0.8, title, 30, True)
            place = f"{self._briefing.place} · {self._briefing.as_of}"
            _say(slide, _MARGIN, 7.08, _WIDE - 2 * _MARGIN, 0.3, place, 10, colour=_GREY)
        return slide


def _say(
    slide: Any, left: float, top: float, width: float, height: float, words: str, points: float,
    bold: bool = False, *, colour: str = _INK, gap: float = 0,
) -> None:  # fmt: skip
    """Put a text box on a slide; inches and points."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_textbox(
        Inches(left), Inches(top), Inches(width), Inches(height)
    ).text_frame
    frame.word_wrap = True
    frame.text = words
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(gap)
        paragraph.font.size, paragraph.font.bold = Pt(points), bold
        paragraph.font.color.rgb = RGBColor.from_string(colour)


def _box(
    slide: Any, left: float, top: float, width: float, height: float, *, fill: str, line: str = ""
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches, Pt

    box = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(left), Inches(top), Inches(width), Inches(height)
    )
    box.shadow.inherit = False
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor.from_string(fill)
    if line:
        box.line.color.rgb, box.line.width = RGBColor.from_string(line), Pt(0.5)
    else:
        box.line.fill.background()


def _table(slide: Any, table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    whole, left, top = Inches(_WIDE - 2 * _MARGIN), Inches(_MARGIN), Inches(1.85)
    size = (len(rows) + 1, len(table.headings))
    grid = slide.shapes.add_table(*size, left, top, whole, Inches(0.38)).table
    for place, share in enumerate(table.widths):
        grid.columns[place].width = int(whole * share)
    for y, row in enumerate((table.headings, *rows)):
        grid.rows[y].height = Inches(0.38)
        for x, words in enumerate(row):
            cell = grid.cell(y, x)
            cell.text = words
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            shade = _BAR if y == 0 else _PALE if y % 2 == 0 else "FFFFFF"
            cell.fill.fore_color.rgb = RGBColor.from_string(shade)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.font.bold = Pt(13), y == 0
            paragraph.font.color.rgb = RGBColor.from_string("FFFFFF" if y == 0 else _INK)
            if table.numeric[x]:
                paragraph.alignment = PP_ALIGN.RIGHT

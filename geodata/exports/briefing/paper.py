"""A briefing as PDF, A4 upright: everything that the slides show, and the tables in full."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from geodata.exports.briefing.model import Briefing, Chart, Figure, Table
from geodata.exports.briefing.picture import map_png
from geodata.text import number, text
from geodata.view.legend import LegendRow

_INK, BAR, _PALE, GREY = "#1f2a33", "#1d6f8a", "#e8eef0", "#4a5560"
_MARGIN_MM = 16
_MAP_INCHES = (7.0, 4.5)
_FONT, _BOLD = "DejaVuSans", "DejaVuSans-Bold"


def to_pdf(briefing: Briefing) -> bytes:
    """Return a briefing as PDF."""
    lang = briefing.lang
    return on_paper(
        f"{text('briefing.kind', lang)}: {briefing.title}",
        f"{briefing.region_path} · {briefing.as_of}",
        lambda width: _story(briefing, width),
        lang,
    )


def on_paper(title: str, foot: str, story: Callable[[float], list[Any]], lang: str) -> bytes:
    """Return a document of A4 sheets, upright, as PDF.

    Parameters
    ----------
    foot
        What stands at the foot of each sheet, beside its number.
    story
        Returns the parts of the document (reportlab's flowables) for a width in points.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN_MM * mm,
        rightMargin=_MARGIN_MM * mm,
        topMargin=_MARGIN_MM * mm,
        bottomMargin=20 * mm,
        title=title,
        author="Peta KIM",
    )

    def footer(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(_FONT, 7)
        canvas.setFillColor(GREY)
        canvas.drawString(_MARGIN_MM * mm, 11 * mm, foot[:110])
        numbered = text("briefing.page", lang, nomor=page.page)
        canvas.drawRightString(A4[0] - _MARGIN_MM * mm, 11 * mm, numbered)
        canvas.restoreState()

    document.build(story(document.width), onFirstPage=footer, onLaterPages=footer)
    return buffer.getvalue()


def register_fonts() -> None:
    """Use the DejaVu fonts that matplotlib brings: they hold more than Latin letters."""
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in (_FONT, _BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))


def _story(briefing: Briefing, width: float) -> list[Any]:
    from reportlab.lib.units import inch
    from reportlab.platypus import Image, KeepTogether, PageBreak, Spacer

    lang = briefing.lang
    counted = text("briefing.counted", lang, filter=briefing.counted)
    height = width * _MAP_INCHES[1] / _MAP_INCHES[0]
    picture = Image(io.BytesIO(map_png(briefing, _MAP_INCHES, 220)), width, height)
    return [
        said(text("briefing.kind", lang), 11, colour=BAR),
        said(briefing.title, 22, bold=True),
        said(f"{counted}. {briefing.as_of}.", 9, colour=GREY),
        Spacer(0, 0.12 * inch),
        figures_on_paper(briefing.figures, width),
        Spacer(0, 0.12 * inch),
        said(briefing.line, 9.5),
        *([said(briefing.standing, 9.5)] if briefing.standing else []),
        Spacer(0, 0.1 * inch),
        said(briefing.layer.title, 13, bold=True),
        picture,
        Spacer(0, 0.06 * inch),
        legend_on_paper(briefing.layer.legend, width),
        *([said(text("briefing.marked", lang), 8)] if briefing.sites else []),
        Spacer(0, 0.08 * inch),
        *(said(note, 7.5, colour=GREY) for note in briefing.notes),
        PageBreak(),
        *table_on_paper(briefing.ranking, width),
        Spacer(0, 0.25 * inch),
        *(KeepTogether(_chart(chart, width, lang)) for chart in (briefing.bidang, briefing.trend)),
        *table_on_paper(briefing.gaps, width),
        Spacer(0, 0.25 * inch),
        *table_on_paper(briefing.priority, width),
        Spacer(0, 0.25 * inch),
        *table_on_paper(briefing.next_sites, width),
        Spacer(0, 0.25 * inch),
        said(text("briefing.sources", lang), 13, bold=True),
        *(said(line, 8) for line in (*briefing.notes, *briefing.sources)),
        said(text("briefing.made", lang), 8, colour=GREY),
    ]


def said(
    words: str, points: float, *, bold: bool = False, colour: str = _INK, right: bool = False
) -> Any:
    """Return a paragraph; its words are text, never markup."""
    from reportlab.lib.enums import TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "said",
        fontName=_BOLD if bold else _FONT,
        fontSize=points,
        leading=points * 1.3,
        textColor=colour,
        spaceAfter=points * 0.35,
        alignment=TA_RIGHT if right else TA_LEFT,
        splitLongWords=True,
    )
    return Paragraph(escape(words), style)


def figures_on_paper(figures: Sequence[Figure], width: float) -> Any:
    """Return figures side by side, each above what it is called."""
    from reportlab.platypus import Table as Grid

    values = [said(figure.value, 16, bold=True) for figure in figures]
    labels = [said(figure.label, 7.5, colour=GREY) for figure in figures]
    style = [("BACKGROUND", (0, 0), (-1, -1), _PALE), ("BOTTOMPADDING", (0, 0), (-1, 0), 0)]
    return Grid([values, labels], [width / len(values)] * len(values), style=style)


def legend_on_paper(rows: Sequence[LegendRow], width: float) -> Any:
    """Return the rows of a legend in two columns."""
    from reportlab.platypus import Table as Grid

    half = -(-len(rows) // 2)
    cells, style = [], [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *_TIGHT]
    for y in range(half):
        line: list[Any] = []
        for x, position in enumerate((y, y + half)):
            if position < len(rows):
                line += [
                    "////" if rows[position].hatch else "",
                    said(f"{rows[position].label} ({rows[position].count})", 8),
                ]
                style.append(("BACKGROUND", (2 * x, y), (2 * x, y), rows[position].fill))
                style.append(("BOX", (2 * x, y), (2 * x, y), 0.4, GREY))
            else:
                line += ["", ""]
        cells.append(line)
    return Grid(cells, [22, width / 2 - 22] * 2, style=style)


_TIGHT: list[Any] = [
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
]


def table_on_paper(table: Table, width: float) -> list[Any]:
    """Return a table below its title and lead; its heading stands on every sheet."""
    from reportlab.platypus import Table as Grid

    parts = [said(table.title, 13, bold=True), said(table.lead, 8.5, colour=GREY)]
    if not table.rows:
        return parts
    headings = zip(table.headings, table.numeric, strict=True)
    cells = [
        [said(words, 7.5, bold=True, colour="#ffffff", right=right) for words, right in headings]
    ]
    for row in table.rows:
        aligned = zip(row, table.numeric, strict=True)
        cells.append([said(words, 7.5, right=right) for words, right in aligned])
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), BAR),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), ["#ffffff", _PALE]),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *_TIGHT,
    ]
    widths = [width * share for share in table.widths]
    return [*parts, Grid(cells, widths, repeatRows=1, style=style)]


def _chart(chart: Chart, width: float, lang: str) -> list[Any]:
    """Return bars with their counts, as a table: so the numbers are text."""
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import inch
    from reportlab.platypus import Spacer
    from reportlab.platypus import Table as Grid

    parts = [said(chart.title, 13, bold=True)]
    parts += [said(chart.note, 8, colour=GREY)] if chart.note else []
    gap = Spacer(0, 0.2 * inch)
    if not chart.categories:
        return [*parts, gap]
    room, most = width * 0.62, max(*chart.values, 1)
    cells = []
    for name, value in zip(chart.categories, chart.values, strict=True):
        bar = Drawing(room, 8)
        bar.add(Rect(0, 0, room * value / most, 8, fillColor=HexColor(BAR), strokeColor=None))
        cells.append([said(name, 7.5), bar, said(number(value, lang), 7.5, right=True)])
    style = [*_TIGHT, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    grid = Grid(cells, [width * 0.28, room, width * 0.1], style=style)
    return [*parts, grid, gap]

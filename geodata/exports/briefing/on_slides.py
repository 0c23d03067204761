"""What slides are drawn with: text boxes, rectangles and tables that can be edited."""

from collections.abc import Sequence
from typing import Any

from geodata.exports.briefing.model import Table
from geodata.view.legend import LegendRow

WIDE, HIGH = 13.333, 7.5  # inches, 16:9
MARGIN = 0.6
INK, BAR, PALE, GREY = "1F2A33", "1D6F8A", "E8EEF0", "4A5560"


def add_text(
    slide: Any, left: float, top: float, width: float, height: float, words: str, points: float,
    bold: bool = False, *, colour: str = INK, gap: float = 0,
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


def box(
    slide: Any, left: float, top: float, width: float, height: float, *, fill: str, line: str = ""
) -> Any:
    """Put a rectangle on a slide and return it; inches, colours without ``#``."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches, Pt

    drawn = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(left), Inches(top), Inches(width), Inches(height)
    )
    drawn.shadow.inherit = False
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = RGBColor.from_string(fill)
    if line:
        drawn.line.color.rgb, drawn.line.width = RGBColor.from_string(line), Pt(0.5)
    else:
        drawn.line.fill.background()
    return drawn


def swatch(
    slide: Any, left: float, top: float, width: float, height: float, row: LegendRow
) -> None:
    """Put the colour of a legend's row on a slide, with the lines over it; inches."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_PATTERN

    fill = row.fill.lstrip("#")
    drawn = box(slide, left, top, width, height, fill=fill, line=GREY)
    if row.hatch:
        drawn.fill.patterned()
        drawn.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        drawn.fill.fore_color.rgb = RGBColor.from_string(GREY)
        drawn.fill.back_color.rgb = RGBColor.from_string(fill)


def grid(
    slide: Any, left: float, top: float, width: float, row_height: float,
    table: Table, rows: Sequence[tuple[str, ...]], points: float,
) -> None:  # fmt: skip
    """Put ``rows`` of ``table`` on a slide, below its headings; inches and points."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    whole, high = Inches(width), Inches(row_height)
    size = (len(rows) + 1, len(table.headings))
    made = slide.shapes.add_table(*size, Inches(left), Inches(top), whole, high).table
    for column, share in enumerate(table.widths):
        made.columns[column].width = int(whole * share)
    for y, row in enumerate((table.headings, *rows)):
        made.rows[y].height = high
        for x, words in enumerate(row):
            cell = made.cell(y, x)
            cell.text = words
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            shade = BAR if y == 0 else PALE if y % 2 == 0 else "FFFFFF"
            cell.fill.fore_color.rgb = RGBColor.from_string(shade)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.font.bold = Pt(points), y == 0
            paragraph.font.color.rgb = RGBColor.from_string("FFFFFF" if y == 0 else INK)
            if table.numeric[x]:
                paragraph.alignment = PP_ALIGN.RIGHT

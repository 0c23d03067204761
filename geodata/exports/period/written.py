"""A report of a period as files: a page, sheets of paper and a workbook, of the same model."""

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geodata.exports.briefing import page
from geodata.exports.briefing.paper import (
    BAR,
    GREY,
    figures_on_paper,
    legend_on_paper,
    on_paper,
    said,
    table_on_paper,
)
from geodata.exports.period.model import PeriodReport
from geodata.exports.spreadsheets import to_xlsx
from geodata.text import number, text

_TEMPLATES = Path(__file__).parent / "templates"


def report_files(report: PeriodReport) -> dict[str, bytes]:
    """Return the files of a report by name."""
    return {f"{report.name}.{ending}": write(report) for ending, write in WRITERS.items()}


def report_page(report: PeriodReport) -> bytes:
    """Return a report as one HTML file, which asks for nothing else."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("report.html")
    return template.render(
        report=report,
        tables=[section.in_words(report.lang) for section in report.sections],
        picture=f"data:image/png;base64,{b64encode(report.picture).decode()}",
        style=Markup(page.STYLE.read_text(encoding="utf-8")),
        text=text,
        number=number,
    ).encode()


def report_paper(report: PeriodReport) -> bytes:
    """Return a report as PDF, A4 upright."""
    foot = f"{report.title} · {report.period}"
    title = f"{text('laporan.kind', report.lang)}: {foot}"
    return on_paper(title, foot, lambda width: _story(report, width), report.lang)


def _story(report: PeriodReport, width: float) -> list[Any]:
    from reportlab.lib.units import inch
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image, Spacer

    pixels = ImageReader(io.BytesIO(report.picture)).getSize()
    picture = Image(io.BytesIO(report.picture), width, width * pixels[1] / pixels[0])
    story = [
        said(text("laporan.kind", report.lang), 11, colour=BAR),
        said(report.title, 22, bold=True),
        said(report.period, 12, bold=True),
        said(report.counted, 9, colour=GREY),
        Spacer(0, 0.12 * inch),
        figures_on_paper(report.figures, width),
        Spacer(0, 0.12 * inch),
        *(said(line, 9.5) for line in (report.line, *report.standing)),
        Spacer(0, 0.1 * inch),
        said(report.picture_title, 13, bold=True),
        picture,
        Spacer(0, 0.06 * inch),
        legend_on_paper(report.legend, width),
        Spacer(0, 0.1 * inch),
        *(said(note, 7.5, colour=GREY) for note in report.notes),
    ]
    for section in report.sections:
        story += [Spacer(0, 0.25 * inch), *table_on_paper(section.in_words(report.lang), width)]
    story += [Spacer(0, 0.25 * inch), said(text("briefing.sources", report.lang), 13, bold=True)]
    return story + [said(line, 8) for line in report.sources]


def report_workbook(report: PeriodReport) -> bytes:
    """Return a report as XLSX: what it says, then a sheet for each of its tables, in full."""
    told = [
        (text("laporan.kind", report.lang), f"{report.title}, {report.period}"),
        *((figure.label, figure.value) for figure in report.figures),
        *(("", line) for line in (report.line, *report.standing, report.counted)),
        *(("", note) for note in report.notes),
        *((text("briefing.sources", report.lang), line) for line in report.sources),
    ]
    summary = pd.DataFrame(told, columns=["uraian", "isi"], dtype="str")
    tables = {section.sheet: section.table for section in report.sections}
    return to_xlsx({text("laporan.summary", report.lang): summary, **tables}, report.lang)


WRITERS: dict[str, Callable[[PeriodReport], bytes]] = {
    "html": report_page,
    "pdf": report_paper,
    "xlsx": report_workbook,
}
"""What writes each file, by its ending."""

"""What there is in an area on one page, A4 upright: figures, map, the KIM, and who is next."""

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd

from geodata.area.answer import Answer, is_of_first
from geodata.area.area import Area
from geodata.area.message import figures_in_words, names_of
from geodata.area.people import People
from geodata.columns import column
from geodata.exports.briefing.paper import BAR, GREY, register_fonts, said
from geodata.lines import short_line
from geodata.text import number, text

MAP_INCHES = (7.0, 3.1)
_MARGIN_MM = 14
_KIM_ROWS, _DESA_ROWS = 18, 9
_LONGEST = 60
_KIM = {"nama_kim": 0.36, "desa": 0.2, "kecamatan": 0.16, "status": 0.18, "cara_lokasi": 0.1}
_DESA = {"nama": 0.2, "kecamatan": 0.18, "kim_terdekat": 0.28, "jarak_km": 0.22, "arah": 0.12}


def to_pdf(
    area: Area,
    found: Answer,
    people: People,
    png: bytes,
    notes: Sequence[str],
    lang: str,
) -> bytes:
    """Return the page as PDF.

    Parameters
    ----------
    png
        The map, of the proportions of :data:`MAP_INCHES`.
    notes
        What is counted, how new it is, whose boundaries these are, and the link.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Image, KeepInFrame, SimpleDocTemplate, Spacer

    register_fonts()
    buffer = io.BytesIO()
    sides = dict.fromkeys(
        ("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN_MM * mm
    )
    title = text("area.message.title", lang)
    document = SimpleDocTemplate(buffer, pagesize=A4, title=title, author="Peta KIM", **sides)
    width = document.width - 12  # the frame's own padding
    gap = Spacer(0, 2 * mm)
    story: list[Any] = [
        said(title, 17, bold=True),
        said(names_of(area, lang), 10, colour=BAR),
        *(said(f"• {line}", 9) for line in figures_in_words(found, people, lang)),
        gap,
        Image(io.BytesIO(png), width, width * MAP_INCHES[1] / MAP_INCHES[0], hAlign="LEFT"),
        said(text("area.paper.map", lang), 7, colour=GREY),
        gap,
        *_kim(found, width, lang),
        gap,
        *_without(found, width, lang),
        gap,
        *(said(short_line(note, 400), 7, colour=GREY) for note in notes),
    ]
    # Names of any length have to fit on the one page.
    document.build([KeepInFrame(width, document.height - 12, story, mode="shrink")])
    return buffer.getvalue()


def _kim(found: Answer, width: float, lang: str) -> list[Any]:
    first = found.kim[is_of_first(found.kim)]
    rows = pd.concat([first, found.kim.drop(first.index)]) if len(first) else found.kim
    return _table(text("area.paper.kim", lang), rows, _KIM, _KIM_ROWS, width, lang)


def _without(found: Answer, width: float, lang: str) -> list[Any]:
    rows = found.without.sort_values("jarak_km", ascending=False, kind="stable")
    title = text("area.paper.without", lang)
    return _table(title, rows, _DESA, _DESA_ROWS, width, lang)


def _table(
    title: str, rows: pd.DataFrame, shares: dict[str, float], most: int, width: float, lang: str
) -> list[Any]:
    from reportlab.platypus import Table

    heading = said(f"{title} ({number(len(rows), lang)})", 10.5, bold=True)
    if rows.empty:
        return [heading, said(text("area.paper.none", lang), 8, colour=GREY)]
    shown = rows.head(most)
    told = [column(name).told(shown[name], lang) for name in shares]
    cells = [[said(column(name).title(lang), 7, bold=True, colour="#ffffff") for name in shares]]
    cells += [
        [said(short_line(words, _LONGEST), 7) for words in line] for line in zip(*told, strict=True)
    ]
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), BAR),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), ["#ffffff", "#e8eef0"]),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
    ]
    rest = len(rows) - len(shown)
    more = [said(text("area.message.more", lang, jumlah=number(rest, lang)), 7)] if rest else []
    return [
        heading,
        Table(cells, [width * share for share in shares.values()], style=style, hAlign="LEFT"),
        *more,
    ]

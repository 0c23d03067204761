"""The certificate of a registration number as PDF, A4 upright: what is public of one KIM."""

import io
from typing import Any

import segno

from geodata.exports.briefing.paper import BAR, GREY, register_fonts, said
from geodata.gazetteer import Gazetteer
from geodata.registry.by_hand.kim import Kim
from geodata.text import day, text
from geodata.view.kim_words import value_in_words

_FIELDS = ("kode_wilayah", "bidang", "tanggal_terdaftar", "tahap", "domain")
_MARGIN_MM = 26
_QR_MM = 38
_NAME_MM = 60
"""As high as a name can be, so that the certificate is one page; a longer one is set smaller."""


def to_pdf(kim: Kim, gazetteer: Gazetteer, link: str, lang: str) -> bytes:
    """Return the certificate of a registered KIM as PDF.

    Parameters
    ----------
    link
        Address of its page, which the QR code leads to: there one sees whether it still holds.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    buffer = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin"), _MARGIN_MM * mm)
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        topMargin=42 * mm,
        title=f"{text('certificate.title', lang)}: {kim.values['nama_kim']}",
        author="Peta KIM",
        **margins,
    )

    def frame(canvas: Any, _: Any) -> None:
        canvas.setStrokeColor(BAR)
        for inset, width in ((12, 2), (14, 0.5)):
            canvas.setLineWidth(width)
            canvas.rect(inset * mm, inset * mm, A4[0] - 2 * inset * mm, A4[1] - 2 * inset * mm)

    document.build(_story(kim, gazetteer, link, lang), onFirstPage=frame)
    return buffer.getvalue()


def _story(kim: Kim, gazetteer: Gazetteer, link: str, lang: str) -> list[Any]:
    from reportlab.lib.units import mm
    from reportlab.platypus import Image, KeepInFrame, Spacer
    from reportlab.platypus import Table as Grid

    values = kim.values
    told = {name: value_in_words(name, values[name], gazetteer, lang) for name in _FIELDS}
    told["tanggal_terdaftar"] = day(values["tanggal_terdaftar"], lang)
    rows = [
        [said(text(f"certificate.{name}", lang), 10, colour=GREY), said(words, 11)]
        for name, words in told.items()
        if words
    ]
    code = io.BytesIO()
    segno.make(link, micro=False, error="m").save(code, kind="png", scale=8, border=4)
    code.seek(0)
    top = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    return [
        said(text("certificate.title", lang), 13, colour=BAR),
        KeepInFrame(0, _NAME_MM * mm, [said(values["nama_kim"], 24, bold=True)], mode="shrink"),
        Spacer(0, 6 * mm),
        said(text("certificate.number", lang), 10, colour=GREY),
        said(values["nomor_induk"], 18, bold=True),
        Spacer(0, 8 * mm),
        Grid(rows, [48 * mm, None], style=top),
        Spacer(0, 14 * mm),
        Grid(
            [
                [
                    Image(code, _QR_MM * mm, _QR_MM * mm),
                    [said(text("certificate.check", lang), 9), said(link, 8, colour=GREY)],
                ]
            ],
            [(_QR_MM + 4) * mm, None],
            style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (0, 0), 0)],
        ),
    ]

"""The last slide of a presentation: the link to it, as a code that a telephone reads."""

from urllib.parse import urlsplit

import segno
from markupsafe import Markup, escape

from dashboard.http.visitor import is_loopback


def reaches_others(address: str) -> bool:
    """Tell whether an address means this server to other machines, too."""
    return not is_loopback(urlsplit(address).hostname or "localhost")


def qr_code(link: str) -> Markup:
    """Return the QR code of ``link`` as SVG, with the quiet zone of four modules around it."""
    code = segno.make(link, micro=False, error="m")
    return Markup(code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff"))


def without_scheme(link: str) -> Markup:
    """Return ``link`` as a person types it, in lines that end after a slash."""
    return Markup("/<wbr>").join(map(escape, link.partition("://")[2].split("/")))

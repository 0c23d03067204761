"""A view as one slide, and slides as one HTML file that needs nothing else: see ``deck_html``."""

import base64
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from dashboard import data
from dashboard.map.legend_html import legend_html
from dashboard.map.picture import picture_of
from dashboard.map.script import joined
from dashboard.paparan.closing import qr_code, without_scheme
from geodata.analysis.region_metrics import Totals
from geodata.exports.map_picture import widened
from geodata.registry.snapshot import KimFilter
from geodata.text import number, text
from geodata.view.choropleth import choropleth
from geodata.view.metrics import METRICS
from geodata.view.view import View
from geodata.view.words import (
    data_date_in_words,
    figure_in_words,
    filter_in_words,
    level_name,
    region_path,
)

_HERE = Path(__file__).parent
_PICTURE_PX = 1_920
_FRAME = 2.4  # width to height of the room for the map on a screen of 16:9


@dataclass(frozen=True)
class Slide:
    """What one slide says and shows, all of it ready to be written.

    Attributes
    ----------
    figures
        Three pairs of label and figure.
    picture
        The map, as a PNG file.
    origin
        Date of the data, and what is approximate or illustrative about them.
    """

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    legend: str
    sentence: str
    picture: bytes
    picture_text: str
    origin: str
    notes: str

    @property
    def picture_address(self) -> str:
        """The picture as an address that holds it."""
        return "data:image/png;base64," + base64.b64encode(self.picture).decode("ascii")


def slide_key(view: View) -> Hashable:
    """Return what the slide of ``view`` rests on: a slide has no points."""
    return "slide", *data.versions(view), replace(view, points=False)


@data.held()
def slide_of(view: View, notes: str = "") -> Slide:
    """Return the slide that shows ``view``, with the same figures as the map page."""
    lang = view.lang
    shown = choropleth(view, data.snapshot(view), data.boundaries())
    level = level_name(view.shown_level, lang)
    return Slide(
        title=shown.title,
        subtitle=text(
            "paparan.subtitle",
            lang,
            tingkat=level,
            filter=filter_in_words(view.kim_filter, lang, shown.totals.tanpa_tahun),
        ),
        figures=_figures(shown.totals, view.kim_filter, lang),
        legend=legend_html(shown.layer, lang),
        sentence=shown.sentence,
        picture=picture_of(shown, widened(shown.bounds, _FRAME), _PICTURE_PX),
        picture_text=text(
            "paparan.picture",
            lang,
            metrik=shown.layer.metric.title(lang),
            wilayah=region_path(data.gazetteer(), view.region, lang),
            tingkat=level,
        ),
        origin=_origin(view),
        notes=notes,
    )


def _figures(figures: Totals, kim_filter: KimFilter, lang: str) -> tuple[tuple[str, str], ...]:
    def pair(label: str, name: str, active: str) -> tuple[str, str]:
        if not kim_filter.status and figures.kabupaten_melapor:
            count = figure_in_words(figures, active, lang)
            label = f"{label} ({text('peta.active', lang, jumlah=count)})"
        return label, figure_in_words(figures, name, lang)

    return (
        pair(METRICS["jumlah_kim"].title(lang), "jumlah_kim", "kim_aktif"),
        pair(text("ringkasan.served", lang), "desa_terlayani", "desa_aktif"),
        pair(METRICS["cakupan"].title(lang), "cakupan", "cakupan_aktif"),
    )


def _origin(view: View) -> str:
    snapshot, lang = data.snapshot(view), view.lang
    attribution = data.attribution(lang, petak=view.petak)
    parts = [data_date_in_words(snapshot, lang), attribution]
    if snapshot.illustrative:
        parts.insert(0, text("app.illustrative", lang))
    return " · ".join(parts)


@cache
def deck_script() -> str:
    """Return the script of a deck, as it stands in its page."""
    return joined(_HERE / "start.js")


@cache
def _deck_page() -> Template:
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True)
    style = Markup((_HERE / "paparan.css").read_text(encoding="utf-8"))
    kept = {
        "style": style,
        "script": Markup(deck_script()),
        "text": text,
        "number": number,
        "qr_code": qr_code,
        "without_scheme": without_scheme,
    }
    return environment.get_template("paparan.html", globals=kept)


def deck_html(name: str, slides: Sequence[Slide], lang: str, link: str = "") -> bytes:
    """Return ``slides`` as one HTML page in UTF-8 that asks no host for anything.

    Arrow keys, a clicker, a finger, or buttons step through it; see ``paparan/paparan.js``. Notes
    are shown in the presenter's window alone.

    Parameters
    ----------
    link
        Where people find it on the server: the last slide shows it. Without one there is none.
    """
    return _deck_page().render(name=name, slides=slides, lang=lang, link=link).encode()

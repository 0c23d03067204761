"""A view as one slide, and slides as one HTML file that needs nothing else: see ``deck_html``."""

import base64
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from dashboard import assets, data
from dashboard.legend import legend_html
from dashboard.map_view import classes_of
from dashboard.selection import Selection
from geodata import palette
from geodata.analysis.classes import Classification
from geodata.analysis.map_metrics import map_table
from geodata.analysis.metrics import Totals, totals
from geodata.exports.map_picture import map_picture, widened
from geodata.regions import Level
from geodata.text import day, number, percent, text
from geodata.wording import filter_in_words, level_name, region_path, summary

_PICTURE_PX = 1_920
_FRAME = 2.4  # width to height of the room for the map on a screen of 16:9
_WORDS = ("next", "previous", "fullscreen", "show_notes", "theme", "keys")


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


def slide_key(selection: Selection) -> Hashable:
    """Return what the slide of ``selection`` rests on."""
    default = Selection()
    shown = replace(
        selection,
        titik=default.titik,
        isi=default.isi,
        kolom=default.kolom,
        berkas=default.berkas,
        pemisah=default.pemisah,
    )
    return "slide", *data.versions(), shown


def slide_of(selection: Selection, notes: str = "") -> Slide:
    """Return the slide that shows ``selection``, with the same figures as the map page."""
    lang, level = selection.bahasa, selection.shown_level
    snapshot, gazetteer, boundaries = data.snapshot(), data.gazetteer(), data.boundaries()
    metric = selection.shown_metrik
    metrics = map_table(metric, snapshot, selection.kim_filter, boundaries, level, selection.scope)
    figures = totals(snapshot, selection.kim_filter, selection.wilayah)
    classification = classes_of(selection, metrics)
    colours = palette.fills(metric, classification)
    drawn = boundaries.is_drawn(level, metrics["kode"])
    place = region_path(gazetteer, selection.wilayah, lang)
    return Slide(
        title=f"{text(f'metrik.{metric}', lang)}: {place}",
        subtitle=text(
            "paparan.subtitle",
            lang,
            tingkat=level_name(level, lang),
            filter=filter_in_words(selection.kim_filter, lang),
        ),
        figures=_figures(figures, lang),
        legend=legend_html(
            classification,
            colours,
            metric,
            level,
            not_drawn=int(np.count_nonzero(~drawn)),
            lang=lang,
        ),
        sentence=summary(
            gazetteer,
            metrics,
            figures,
            code=selection.wilayah,
            level=level,
            metric=metric,
            kim_filter=selection.kim_filter,
            lang=lang,
        ),
        picture=_picture(selection, metrics["kode"].to_numpy()[drawn], classification, drawn),
        picture_text=text(
            "paparan.picture",
            lang,
            metrik=text(f"metrik.{metric}", lang),
            wilayah=place,
            tingkat=level_name(level, lang),
        ),
        origin=_origin(lang),
        notes=notes,
    )


def _figures(figures: Totals, lang: str) -> tuple[tuple[str, str], ...]:
    return (
        (text("metrik.jumlah_kim", lang), number(figures.jumlah_kim, lang)),
        (text("ringkasan.served", lang), number(figures.desa_terlayani, lang)),
        (text("metrik.cakupan", lang), percent(figures.cakupan, lang)),
    )


def _picture(
    selection: Selection, codes: np.ndarray, classification: Classification, drawn: np.ndarray
) -> bytes:
    """Draw the regions ``codes``, those of the classification that are ``drawn``."""
    boundaries, level, scope = data.boundaries(), selection.shown_level, selection.scope
    bounds = widened(boundaries.bounds(scope), _FRAME)
    if scope is None:
        regions = boundaries.simplified(level, None)
        land = boundaries.simplified(Level.PROVINSI, None)
    else:
        regions = boundaries.polygons(level)
        south, west, north, east = bounds
        land = boundaries.polygons(Level.PROVINSI).cx[west:east, south:north]
    regions = regions[pd.Index(regions["kode"], dtype=object).isin(codes)]
    ramp = palette.fills(selection.shown_metrik, classification)
    fills = np.array([palette.NO_DATA, palette.ZERO, *ramp])[classification.index[drawn] + 1]
    return map_picture(
        regions,
        fills,
        land,
        bounds,
        land_colour=palette.LAND,
        sea_colour=palette.SEA,
        border_colour=palette.BORDERS[Level.PROVINSI],
        longest_px=_PICTURE_PX,
    )


def _origin(lang: str) -> str:
    snapshot = data.snapshot()
    parts = [text("app.data_date", lang, date=day(snapshot.date, lang)), data.attribution(lang)]
    if snapshot.illustrative:
        parts.insert(0, text("app.illustrative", lang))
    return " · ".join(parts)


def deck_script() -> str:
    """Return the script of a deck, as it stands in its page."""
    return (assets.OWN / "paparan.js").read_text(encoding="utf-8") + "present();\n"


def deck_html(name: str, slides: Sequence[Slide], lang: str) -> bytes:
    """Return ``slides`` as one HTML page in UTF-8 that asks no host for anything.

    Arrow keys, a clicker, or buttons step through it; see ``static/paparan.js``.
    """
    environment = Environment(loader=FileSystemLoader(assets.OWN), autoescape=True)
    page = environment.get_template("paparan.html")
    return page.render(
        name=name,
        slides=slides,
        lang=lang,
        words={word: text(f"paparan.{word}", lang) for word in _WORDS},
        style=Markup((assets.OWN / "paparan.css").read_text(encoding="utf-8")),
        script=Markup(deck_script()),
    ).encode()

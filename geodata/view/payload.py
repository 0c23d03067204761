"""What the browser gets of a choropleth: classes of regions, never a polygon, and figures as text.

What hover says of a region is in the module ``hover``.

``Payload`` is what ``PetaKim.show`` in the browser reads.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NotRequired, TypedDict

import numpy as np

from geodata.analysis.classes import NOT_REPORTED, ZERO
from geodata.analysis.region_metrics import is_unreported
from geodata.regions import Level, feature_id
from geodata.text import number, text
from geodata.view.choropleth import Choropleth, Layer
from geodata.view.hover import Hover, Texts, said_of_zero
from geodata.view.palette import HATCH_PX, LEFT_OUT
from geodata.view.view import View
from geodata.view.words import level_name

PlannedKim = tuple[float, float, int, str, str]
"""A KIM of a plan: latitude, longitude (degrees), place in the order, desa, what it adds."""

_WORDS = (
    "map", "number", "waiting", "failed", "legend", "whole", "fullscreen", "wheel", "fingers",
    "keys", "class", "zoom_in", "zoom_out",
)  # fmt: skip


class PaintedClass(TypedDict):
    """Regions of one colour.

    ``ids`` are feature ids in rising order, each but the first as the step from the one before.
    ``say`` are lines of hover; ``{0}`` in them stands for the region's text in the first column of
    ``figures``, which holds for each id a place in the payload's ``texts``. ``hatch`` is the number
    of pixels between lines drawn over the colour.
    """

    fill: str
    ids: list[int]
    say: list[str]
    figures: list[list[int]]
    hatch: NotRequired[int]


class Far(TypedDict):
    """What is drawn instead while the map is zoomed far out, and what is then said."""

    level: str
    classes: list[PaintedClass]
    notice: str


class Axis(TypedDict):
    """One side of a square: its measure, and what each of its steps admits, in words."""

    title: str
    steps: list[str]


class Square(TypedDict):
    """Two measures at once: the first classes of a legend are cells, row by row from the top.

    The steps of ``across`` go from left to right, those of ``up`` from the top down.
    """

    across: Axis
    up: Axis


class LapseMoment(TypedDict):
    """A day of a time-lapse, as the slider shows and says it.

    ``classes`` has a character (0 to 9, then a to z) a region: the place of its colour in
    ``fills``; ``counts`` are how many regions each of these has, in words.
    """

    label: str
    said: str
    classes: str
    counts: list[str]


class Lapse(TypedDict):
    """Days of a view, the last of them its own.

    ``ids`` are all regions of its level as in :class:`PaintedClass`. Those of the first of
    ``fills`` have not reported: ``hatch`` pixels between the lines over them.
    """

    ids: list[int]
    fills: list[str]
    hatch: int
    moments: list[LapseMoment]
    words: dict[str, str]


class Legend(TypedDict):
    """What the colours of a level mean, and what is to be said of it.

    ``rows`` are colour, label, number of regions in words, and ``hatch`` of each class.
    """

    level: str
    title: str
    rows: list[tuple[str, str, str, int]]
    notes: list[str]
    square: NotRequired[Square]


class Payload(TypedDict):
    """A view for the browser.

    ``within`` are the digits of the region whose parts are drawn, ``petak`` tells whether these are
    squares, ``chosen`` is the id to outline, ``bounds`` are two corners (latitude, longitude). What
    hover says of regions that stand in no class, which are white, is in ``rest``. ``points`` is the
    address of the KIM to draw, if any. ``title`` and ``about`` stand over the map; ``legends`` has
    one for each level that is drawn.
    """

    level: str
    within: str
    petak: bool
    chosen: int | None
    bounds: list[list[float]]
    classes: list[PaintedClass]
    far: NotRequired[Far]
    lapse: NotRequired[Lapse]
    rest: list[str]
    texts: list[str]
    title: str
    about: str
    legends: list[Legend]
    points: str | None
    plan: list[list[Any]]
    lang: str
    words: dict[str, str]


def painted(
    codes: Iterable[str], fill: str, say: list[str], figures: list[list[int]], hatch: int = 0
) -> PaintedClass:
    """Return the regions ``codes``, sorted, as a class of one colour."""
    ids = np.fromiter((feature_id(code) for code in codes), np.int64)
    entry: PaintedClass = {
        "fill": fill,
        "ids": np.diff(ids, prepend=0).tolist(),
        "say": say,
        "figures": figures,
    }
    if hatch:
        entry["hatch"] = hatch
    return entry


def choropleth_payload(
    shown: Choropleth,
    *,
    region: str,
    attribution: str,
    about: str = "",
    marks: bool = False,
    points: str | None = None,
    plan: Sequence[PlannedKim] = (),
) -> Payload:
    """Return a choropleth for the browser.

    Parameters
    ----------
    region
        What the region is called whose parts are drawn.
    attribution
        What the map must say of its boundaries.
    about
        What is counted and how new it is.
    marks
        Whether regions on small islands are marked.
    points
        Address of the KIM to draw as points; ``None`` draws none.
    plan
        New KIM to draw as numbered points.
    """
    texts, lang = Texts(), shown.view.lang
    layer, far = shown.layer, shown.far
    return payload(
        shown.view,
        texts,
        _classes(layer, texts, lang),
        rest=said_of_zero(layer, lang),
        bounds=shown.bounds,
        chosen=shown.chosen,
        far=(far.level, _classes(far, texts, lang)) if far else None,
        region=region,
        title=shown.title,
        about=about,
        legends=[
            _legend(drawn, lang, marks=marks, points=points is not None)
            for drawn in (far, layer)
            if drawn
        ],
        attribution=attribution,
        points=points,
        plan=plan,
    )


def payload(
    view: View,
    texts: Texts,
    classes: list[PaintedClass],
    *,
    rest: list[str],
    bounds: tuple[float, float, float, float],
    region: str,
    attribution: str,
    words: str = "map",
    chosen: str | None = None,
    far: tuple[Level, list[PaintedClass]] | None = None,
    title: str = "",
    about: str = "",
    legends: Sequence[Legend] = (),
    points: str | None = None,
    plan: Sequence[PlannedKim] = (),
) -> Payload:
    """Return ``classes`` of the regions of a view for the browser; see :class:`Payload`.

    Parameters
    ----------
    words
        Section of the text table that says what the map and its frame are.
    """
    lang, level, scope = view.lang, view.shown_level, view.scope
    frame = text(f"{words}.frame", lang, tingkat=level_name(level, lang), wilayah=region)
    south, west, north, east = bounds
    written: Payload = {
        "level": level.value,
        "within": scope.replace(".", "") if scope else "",
        "petak": view.petak,
        "chosen": feature_id(chosen) if chosen else None,
        "bounds": [[south, west], [north, east]],
        "classes": classes,
        "rest": rest,
        "texts": list(texts),
        "title": title,
        "about": about,
        "legends": list(legends),
        "points": points,
        "plan": [list(planned) for planned in plan],
        "lang": lang,
        "words": {name: text(f"map.{name}", lang) for name in _WORDS}
        | {"map": text(f"{words}.map", lang), "frame": frame, "attribution": attribution},
    }
    if far:
        notice = text("map.far", lang, jauh=level_name(far[0], lang), dekat=level_name(level, lang))
        written["far"] = {"level": far[0].value, "classes": far[1], "notice": notice}
    return written


def _legend(layer: Layer, lang: str, *, marks: bool, points: bool) -> Legend:
    drawn = {"points": points, "marks": marks}
    notes = [text(f"legend.{name}", lang) for name in drawn if drawn[name]]
    return {
        "level": layer.level.value,
        "title": layer.metric.title(lang),
        "rows": [(row.fill, row.label, number(row.count, lang), row.hatch) for row in layer.legend],
        "notes": [*notes, *layer.notes(lang)],
    }


def _classes(layer: Layer, texts: Texts, lang: str) -> list[PaintedClass]:
    """Return the regions of each class; desa of class zero without a KIM need no mention.

    Of an indicator also who has not reported is in a class, and has hover of its own.
    """
    kim, unreported = layer.table["jumlah_kim"], is_unreported(layer.table)
    codes = layer.table["kode"].to_numpy()
    classes = []
    for number_of_class in np.unique(layer.classification.index):
        rows = np.flatnonzero(layer.classification.index == number_of_class)
        if number_of_class == ZERO and layer.level is Level.DESA:
            rows = rows[~(kim.iloc[rows] == 0).to_numpy(dtype=bool, na_value=False)]
        hatch = HATCH_PX if number_of_class == NOT_REPORTED else 0
        fill = layer.fill_of(number_of_class)
        for part in (rows[~unreported[rows]], rows[unreported[rows]]):
            if len(part):
                say, figures = Hover(layer, part, texts, lang).said(number_of_class)
                classes.append(painted(codes[part], fill, say, figures, hatch))
    if len(layer.left_out):
        said = [text("legend.left_out", lang)]
        classes.append(painted(layer.left_out, LEFT_OUT, said, []))
    return classes

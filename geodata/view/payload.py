"""What the browser gets of a choropleth: classes of regions, never a polygon, and figures as text.

Whatever the map says of a region in hover is written here, by the code that writes tables and
legend; the script only puts texts into templates. Texts recur: regions refer to them by number.

``Payload`` is what ``PetaKim.show`` in the browser reads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NotRequired, TypedDict

import numpy as np
import pandas as pd

from geodata.analysis.classes import NO_DATA, NOT_REPORTED, ZERO
from geodata.regions import Level, feature_id
from geodata.text import number, text
from geodata.view.choropleth import Choropleth, Layer
from geodata.view.metrics import METRICS
from geodata.view.palette import HATCH_PX
from geodata.view.view import View
from geodata.view.words import level_name

PlannedKim = tuple[float, float, int, str, str]
"""A KIM of a plan: latitude, longitude (degrees), place in the order, desa, what it adds."""

_WORDS = (
    "map", "number", "waiting", "failed", "legend", "whole", "fullscreen", "wheel", "fingers",
    "keys", "class", "zoom_in", "zoom_out",
)  # fmt: skip
_IN_OTHER_LINES = ("jumlah_kim", "cakupan")


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
    rest: list[str]
    texts: list[str]
    title: str
    about: str
    legends: list[Legend]
    points: str | None
    plan: list[list[Any]]
    lang: str
    words: dict[str, str]


class Texts:
    """Texts by number, each kept once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def column(self, values: np.ndarray | pd.Series, write: Callable[[Any], str]) -> list[int]:
        """Return the number of the text of each of ``values``; equal values are written once."""
        codes, distinct = pd.factorize(np.asarray(values), use_na_sentinel=False)
        numbers = [self._number(write(value)) for value in distinct.tolist()]
        return np.array(numbers, dtype=np.int64)[codes].tolist() if len(codes) else []

    def _number(self, words: str) -> int:
        return self._numbers.setdefault(words, len(self._numbers))


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
        rest=_said_of_zero(layer, lang),
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
    """Return the regions of each class; desa of class zero without a KIM need no mention."""
    kim = layer.table["jumlah_kim"]
    codes = layer.table["kode"].to_numpy()
    classes = []
    for number_of_class in np.unique(layer.classification.index):
        rows = np.flatnonzero(layer.classification.index == number_of_class)
        if number_of_class == ZERO and layer.level is Level.DESA:
            rows = rows[(kim.iloc[rows] > 0).to_numpy(dtype=bool)]
        if not len(rows):
            continue
        say: list[str] = [text("map.noData", lang)]
        figures: list[list[int]] = []
        if number_of_class == NOT_REPORTED:
            say = [text("map.not_reported", lang)]
        elif number_of_class != NO_DATA:
            say, figures = _said(layer, rows, texts, lang)
            if layer.metric.categories:
                say.insert(0, layer.metric.categories[number_of_class - 1].title(lang))
        hatch = HATCH_PX if number_of_class == NOT_REPORTED else 0
        fill = layer.fill_of(number_of_class)
        classes.append(painted(codes[rows], fill, say, figures, hatch))
    return classes


def _said(
    layer: Layer, rows: np.ndarray, texts: Texts, lang: str
) -> tuple[list[str], list[list[int]]]:
    """Return what hover says of the regions ``rows``: lines, and the columns that fill them."""
    metric = layer.metric
    figures: list[list[int]] = []

    def blank(column: str, write: Callable[[Any], str]) -> str:
        """Return what stands for a column in a line: its text, if it is the same in all rows."""
        values = layer.table[column].iloc[rows].to_numpy()
        if (values == values[0]).all():
            return write(values[0].item())
        figures.append(texts.column(values, write))
        return f"{{{len(figures) - 1}}}"

    def count(value: int) -> str:
        return number(value, lang)

    def written(share: float) -> str:
        return METRICS["cakupan"].written(share, lang)

    say = []
    above_desa = layer.level is not Level.DESA
    active = above_desa and "desa_aktif" in layer.table
    in_other_lines = (*_IN_OTHER_LINES, "cakupan_aktif") if active else _IN_OTHER_LINES
    if not metric.categories and metric.name not in in_other_lines:
        value = blank(metric.name, lambda value: metric.written(value, lang))
        say.append(f"{metric.title(lang)}: {value}")
    say.append(blank("jumlah_kim", lambda kim: _kim(kim, layer, lang)))
    if above_desa:
        served, share = blank("desa_terlayani", count), blank("cakupan", written)
        partly = layer.level is Level.PROVINSI and "desa_melapor" in layer.table
        desa = blank("desa_melapor" if partly else "jumlah_desa", count)
        key = "map.served_reported" if partly else "map.served"
        say.append(text(key, lang, served=served, desa=desa, share=share))
        if active and (layer.table["jumlah_kim"].iloc[rows] > 0).any():
            served, share = blank("desa_aktif", count), blank("cakupan_aktif", written)
            say.append(text("map.active", lang, served=served, share=share))
    return say, figures


def _kim(count: int, layer: Layer, lang: str) -> str:
    return text("map.kim", lang, kim=number(count, lang)) if count else _none(layer, lang)


def _none(layer: Layer, lang: str) -> str:
    return text("map.none_counted" if layer.filtered else "map.none", lang)


def _said_of_zero(layer: Layer, lang: str) -> list[str]:
    """Return what hover says of a region that no class names: it is zero, and has no KIM."""
    metric, none = layer.metric, _none(layer, lang)
    if metric.categories or metric.name in _IN_OTHER_LINES:
        return [none]
    return [f"{metric.title(lang)}: {metric.written(0, lang)}", none]

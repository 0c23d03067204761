"""The one choropleth: a view becomes a table, classes, colours, legend and sentence.

Map, slide, preview and briefing draw what stands here and nothing else, so they cannot differ.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from geodata.analysis.classes import (
    NO_DATA,
    NOT_REPORTED,
    ZERO,
    Classification,
    categorise,
    classify,
)
from geodata.analysis.region_metrics import Totals, is_unreported, totals, with_active
from geodata.boundaries.boundary_set import BoundarySet, Bounds
from geodata.boundaries.petak.squares import Petak, petak
from geodata.indicators.columns import source_in_words
from geodata.regions import Level, parent
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import number, text
from geodata.view import palette
from geodata.view.conditions import meeting
from geodata.view.legend import LegendRow, legend_rows
from geodata.view.metric import Metric
from geodata.view.metrics import metric_table
from geodata.view.summary import view_summary
from geodata.view.view import View
from geodata.view.words import level_name, region_path

Shapes = BoundarySet | Petak
"""What regions are drawn with: as they lie, or as equal squares."""


@dataclass(frozen=True, eq=False)
class Layer:
    """The regions of one level, each with its class.

    Attributes
    ----------
    table
        As ``metric_table`` returns it: a row a region, by code; with desa_aktif and cakupan_aktif
        unless the filter asks for a status.
    classification
        Row i of ``table`` has class ``classification.index[i]``.
    fills
        A colour for each class.
    legend
        The classes in words, the highest first.
    drawn
        Whether each row of ``table`` has a polygon, or a square.
    filtered
        Whether a filter holds, so that regions may have KIM that are not counted.
    petak
        Whether regions are drawn as equal squares.
    left_out
        Codes of the regions that do not meet the conditions of the view; they are in no table.
    partial
        How many rows of ``table`` have a sum of some of their parts only.
    """

    level: Level
    metric: Metric
    table: pd.DataFrame
    classification: Classification
    fills: tuple[str, ...]
    legend: list[LegendRow]
    drawn: np.ndarray
    filtered: bool = False
    petak: bool = False
    left_out: np.ndarray = field(default_factory=lambda: np.array([], dtype=str))
    partial: int = 0

    @property
    def row_fills(self) -> np.ndarray:
        """A colour for each row of ``table``, those outside the classes included."""
        colours = np.array([palette.NOT_REPORTED, palette.NO_DATA, palette.ZERO, *self.fills])
        return colours[self.classification.index - NOT_REPORTED]

    @property
    def hatched(self) -> np.ndarray:
        """Which rows of ``table`` are drawn with lines over their colour: who has not reported."""
        return self.classification.index == NOT_REPORTED

    def fill_of(self, number: int) -> str:
        """Return the colour of class ``number``, be it one of those outside the classes."""
        special = {
            NOT_REPORTED: palette.NOT_REPORTED,
            NO_DATA: palette.NO_DATA,
            ZERO: palette.ZERO,
        }
        return special.get(number) or self.fills[number - 1]

    @property
    def not_drawn(self) -> int:
        """How many regions are in the table and have no polygon."""
        return int(np.count_nonzero(~self.drawn))

    def not_drawn_in_words(self, lang: str) -> str:
        """Say how many regions have no polygon; nothing if all have one."""
        if not self.not_drawn:
            return ""
        count = number(self.not_drawn, lang)
        return text("legend.not_drawn", lang, jumlah=count, tingkat=level_name(self.level, lang))

    def notes(self, lang: str) -> list[str]:
        """Say what a legend has to say besides its classes."""
        level = level_name(self.level, lang)
        squares = text("legend.petak", lang, tingkat=level) if self.petak else ""
        notes = [self.source(lang), self._partial(level, lang), squares]
        return list(filter(None, [*notes, self.not_drawn_in_words(lang)]))

    def _partial(self, level: str, lang: str) -> str:
        if not self.partial:
            return ""
        return text("legend.partial", lang, jumlah=number(self.partial, lang), tingkat=level)

    def source(self, lang: str) -> str:
        """Say whose figures of which year the metric rests on; nothing of KIM alone."""
        source = self.metric.source(self.level)
        return source_in_words([source], lang) if source else ""


@dataclass(frozen=True, eq=False)
class Choropleth:
    """What a view shows.

    Attributes
    ----------
    view
        The view it is of.
    layer
        The regions of the view's level.
    far
        Those of the level that is drawn instead while the map is zoomed far out.
    totals
        The figures of the whole region.
    title, sentence
        What is shown, and what there is to see, in words.
    shapes
        What the regions are drawn with.
    bounds
        South, west, north, east in EPSG:4326 degrees: where the camera goes.
    chosen
        Code of a region of the layer to outline.
    """

    view: View
    layer: Layer
    far: Layer | None
    totals: Totals
    title: str
    sentence: str
    shapes: Shapes
    bounds: Bounds
    chosen: str | None = None

    def pointing_at(self, code: str) -> "Choropleth":
        """Return the same with the region ``code`` outlined, and the camera on those around it."""
        return replace(self, chosen=code, bounds=self.shapes.bounds(parent(code)))


def shapes_of(view: View, boundaries: BoundarySet) -> Shapes:
    """Return what ``view`` is drawn with. Its figures rest on ``boundaries`` all the same."""
    return petak(view.shown_level) if view.petak else boundaries


def choropleth(
    view: View,
    snapshot: Snapshot,
    boundaries: BoundarySet,
    beside: View | None = None,
    together: pd.DataFrame | None = None,
) -> Choropleth:
    """Return what ``view`` shows of ``snapshot`` on ``boundaries``.

    Parameters
    ----------
    beside
        A view to be compared with: of the same metric, the regions of both are classed together,
        so that a colour means the same in the choropleths of both.
    together
        Further tables of the view's level (``table_of``), of other days: classed together, too.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    """
    layer = layer_of(view, view.shown_level, snapshot, boundaries, beside, together)
    far = layer_of(view, view.far_level, snapshot, boundaries) if view.far_level else None
    figures = totals(snapshot, view.kim_filter, view.region)
    shapes = shapes_of(view, boundaries)
    return Choropleth(
        view,
        layer,
        far,
        figures,
        title=title(view, snapshot),
        sentence=view_summary(snapshot.gazetteer, layer.table, figures, view),
        shapes=shapes,
        bounds=shapes.bounds(view.scope),
        chosen=view.region if view.region != view.scope else None,
    )


def sentence_of(view: View, snapshot: Snapshot, boundaries: BoundarySet) -> str:
    """Return the sentence of :func:`choropleth` without classes, legend or fills.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    """
    figures = totals(snapshot, view.kim_filter, view.region)
    table, _ = table_of(view, view.shown_level, snapshot, boundaries)
    return view_summary(snapshot.gazetteer, table, figures, view)


def layer_of(
    view: View,
    level: Level,
    snapshot: Snapshot,
    boundaries: BoundarySet,
    beside: View | None = None,
    together: pd.DataFrame | None = None,
) -> Layer:
    """Return the regions of ``level`` inside the view's region, classed as the view says.

    Those that do not meet its conditions are left out. They are classed together with what is
    ``beside`` them, if that is of the same metric, and with those in ``together``.
    """
    filtered = view.kim_filter != KimFilter()
    metric = view.shown_metric
    table, left_out = table_of(view, level, snapshot, boundaries)
    others = [] if together is None else [together]
    if beside is not None and beside.shown_metric.name == metric.name:
        others.append(table_of(beside, beside.shown_level, snapshot, boundaries)[0])
    every = pd.concat([table, *others], ignore_index=True) if others else table
    classes = classes_of(view, metric, every).part(slice(len(table)))
    if metric.categories:
        fills = tuple(category.fill for category in metric.categories)
    else:
        fills = palette.ramp(metric.ramp, len(classes.counts))
    return Layer(
        level,
        metric,
        table,
        classes,
        fills,
        legend_rows(classes, fills, metric, view.lang, filtered=filtered, left_out=len(left_out)),
        shapes_of(view, boundaries).is_drawn(level, table["kode"]),
        filtered,
        view.petak,
        left_out,
        _partial(metric, level, table, snapshot),
    )


def _partial(metric: Metric, level: Level, table: pd.DataFrame, snapshot: Snapshot) -> int:
    if metric.partial is None:
        return 0
    rows = snapshot.gazetteer.positions(level, table["kode"])
    return int(np.count_nonzero(metric.partial(level)[rows]))


def table_of(
    view: View, level: Level, snapshot: Snapshot, boundaries: BoundarySet
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the regions that meet the conditions of the view, and the codes of all others.

    The table is as ``Layer.table`` has it.
    """
    metric = view.shown_metric.name
    of = snapshot, view.kim_filter, level, view.scope
    table = metric_table(metric, snapshot, view.kim_filter, boundaries, level, view.scope)
    if not view.kim_filter.status:
        # Where coverage stands, that by active KIM stands beside it.
        table = with_active(table, *of)
    meets = meeting(table, view.conditions, *of)
    return table[meets].reset_index(drop=True), table["kode"].to_numpy()[~meets]


def classes_of(view: View, metric: Metric, table: pd.DataFrame) -> Classification:
    """Return the classes of ``table`` in ``metric``, as ``view`` asks for them."""
    if metric.categories:
        names = [category.name for category in metric.categories]
        classes = categorise(table[metric.name].to_numpy(), names)
    else:
        values = table[metric.name].to_numpy(dtype=float, na_value=np.nan)
        classes = classify(
            values, metric.decimals, view.scheme, view.k, view.breaks, has_zero=metric.has_zero
        )
    return classes.without(is_unreported(table)) if metric.of_kim else classes


def title(view: View, snapshot: Snapshot) -> str:
    """Return the heading of a view: its metric and its region."""
    metric = view.shown_metric.title(view.lang)
    return f"{metric}: {region_path(snapshot.gazetteer, view.region, view.lang)}"

"""The scores of a priority as a choropleth, drawn as any other."""

from dataclasses import replace

from geodata.analysis.region_metrics import region_metrics, totals
from geodata.boundaries.boundary_set import BoundarySet
from geodata.columns import COLUMNS
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view import palette
from geodata.view.choropleth import Choropleth, Layer, classes_of
from geodata.view.conditions import meeting
from geodata.view.legend import legend_rows
from geodata.view.metric import Metric
from geodata.view.metrics import METRICS
from geodata.view.priorities import PrioritySettings, criteria_at, scores
from geodata.view.priority_words import measures_in_words
from geodata.view.view import View
from geodata.view.words import region_path

SCORE = Metric(COLUMNS["prioritas"], "YlOrRd", high_is_good=False, has_zero=False)


def priority_choropleth(
    view: View, snapshot: Snapshot, boundaries: BoundarySet, settings: PrioritySettings
) -> Choropleth:
    """Return the scores of the regions of ``view``, as polygons.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    SelectionError
        If no criterion weighs anything.
    """
    view = replace(view, petak=False)
    layer = _layer(view, view.shown_level, snapshot, boundaries, settings)
    far = _layer(view, view.far_level, snapshot, boundaries, settings) if view.far_level else None
    where = region_path(snapshot.gazetteer, view.region, view.lang)
    return Choropleth(
        view,
        layer,
        far,
        totals(snapshot, view.kim_filter, view.region),
        title=f"{SCORE.title(view.lang)}: {where}",
        sentence=measures_in_words(view.shown_level, settings, view.lang),
        shapes=boundaries,
        bounds=boundaries.bounds(view.scope),
    )


def _layer(
    view: View,
    level: Level,
    snapshot: Snapshot,
    boundaries: BoundarySet,
    settings: PrioritySettings,
) -> Layer:
    of = snapshot, view.kim_filter, level, view.scope
    table = region_metrics(*of)
    scope = snapshot.gazetteer.within(level, view.scope)
    table[SCORE.name] = scores(snapshot, view.kim_filter, level, settings)[scope]
    meets = meeting(table, view.conditions, *of)
    table, left_out = table[meets].reset_index(drop=True), table["kode"].to_numpy()[~meets]
    of_kim = any(METRICS[it.metric].of_kim for it in criteria_at(level, settings) if it.weight)
    metric = replace(SCORE, of_kim=of_kim)
    classes = classes_of(view, metric, table)
    fills = palette.ramp(SCORE.ramp, len(classes.counts))
    filtered = view.kim_filter != KimFilter()
    return Layer(
        level,
        metric,
        table,
        classes,
        fills,
        legend_rows(classes, fills, metric, view.lang, filtered=filtered, left_out=len(left_out)),
        boundaries.is_drawn(level, table["kode"]),
        filtered,
        left_out=left_out,
    )

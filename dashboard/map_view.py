"""What the browser is told to show: a table of region -> class, never a polygon.

The dictionary made here is what ``PetaKim.show`` reads: ``View`` in ``map/scripts/contract.js``.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.selection import Selection
from geodata import palette
from geodata.analysis.classes import NO_DATA as NO_DATA_CLASS
from geodata.analysis.classes import ZERO, Classification, categorise, classify
from geodata.analysis.map_metrics import MAP_METRICS
from geodata.palette import NO_DATA
from geodata.regions import Level, feature_id
from geodata.text import text
from geodata.wording import level_name

Far = tuple[Level, list[dict[str, Any]]]

PlannedKim = tuple[float, float, int, str, str]
"""A KIM of a plan: latitude, longitude (degrees), place in the order, desa, what it adds."""


def classes_of(selection: Selection, metrics: pd.DataFrame) -> Classification:
    """Return the choropleth classes of ``metrics`` as the selection asks for them."""
    metric = MAP_METRICS[selection.shown_metrik]
    if metric.kind == "category":
        return categorise(metrics[metric.name].to_numpy(), metric.categories)
    return classify(
        metrics[metric.name].to_numpy(dtype=float),
        metric.decimals,
        selection.skema,
        selection.kelas,
        selection.batas,
    )


def painted_classes(
    metrics: pd.DataFrame,
    classification: Classification,
    colours: Sequence[str],
    level: Level,
    metric: str,
) -> list[dict[str, Any]]:
    """Return the regions of each class, but for those of class zero without a KIM.

    These are white and without figures, which needs no mention.

    Parameters
    ----------
    metrics
        As ``map_table`` returns it; row i has class ``classification.index[i]``.
    colours
        One for each class.

    Returns
    -------
    A dictionary a class: ``fill`` (its colour), ``ids`` (feature ids in rising order, each but the
    first as the step from the one before), and for each id ``kim`` (number of KIM) and, above the
    level of desa, ``served`` (number of desa with a KIM). A metric that is not made of these two
    adds ``value``, a number for each id, or the ``category`` of the class. Regions without data
    have ids only.
    """
    known = MAP_METRICS[metric]
    kim = metrics["jumlah_kim"].to_numpy()
    served = metrics["desa_terlayani"].to_numpy()
    kode = metrics["kode"].to_numpy()
    painted = []
    for place in np.unique(classification.index):
        rows = np.flatnonzero(classification.index == place)
        if place == ZERO:
            rows = rows[kim[rows] > 0]
        if not len(rows):
            continue
        ids = np.fromiter((feature_id(code) for code in kode[rows]), np.int64, len(rows))
        entry: dict[str, Any] = {"ids": np.diff(ids, prepend=0).tolist()}
        if place == NO_DATA_CLASS:
            entry["fill"] = NO_DATA
        else:
            entry["fill"] = palette.ZERO if place == ZERO else colours[place - 1]
            entry["kim"] = kim[rows].tolist()
            if level is not Level.DESA:
                entry["served"] = served[rows].tolist()
            if classification.categories:
                entry["category"] = classification.categories[place - 1]
            elif known.table is not None:
                entry["value"] = metrics[metric].to_numpy()[rows].round(known.decimals).tolist()
        painted.append(entry)
    return painted


def _measure(metric: str, lang: str) -> dict[str, Any]:
    """Return how the browser writes ``value`` and ``category``."""
    known = MAP_METRICS[metric]
    return {
        "title": text(f"metrik.{metric}", lang),
        "style": "percent" if known.kind == "share" else "decimal",
        "decimals": known.decimals - 2 if known.kind == "share" else known.decimals,
        "categories": {name: text(f"klaster.{name}", lang) for name in known.categories},
    }


def map_view(
    *,
    classes: list[dict[str, Any]],
    level: Level,
    scope: str | None,
    chosen: str | None,
    bounds: tuple[float, float, float, float],
    points: str | None,
    attribution: str,
    metric: str,
    lang: str,
    far: Far | None = None,
    plan: Sequence[PlannedKim] = (),
) -> dict[str, Any]:
    """Return the view for the browser.

    Parameters
    ----------
    classes
        As :func:`painted_classes` returns them.
    scope
        Code of the region whose parts are drawn; ``None`` is Indonesia.
    chosen
        Code of a region of ``level`` to outline.
    bounds
        South, west, north, east in EPSG:4326 degrees: where the camera goes.
    points
        Address of the KIM to draw as points; ``None`` draws none.
    far
        Level and classes that are drawn instead while the map is zoomed far out.
    metric
        The metric that ``classes`` are of.
    plan
        New KIM to draw as numbered points.
    """
    south, west, north, east = bounds
    names = ("map", "served", "none", "noData", "number", "waiting", "failed")
    view: dict[str, Any] = {
        "level": level.value,
        "within": scope.replace(".", "") if scope else "",
        "chosen": feature_id(chosen) if chosen else None,
        "bounds": [[south, west], [north, east]],
        "classes": classes,
        "points": points,
        "measure": _measure(metric, lang),
        "plan": [list(one) for one in plan],
        "lang": lang,
        "words": {name: text(f"map.{name}", lang) for name in names} | {"attribution": attribution},
    }
    if far:
        notice = text("map.far", lang, jauh=level_name(far[0], lang), dekat=level_name(level, lang))
        view["far"] = {"level": far[0].value, "classes": far[1], "notice": notice}
    return view

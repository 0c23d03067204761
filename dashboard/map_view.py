"""What the browser is told to show: a table of region -> class, never a polygon.

The dictionary made here is what ``PetaKim.show`` in ``static/choropleth.js`` reads.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.selection import Selection
from geodata.analysis.classes import DECIMALS, ZERO, Classification, classify
from geodata.analysis.classes import NO_DATA as NO_DATA_CLASS
from geodata.palette import NO_DATA
from geodata.regions import Level, feature_id
from geodata.text import text
from geodata.wording import level_name

Far = tuple[Level, list[dict[str, Any]]]


def classes_of(selection: Selection, metrics: pd.DataFrame) -> Classification:
    """Return the choropleth classes of ``metrics`` as the selection asks for them."""
    return classify(
        metrics[selection.metrik].to_numpy(dtype=float),
        DECIMALS[selection.metrik],
        selection.skema,
        selection.kelas,
        selection.batas,
    )


def painted_classes(
    metrics: pd.DataFrame, classification: Classification, colours: Sequence[str], level: Level
) -> list[dict[str, Any]]:
    """Return the regions of each class that is not plain zero, which needs no mention.

    Parameters
    ----------
    metrics
        As ``region_metrics`` returns it; row i has class ``classification.index[i]``.
    colours
        One for each class.

    Returns
    -------
    A dictionary a class: ``fill`` (its colour), ``ids`` (feature ids in rising order, each but the
    first as the step from the one before), and for each id ``kim`` (number of KIM) and, above the
    level of desa, ``served`` (number of desa with a KIM). Regions without data have ids only.
    """
    kim = metrics["jumlah_kim"].to_numpy()
    served = metrics["desa_terlayani"].to_numpy()
    kode = metrics["kode"].to_numpy()
    painted = []
    for place in np.unique(classification.index):
        if place == ZERO:
            continue
        rows = np.flatnonzero(classification.index == place)
        ids = np.fromiter((feature_id(code) for code in kode[rows]), np.int64, len(rows))
        entry: dict[str, Any] = {"ids": np.diff(ids, prepend=0).tolist()}
        if place == NO_DATA_CLASS:
            entry["fill"] = NO_DATA
        else:
            entry["fill"] = colours[place - 1]
            entry["kim"] = kim[rows].tolist()
            if level is not Level.DESA:
                entry["served"] = served[rows].tolist()
        painted.append(entry)
    return painted


def map_view(
    *,
    classes: list[dict[str, Any]],
    level: Level,
    scope: str | None,
    chosen: str | None,
    bounds: tuple[float, float, float, float],
    points: str | None,
    attribution: str,
    lang: str,
    far: Far | None = None,
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
        "lang": lang,
        "words": {name: text(f"map.{name}", lang) for name in names} | {"attribution": attribution},
    }
    if far:
        notice = text("map.far", lang, jauh=level_name(far[0], lang), dekat=level_name(level, lang))
        view["far"] = {"level": far[0].value, "classes": far[1], "notice": notice}
    return view

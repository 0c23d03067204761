"""The map of two measures: regions in the colour of their cell, and the square that explains it."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from streamlit_folium import st_folium

from dashboard import data
from dashboard.map import layer
from dashboard.map.panel import follow_click
from dashboard.map.said import about
from dashboard.potensi.choosing import point_at
from dashboard.workshop.kept import kept
from geodata.analysis.bivariate import QUADRANTS, STEPS
from geodata.analysis.classes import NO_DATA, NOT_REPORTED
from geodata.boundaries.boundary_set import Bounds
from geodata.regions import parent
from geodata.text import number, text
from geodata.view import palette
from geodata.view.metric import Metric
from geodata.view.payload import Axis, Legend, PaintedClass, Payload, Texts, painted, payload
from geodata.view.two_measures import CELLS, TwoMeasures, present, range_in_words
from geodata.view.words import level_name, region_title


def draw(shown: TwoMeasures, far: TwoMeasures | None, chosen: str, key: str) -> None:
    """Draw the map of ``shown``, with ``far`` instead where it is far out; a click chooses."""
    view, boundaries = shown.view, data.boundaries()
    chosen = chosen if (shown.table["kode"] == chosen).any() else ""
    script = kept(
        _script,
        shown,
        far,
        chosen,
        bounds=boundaries.bounds(parent(chosen) if chosen else view.scope),
        region=region_title(data.gazetteer(), view.scope, view.lang),
        attribution=data.attribution(view.lang),
        about=about(view),
    )
    st_folium(
        layer.base_map(boundaries),
        key=key,
        height=layer.HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=layer.update(script),
        on_change=lambda: follow_click(key, view, boundaries, _point_at),
    )


def _script(shown: TwoMeasures, far: TwoMeasures | None, chosen: str, **said: Any) -> str:
    return layer.showing(square_payload(shown, far, chosen, **said))


def _point_at(code: str | None) -> None:
    point_at(code or "")


def square_payload(
    shown: TwoMeasures,
    far: TwoMeasures | None,
    chosen: str,
    *,
    bounds: Bounds,
    region: str,
    attribution: str,
    about: str,
) -> Payload:
    """Return the map for the browser; its parameters are those of ``draw`` and ``payload``."""
    view, lang, texts = shown.view, shown.view.lang, Texts()
    return payload(
        replace(view, level=shown.level, petak=False),
        texts,
        _painted(shown, texts, lang),
        rest=[text("map.noData", lang)],
        bounds=bounds,
        region=region,
        attribution=attribution,
        words="potensi.place",
        chosen=chosen or None,
        far=(far.level, _painted(far, texts, lang)) if far else None,
        title=text(
            "potensi.map_title",
            lang,
            pertama=shown.first.title(lang),
            kedua=shown.second.title(lang),
            wilayah=region,
        ),
        about=about,
        legends=[_legend(drawn, lang) for drawn in (far, shown) if drawn],
    )


def _painted(shown: TwoMeasures, texts: Texts, lang: str) -> list[PaintedClass]:
    """Return the regions of each cell with both measures and the quadrant, then the others."""
    cells, table = shown.regions.cell, shown.table
    codes = table["kode"].to_numpy()
    quadrants = [shown.quadrant_in_words(name, lang) for name in QUADRANTS]
    say = ["{0}", "{1}", "{2}"]  # of others are the titles of indicators, too
    classes = []
    for cell in np.unique(cells[cells >= 0]):
        rows = cells == cell
        figures = [
            texts.column(table.loc[rows, measure.name], partial(_named, measure, lang))
            for measure in (shown.first, shown.second)
        ]
        figures.append(texts.column(shown.regions.quadrant[rows], quadrants.__getitem__))
        classes.append(painted(codes[rows], CELLS[cell], say, figures))
    for cell, fill, key, hatch in _OTHERS:
        if (cells == cell).any():
            classes.append(painted(codes[cells == cell], fill, [text(key, lang)], [], hatch))
    if len(shown.left_out):
        said = [text("legend.left_out", lang)]
        classes.append(painted(shown.left_out, palette.LEFT_OUT, said, []))
    return classes


_OTHERS = (
    (NO_DATA, palette.NO_DATA, "map.noData", 0),
    (NOT_REPORTED, palette.NOT_REPORTED, "map.not_reported", palette.HATCH_PX),
)


def _named(measure: Metric, lang: str, value: float) -> str:
    return f"{measure.title(lang)}: {measure.written(value, lang)}"


def _legend(shown: TwoMeasures, lang: str) -> Legend:
    """Return the square, its cells row by row from the top, and what stands outside it."""
    regions = shown.regions
    columns, rows = present(regions.first.ranges), present(regions.second.ranges)[::-1]
    cells = [
        (
            CELLS[STEPS * row + column],
            shown.cell_in_words(column, row, lang),
            number(regions.counts[STEPS * row + column], lang),
            0,
        )
        for row in rows
        for column in columns
    ]
    others = [
        (palette.NO_DATA, text("legend.no_data", lang), number(regions.without_data, lang), 0)
    ]
    if regions.unreported:
        said = text("legend.not_reported", lang), number(regions.unreported, lang)
        others.append((palette.NOT_REPORTED, *said, palette.HATCH_PX))
    if len(shown.left_out):
        count = number(len(shown.left_out), lang)
        others.append((palette.LEFT_OUT, text("legend.left_out", lang), count, 0))
    tingkat = level_name(shown.level, lang)
    across: Axis = {
        "title": shown.first.title(lang),
        "steps": [
            range_in_words(shown.first, regions.first.ranges[step], lang) for step in columns
        ],
    }
    up: Axis = {
        "title": shown.second.title(lang),
        "steps": [range_in_words(shown.second, regions.second.ranges[step], lang) for step in rows],
    }
    return {
        "level": shown.level.value,
        "title": text("potensi.legend", lang, tingkat=tingkat),
        "rows": [*cells, *others],
        "notes": list(filter(None, [shown.sources_in_words(lang)])),
        "square": {"across": across, "up": up},
    }

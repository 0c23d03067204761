"""The map of doubtful placements: classes with fixed bounds, hatched the denser the more doubt."""

import numpy as np
import pandas as pd
import streamlit as st
from branca.utilities import color_brewer
from streamlit_folium import st_folium

from dashboard import data
from dashboard.map import layer
from dashboard.map.legend_html import legend_section
from geodata.boundaries.boundary_set import Bounds
from geodata.regions import Level
from geodata.text import number, percent, text
from geodata.view.legend import LegendRow
from geodata.view.palette import ZERO
from geodata.view.payload import PaintedClass, Payload, Texts, painted, payload
from geodata.view.view import View
from geodata.view.words import region_title

# Name, the largest share that belongs to it, its colour (ColorBrewer), pixels between its lines.
_ORANGES = color_brewer("Oranges", n=4)
_CLASSES = (
    ("sure", 0.0, "#b7d3dd", 0),
    ("few", 0.1, _ORANGES[0], 0),
    ("some", 0.3, _ORANGES[1], 12),
    ("many", 1.0, _ORANGES[2], 6),
)


def class_of(share: np.ndarray) -> np.ndarray:
    """Return for each share in doubt (0 to 1) the place of its class; -1 where it is NaN."""
    classes = np.searchsorted([upper for _, upper, *_ in _CLASSES], np.nan_to_num(share))
    return np.where(np.isnan(share), -1, classes)


def draw(view: View, quality: pd.DataFrame, far: pd.DataFrame | None = None) -> None:
    """Draw the regions of ``quality`` (as ``region_quality`` returns it) and the legend.

    ``far`` are those of the view's ``far_level``, drawn instead while the map is far out.
    """
    lang, boundaries = view.lang, data.boundaries()
    bounds = boundaries.bounds(view.scope)
    map_column, legend_column = st.columns([4, 1])
    with map_column:
        st_folium(
            layer.base_map(boundaries),
            key="peta-mutu",
            height=layer.HEIGHT_PX,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=layer.update(
                layer.showing(quality_payload(view, quality, far, bounds, data.attribution(lang)))
            ),
        )
    with legend_column:
        st.html(_legend(quality, view.shown_level, lang))


def quality_payload(
    view: View,
    quality: pd.DataFrame,
    far: pd.DataFrame | None,
    bounds: Bounds,
    attribution: str,
) -> Payload:
    """Return the map for the browser; its parameters are those of ``draw`` and ``payload``."""
    lang, far_level, texts = view.lang, view.far_level, Texts()
    classes = _painted(quality, texts, lang)
    from_afar = None
    if far_level and far is not None:
        from_afar = far_level, _painted(far, texts, lang)
    return payload(
        view,
        texts,
        classes,
        rest=[text("mutu.place.none", lang)],
        bounds=bounds,
        region=region_title(data.gazetteer(), view.scope, lang),
        attribution=attribution,
        words="mutu.place",
        far=from_afar,
    )


def _painted(quality: pd.DataFrame, texts: Texts, lang: str) -> list[PaintedClass]:
    """Return the regions of each class, with what to say of each."""
    classes = class_of(quality["bagian_ragu"].to_numpy(dtype=float))
    entries = []
    for number_of_class, (_, _, fill, gap) in enumerate(_CLASSES):
        rows = quality[classes == number_of_class]
        if rows.empty:
            continue
        figures = [
            texts.column(rows["bagian_ragu"], lambda share: percent(share, lang)),
            texts.column(rows["ragu"], lambda count: number(count, lang)),
            texts.column(rows["baris_dinilai"], lambda count: number(count, lang)),
        ]
        line = text("mutu.place.share", lang, bagian="{0}", ragu="{1}", baris="{2}")
        entries.append(painted(rows["kode"], fill, [line], figures, hatch=gap))
    return entries


def _legend(quality: pd.DataFrame, level: Level, lang: str) -> str:
    classes = class_of(quality["bagian_ragu"].to_numpy(dtype=float))
    rows = [("none", ZERO, int((classes == -1).sum()), 0)]
    for position, (name, _, fill, gap) in enumerate(_CLASSES):
        rows.append((name, fill, int((classes == position).sum()), gap))
    listed = [
        LegendRow(fill, text(f"mutu.class.{name}", lang), count, gap)
        for name, fill, count, gap in reversed(rows)
    ]
    return legend_section(listed, level, lang, text("mutu.place.legend", lang))

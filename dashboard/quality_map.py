"""The map of doubtful placements: classes with fixed bounds, hatched the denser the more doubt."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from branca.utilities import color_brewer
from streamlit_folium import st_folium

from dashboard import data, map_layer
from dashboard.legend import legend_item
from dashboard.map_view import map_view
from dashboard.selection import Selection
from geodata.legend import LegendRow
from geodata.palette import ZERO
from geodata.regions import Level, feature_id
from geodata.text import number, percent, text

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
    found = np.searchsorted([upper for _, upper, *_ in _CLASSES], np.nan_to_num(share))
    return np.where(np.isnan(share), -1, found)


def draw(selection: Selection, quality: pd.DataFrame, far: pd.DataFrame | None = None) -> None:
    """Draw the regions of ``quality`` (as ``region_quality`` returns it) and the legend.

    ``far`` are those of the selection's ``far_level``, drawn instead while the map is far out.
    """
    lang, level, boundaries = selection.bahasa, selection.shown_level, data.boundaries()
    bounds = boundaries.bounds(selection.scope)
    view = quality_view(selection, quality, far, bounds, data.attribution(lang))
    map_column, legend_column = st.columns([4, 1])
    with map_column:
        st_folium(
            map_layer.base_map(boundaries),
            key="peta-mutu",
            height=map_layer.HEIGHT_PX,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=map_layer.update(view),
        )
    with legend_column:
        st.html(_legend(quality, level, lang))


def quality_view(
    selection: Selection,
    quality: pd.DataFrame,
    far: pd.DataFrame | None,
    bounds: tuple[float, float, float, float],
    attribution: str,
) -> dict[str, Any]:
    """Return the view for the browser; its parameters are those of ``draw`` and ``map_view``."""
    lang, far_level = selection.bahasa, selection.far_level
    view = map_view(
        classes=_painted(quality, lang),
        far=(far_level, _painted(far, lang)) if far_level and far is not None else None,
        level=selection.shown_level,
        scope=selection.scope,
        chosen=None,
        bounds=bounds,
        points=None,
        attribution=attribution,
        metric="jumlah_kim",
        lang=lang,
    )
    words = {"map": text("mutu.place.map", lang), "none": text("mutu.place.none", lang)}
    view["words"] |= words | {"served": ""}
    return view


def _painted(quality: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """Return the classes for the browser: fill, lines, feature ids as steps, and what to say."""
    found = class_of(quality["bagian_ragu"].to_numpy(dtype=float))
    painted = []
    for place, (_, _, fill, gap) in enumerate(_CLASSES):
        rows = quality[found == place]
        if rows.empty:
            continue
        ids = np.array([feature_id(code) for code in rows["kode"]])
        notes = [
            text(
                "mutu.place.share",
                lang,
                bagian=percent(share, lang),
                ragu=number(ragu, lang),
                baris=number(baris, lang),
            )
            for share, ragu, baris in zip(
                rows["bagian_ragu"], rows["ragu"], rows["baris_dinilai"], strict=True
            )
        ]
        painted.append(
            {"fill": fill, "hatch": gap, "ids": np.diff(ids, prepend=0).tolist(), "notes": notes}
        )
    return painted


def _legend(quality: pd.DataFrame, level: Level, lang: str) -> str:
    found = class_of(quality["bagian_ragu"].to_numpy(dtype=float))
    rows = [("none", ZERO, int((found == -1).sum()))]
    for place, (name, _, fill, gap) in enumerate(_CLASSES):
        lines = f"repeating-linear-gradient(135deg,#28201ebf 0 1.5px,{fill} 1.5px {gap * 0.7}px)"
        rows.append((name, lines if gap else fill, int((found == place).sum())))
    items = "".join(
        legend_item(LegendRow(fill, text(f"mutu.class.{name}", lang), count), level, lang)
        for name, fill, count in reversed(rows)
    )
    return (
        f'<section aria-label="{text("legend.title", lang)}" data-testid="legenda">'
        f"<strong>{text('mutu.place.legend', lang)}</strong>"
        f'<ul style="list-style:none;padding:0;margin:.4rem 0 0">{items}</ul></section>'
    )

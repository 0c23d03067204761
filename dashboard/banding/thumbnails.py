"""A small map of each region that is compared, all of one scale and of the same classes."""

from base64 import b64encode
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.map.legend_html import legend_section
from dashboard.map.picture import picture_of
from dashboard.workshop import waiting
from geodata.boundaries.boundary_set import BoundarySet
from geodata.exports.map_picture import of_one_scale
from geodata.registry.snapshot import Snapshot
from geodata.text import text
from geodata.view.choropleth import choropleth, table_of
from geodata.view.legend import LegendRow
from geodata.view.view import View
from geodata.view.words import level_name

_FRAME = 4 / 3
_LONGEST_PX = 480
_FIGURE = Markup(
    '<figure><img src="data:image/png;base64,{}" alt="{}"><figcaption>{}</figcaption></figure>'
)


@dataclass(frozen=True)
class Thumbnails:
    """The pictures (PNG) of regions, and the classes that all of them are coloured by."""

    pictures: tuple[bytes, ...]
    legend: tuple[LegendRow, ...]


def draw(views: list[View], names: list[str]) -> None:
    """Draw a small map of the region of each of ``views``, which is called as ``names`` say."""
    first, lang = views[0], views[0].lang
    boundaries, snapshots = data.boundaries(), [data.snapshot(view) for view in views]
    versions = tuple(snapshot.version for snapshot in snapshots)
    made = waiting.made(
        ("thumbnails", boundaries.version, data.versions()[2], versions, *views),
        lambda: thumbnails(views, snapshots, boundaries),
    )
    metric = first.shown_metric.title(lang)
    figures = [
        _FIGURE.format(
            b64encode(picture).decode("ascii"),
            text(
                "paparan.picture",
                lang,
                metrik=metric,
                wilayah=name,
                tingkat=level_name(view.shown_level, lang),
            ),
            name,
        )
        for picture, name, view in zip(made.pictures, names, views, strict=True)
    ]
    st.html(Markup('<section class="peta-kecil">{}</section>').format(Markup().join(figures)))
    st.caption(text("banding.one_scale", lang))
    st.html(legend_section(made.legend, first.shown_level, lang, metric))


def thumbnails(views: list[View], snapshots: list[Snapshot], boundaries: BoundarySet) -> Thumbnails:
    """Return the small maps of ``views``, each of its snapshot; all are of one metric."""
    of = list(zip(views, snapshots, strict=True))
    tables = [table_of(view, view.shown_level, snapshot, boundaries)[0] for view, snapshot in of]
    shown = []
    for place, (view, snapshot) in enumerate(of):
        others = pd.concat(tables[:place] + tables[place + 1 :], ignore_index=True)
        shown.append(choropleth(view, snapshot, boundaries, together=others))
    alike = of_one_scale([each.bounds for each in shown], _FRAME)
    rows: dict[str, LegendRow] = {}
    for row in (row for each in shown for row in each.layer.legend):
        counted = rows.get(row.label)
        rows[row.label] = replace(row, count=row.count + (counted.count if counted else 0))
    pictures = (
        picture_of(each, bounds, _LONGEST_PX) for each, bounds in zip(shown, alike, strict=True)
    )
    return Thumbnails(tuple(pictures), tuple(rows.values()))

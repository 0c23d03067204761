"""The map of a briefing as a picture: alone for slides, or as a sheet for print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from geodata.boundaries.land import LAND_FILE
from geodata.exports.briefing.model import Briefing, Site
from geodata.exports.map_picture import DRAWING, HATCH, draw_choropleth, paths, widened
from geodata.provenance import verified
from geodata.regions import Level
from geodata.text import text
from geodata.view.palette import BORDERS, LAND, SEA

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PRINT_DPI = 300
_SLIDE_DPI = 200
_SHEET = (11.69, 8.27)  # inches, A4 across
_INK, _BORDER = "#1f2a33", BORDERS[Level.KABUPATEN_KOTA]
_METRES_A_DEGREE = 111_320.0
_LABELLED_AT_MOST = 40
_LABEL_POINTS = 5.5
_MARK_POINTS = 7.0
_FIGURES_FROM = 0.04  # above the lower edge of the sheet, as a share of its height


def map_png(briefing: Briefing, inches: tuple[float, float], dpi: int = _SLIDE_DPI) -> bytes:
    """Return the map alone, with scale bar and north arrow, as PNG."""
    from matplotlib.figure import Figure

    with DRAWING:
        figure = Figure(figsize=inches, dpi=dpi)
        _draw_map(figure.add_axes((0, 0, 1, 1)), briefing, inches)
        return _png(figure)


def sheet_png(briefing: Briefing, dpi: int = PRINT_DPI) -> bytes:
    """Return the sheet for print as PNG: A4 across."""
    with DRAWING:
        return _png(sheet(briefing, dpi))


def sheet(briefing: Briefing, dpi: int = PRINT_DPI) -> Figure:
    """Return the map with title, legend, scale bar, north arrow, source and date."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SHEET, dpi=dpi, facecolor="white")
    box = (0.03, 0.11, 0.72, 0.75)
    _draw_map(figure.add_axes(box), briefing, (_SHEET[0] * box[2], _SHEET[1] * box[3]))
    say: dict[str, Any] = {"parse_math": False, "color": _INK, "va": "top"}
    figure.text(0.03, 0.965, f"{text('briefing.kind', briefing.lang)}: {briefing.title}",
                fontsize=19, fontweight="bold", **say)  # fmt: skip
    figure.text(0.03, 0.91, f"{briefing.layer.title} · {briefing.counted} · {briefing.as_of}",
                fontsize=10.5, **say)  # fmt: skip
    _draw_legend(figure, briefing)
    lines = [*_wrapped(" · ".join(briefing.notes), 165), *_wrapped(briefing.sources[-1], 165)]
    figure.text(0.03, 0.085, "\n".join(lines), fontsize=7, linespacing=1.4, **say)
    return figure


def _draw_legend(figure: Figure, briefing: Briefing) -> None:
    from matplotlib.patches import Rectangle

    left, top, step = 0.775, 0.85, 0.034
    say: dict[str, Any] = {"parse_math": False, "color": _INK}
    figure.text(left, top, briefing.layer.name, fontsize=11, fontweight="bold", va="top", **say)
    for position, row in enumerate(briefing.layer.legend):
        y = top - 0.055 - position * step
        figure.add_artist(
            Rectangle(
                (left, y - 0.011),
                0.026,
                0.024,
                facecolor=row.fill,
                edgecolor=_BORDER,
                lw=0.6,
                hatch=HATCH if row.hatch else None,
            )
        )
        figure.text(left + 0.036, y, f"{row.label} ({row.count})", fontsize=8.5, va="center", **say)
    y = top - 0.055 - len(briefing.layer.legend) * step - 0.02
    if briefing.sites:
        marked = "\n".join(_wrapped(text("briefing.marked", briefing.lang), 36))
        figure.text(left, y + 0.02, marked, fontsize=8.5, va="top", **say)
        y -= 0.04
    step = min(0.075, (y - _FIGURES_FROM) / len(briefing.figures))
    for figure_ in briefing.figures:
        figure.text(left, y, figure_.value, fontsize=15, fontweight="bold", va="top", **say)
        figure.text(left, y - 0.036, figure_.label, fontsize=8.5, va="top", **say)
        y -= step


def _draw_map(axes: Axes, briefing: Briefing, inches: tuple[float, float]) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib_scalebar.scalebar import ScaleBar

    regions = briefing.layer.regions
    regions = regions[regions.geometry.notna()]
    west, south, east, north = regions.total_bounds
    bounds = widened((south, west, north, east), inches[0] / inches[1])
    south, west, north, east = bounds
    coarser = briefing.layers[0].regions
    around = gpd.read_parquet(verified(LAND_FILE)).clip((west, south, east, north))
    axes.set_facecolor(SEA)
    axes.add_collection(PathCollection(paths(around), facecolor=LAND, edgecolor="none"))
    draw_choropleth(
        axes,
        regions,
        regions["fill"].to_numpy(),
        regions["hatched"].to_numpy(),
        coarser[coarser.geometry.notna()],
        bounds,
        land_colour=LAND,
        border_colour=_BORDER,
    )
    degrees_an_inch = (north - south) / inches[1]
    if len(regions) <= _LABELLED_AT_MOST:
        _label(axes, regions, briefing.sites, degrees_an_inch)
    _mark(axes, briefing.sites)
    axes.set(xticks=[], yticks=[])
    for edge in axes.spines.values():
        edge.set(color=_BORDER, linewidth=0.6)
    metres = _METRES_A_DEGREE * cos(radians((south + north) / 2))
    bar = ScaleBar(
        metres, location="lower left", box_alpha=0.75, color=_INK, border_pad=0.6,
        rotation="horizontal-only", font_properties={"size": 8}, scale_formatter=_distance,
    )  # fmt: skip
    axes.add_artist(bar)
    axes.annotate(text("briefing.north", briefing.lang), xy=(0.965, 0.965), xytext=(0.965, 0.865),
                  xycoords="axes fraction", ha="center", va="center", fontsize=11,
                  fontweight="bold", color=_INK, annotation_clip=False,
                  arrowprops={"arrowstyle": "-|>", "color": _INK, "lw": 1.4})  # fmt: skip


def _distance(value: float, unit: str) -> str:
    """Write a distance; nobody reads megametres."""
    return f"{value * 1_000:g} km" if unit == "Mm" else f"{value:g} {unit}"


def _mark(axes: Axes, sites: Sequence[Site]) -> None:
    """Put the numbers of places on the map; the first on top where they are near each other."""
    for site in reversed(sites):
        axes.annotate(
            site.number, (site.lng, site.lat), ha="center", va="center", fontsize=_MARK_POINTS,
            fontweight="bold", color="white", annotation_clip=True,
            bbox={"boxstyle": "circle,pad=0.25", "fc": _INK, "ec": "white", "lw": 0.8},
        )  # fmt: skip


def _label(
    axes: Axes, regions: gpd.GeoDataFrame, sites: Sequence[Site], degrees_an_inch: float
) -> None:
    """Name regions at a point inside their largest part, the larger first, where there is room.

    ``Kabupaten`` goes without saying.
    """
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=1.6, foreground="white", alpha=0.85)]
    height = _LABEL_POINTS / 72 * degrees_an_inch
    mark = _MARK_POINTS / 72 * degrees_an_inch
    taken: list[shapely.Geometry] = [
        shapely.Point(site.lng, site.lat).buffer(mark) for site in sites
    ]
    largest = regions.geometry.explode().groupby(level=0).agg(lambda parts: max(parts, key=_area))
    for region in largest.map(_area).sort_values(ascending=False).index:
        name = regions["nama"][region].removeprefix("Kabupaten ")[:28]
        point = shapely.point_on_surface(largest[region])
        half = len(name) * height * 0.3
        room = shapely.box(
            point.x - half, point.y - height / 2, point.x + half, point.y + height / 2
        )
        if any(room.intersects(other) for other in taken):
            continue
        taken.append(room)
        axes.text(
            point.x, point.y, name, fontsize=_LABEL_POINTS, ha="center", va="center", color=_INK,
            path_effects=halo, parse_math=False, clip_on=True,
        )  # fmt: skip


def _area(shape: shapely.Geometry) -> float:
    return shape.area


def _wrapped(line: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(line, width)[:3]


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()

"""The change between two days as a diverging map: who has more, who fewer, and who as many."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.analysis.classes import classify
from geodata.boundaries.boundary_set import Bounds
from geodata.text import number, text
from geodata.view import palette
from geodata.view.legend import LegendRow
from geodata.view.payload import Legend, PaintedClass, Payload, Texts, painted, payload
from geodata.view.view import View
from geodata.view.words import level_name

_SCHEME = "BrBG"
_EACH_WAY = 3


@dataclass(frozen=True, eq=False)
class ChangeClass:
    """Regions that changed alike: which rows of the table, and their row of the legend."""

    rows: np.ndarray
    legend: LegendRow


def change_classes(table: pd.DataFrame, lang: str) -> list[ChangeClass]:
    """Return the classes of a table of ``Development.by_region``, the highest first.

    Gains and losses have the same bounds, quantiles of both together, so that equally strong
    colours are equally much. No change is a class of its own, and so are regions that had not
    reported by either day: what is known of them since is no gain.
    """
    awal, akhir = (table[name].to_numpy(float, na_value=np.nan) for name in ("awal", "akhir"))
    net = akhir - awal
    sizes = classify(np.abs(net), 0, "kuantil", _EACH_WAY)
    fewer, more = palette.diverging(_SCHEME, len(sizes.counts))

    def changed(sign: int, size: int, fill: str) -> ChangeClass:
        rows = (sizes.index == size) & (np.sign(net) == sign)
        low, high = (sign * bounds[size - 1] for bounds in (sizes.lower, sizes.upper))
        return _class(rows, fill, _range(low, high, lang))

    gains = [changed(1, size, fill) for size, fill in enumerate(more, start=1)]
    losses = [changed(-1, size, fill) for size, fill in enumerate(fewer, start=1)]
    same = _class(net == 0, palette.ZERO, text("perkembangan.place.none", lang))
    classes = [*gains[::-1], same, *losses]
    if np.isnan(net).any():
        unknown = text("perkembangan.place.unreported", lang)
        hatch = palette.HATCH_PX
        classes.append(_class(np.isnan(net), palette.NOT_REPORTED, unknown, hatch))
    return classes


def signed(count: float, lang: str) -> str:
    """Return a change with its sign: ``+5``, ``−3``, ``0``."""
    mark = "" if not count else "+" if count > 0 else "−"
    return f"{mark}{number(abs(int(count)), lang)}"


def change_payload(
    view: View,
    table: pd.DataFrame,
    far: pd.DataFrame | None,
    *,
    about: str,
    bounds: Bounds,
    region: str,
    attribution: str,
) -> Payload:
    """Return the map for the browser.

    Parameters
    ----------
    table, far
        Tables of ``Development.by_region``: of the view's level, and of its ``far_level``.
    about
        Which two days these are.
    """
    lang, texts = view.lang, Texts()
    levels = [(view.shown_level, table)]
    if view.far_level and far is not None:
        levels.append((view.far_level, far))
    drawn, legends = [], []
    for level, of_level in levels:
        classes = change_classes(of_level, lang)
        drawn.append(
            (level, [_painted(it, of_level, texts, lang) for it in classes if it.rows.any()])
        )
        legends.append(_legend(level.value, classes, lang))
    level_words = level_name(view.shown_level, lang)
    return payload(
        view,
        texts,
        drawn[0][1],
        rest=[text("perkembangan.place.none", lang)],
        bounds=bounds,
        region=region,
        attribution=attribution,
        words="perkembangan.place",
        far=drawn[1] if len(drawn) > 1 else None,
        title=text("perkembangan.place.title", lang, tingkat=level_words),
        about=about,
        legends=legends,
    )


def _class(rows: np.ndarray, fill: str, label: str, hatch: int = 0) -> ChangeClass:
    return ChangeClass(rows, LegendRow(fill, label, int(rows.sum()), hatch))


def _range(low: float, high: float, lang: str) -> str:
    low, high = min(low, high), max(low, high)
    if low == high:
        return signed(low, lang)
    return text("legend.range", lang, lower=signed(low, lang), upper=signed(high, lang))


def _legend(level: str, classes: list[ChangeClass], lang: str) -> Legend:
    rows = [it.legend for it in classes]
    return {
        "level": level,
        "title": text("perkembangan.place.legend", lang),
        "rows": [(row.fill, row.label, number(row.count, lang), row.hatch) for row in rows],
        "notes": [],
    }


def _painted(it: ChangeClass, table: pd.DataFrame, texts: Texts, lang: str) -> PaintedClass:
    rows, row = table[it.rows], it.legend
    if rows[["awal", "akhir"]].isna().any(axis=None):
        return painted(rows["kode"], row.fill, [row.label], [], hatch=row.hatch)
    awal, akhir = (rows[name].astype(int) for name in ("awal", "akhir"))
    figures = [
        texts.column(akhir - awal, lambda count: signed(count, lang)),
        texts.column(awal, lambda count: number(count, lang)),
        texts.column(akhir, lambda count: number(count, lang)),
    ]
    line = text("perkembangan.place.changed", lang, selisih="{0}", awal="{1}", akhir="{2}")
    return painted(rows["kode"], row.fill, [line], figures, hatch=row.hatch)

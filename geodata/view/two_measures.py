"""Two measures of the regions of a view at once, in numbers and in words.

The second measure is the metric of the view; the first is named beside it. Map, scatterplot, lists
and command line show what stands here, so they cannot differ.

References
----------
Stevens, J. (2015). Bivariate choropleth maps: a how-to guide. joshuastevens.net.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.analysis.bivariate import (
    QUADRANTS,
    STEPS,
    Bivariate,
    Halves,
    Range,
    Values,
    bivariate,
)
from geodata.analysis.gaps import with_ancestors
from geodata.analysis.region_metrics import is_unreported
from geodata.boundaries.boundary_set import BoundarySet
from geodata.indicators.columns import source_in_words
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import number, text
from geodata.view.conditions import meeting
from geodata.view.metric import Metric
from geodata.view.metrics import METRICS, metric_table
from geodata.view.view import View

CELLS = (
    "#fef1e4", "#97d0e7", "#18aee5",
    "#fab186", "#b0988c", "#407b8f",
    "#f3742d", "#ab5f37", "#5c473d",
)  # fmt: skip
"""A colour for each cell of ``Bivariate``: the first measure is blue, the second orange.

Source: blue and orange of ArcGIS (Esri). Of the schemes in use it is the one whose cells the
colour-blind tell apart best; to many of them two of Stevens' (2015) pink and blue are one.
"""

_OF_KIM = ("jumlah_kim", "cakupan", "cakupan_aktif", "kim_per_100_desa", "kim_per_100_ribu")
"""Metrics that are zero where there is no KIM, and only there."""


@dataclass(frozen=True, eq=False)
class TwoMeasures:
    """Regions of one level by two measures.

    Attributes
    ----------
    view, level
        The view they are of, and their level.
    first, second
        The measures.
    table
        A row a region, by code: kode, nama, and a column for each measure, NaN where it is not
        known.
    regions
        The cell and the quadrant of each row.
    left_out
        Codes of the regions that do not meet the conditions of the view; they are in no table.
    """

    view: View
    level: Level
    first: Metric
    second: Metric
    table: pd.DataFrame
    regions: Bivariate
    left_out: np.ndarray

    def quadrant_in_words(self, quadrant: str, lang: str) -> str:
        """Return what a planner calls a quadrant: ``kuat, belum ada KIM``."""
        first, second = (half == "tinggi" for half in quadrant.split("_"))
        return text(
            "potensi.quadrant",
            lang,
            pertama=self._half(self.first, self.regions.first_halves, lang, high=first),
            kedua=self._half(self.second, self.regions.second_halves, lang, high=second),
        )

    def _half(self, measure: Metric, halves: Halves, lang: str, *, high: bool) -> str:
        if measure.name in _OF_KIM and halves.most == 0:
            counted = "_counted" if self.view.kim_filter != KimFilter() else ""
            return text(f"potensi.{'some' if high else 'none'}{counted}", lang)
        if not np.isfinite(halves.least):
            return text("potensi.alike", lang, ukuran=measure.title(lang))
        is_one_index = _is_strength(self.first) != _is_strength(self.second)
        if is_one_index and _is_strength(measure):
            return text("potensi.strong" if high else "potensi.weak", lang)
        return text("potensi.high" if high else "potensi.low", lang, ukuran=measure.title(lang))

    def thresholds_in_words(self, lang: str) -> str:
        """Say from which value on each measure is high."""
        regions = self.regions
        named = [
            text(
                "potensi.from", lang, ukuran=measure.title(lang), nilai=measure.written(least, lang)
            )
            for measure, least in (
                (self.first, regions.first_halves.least),
                (self.second, regions.second_halves.least),
            )
            if np.isfinite(least)
        ]
        return text("potensi.thresholds", lang, daftar="; ".join(named)) if named else ""

    def sources_in_words(self, lang: str) -> str:
        """Say whose figures of which year the measures rest on; nothing of KIM alone."""
        sources = [measure.source(self.level) for measure in (self.first, self.second)]
        return source_in_words([source for source in sources if source], lang)

    def cell_in_words(self, column: int, row: int, lang: str) -> str:
        """Return which values a cell of the square admits: ``IDM 0,61–0,70; Jumlah KIM 0``."""
        ranges = self.regions.first.ranges[column], self.regions.second.ranges[row]
        return text(
            "potensi.cell",
            lang,
            pertama=f"{self.first.title(lang)} {range_in_words(self.first, ranges[0], lang)}",
            kedua=f"{self.second.title(lang)} {range_in_words(self.second, ranges[1], lang)}",
        )

    def listed(self, snapshot: Snapshot, names: Mapping[str, str]) -> pd.DataFrame:
        """Return the regions of which both measures are known, each with its quadrant.

        The highest of the first measure stand first, and of these the lowest of the second.

        Parameters
        ----------
        names
            What each of ``QUADRANTS`` is called.

        Returns
        -------
        DataFrame with kode, names of the regions above, nama, the two measures and kuadran.
        """
        position = self.regions.quadrant
        called = np.array([names[quadrant] for quadrant in QUADRANTS], dtype=object)
        rows = self.table[position >= 0].assign(kuadran=called[position[position >= 0]])
        counts = [it.name for it in (self.first, self.second) if it.column.kind == "count"]
        rows = rows.astype(dict.fromkeys(counts, np.int64)).sort_values(
            [self.first.name, self.second.name], ascending=[False, True], kind="stable"
        )
        return with_ancestors(rows.reset_index(drop=True), snapshot, self.level)


def two_measures(
    view: View, first: str, snapshot: Snapshot, boundaries: BoundarySet, level: Level | None = None
) -> TwoMeasures:
    """Return the regions of a view by the measure ``first`` and by the metric of the view.

    Those that do not meet its conditions are left out.

    Parameters
    ----------
    level
        Of the regions; that of the view by default.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    SelectionError
        If there is no such metric, or not at that level.
    """
    level = level or view.shown_level
    measures = METRICS[first], view.shown_metric
    asked = snapshot, view.kim_filter, boundaries, level, view.scope
    tables = [metric_table(measure.name, *asked) for measure in measures]
    of = snapshot, view.kim_filter, level, view.scope
    meets = meeting(tables[1], view.conditions, *of)
    left_out = tables[1]["kode"].to_numpy()[~meets]
    tables = [table[meets].reset_index(drop=True) for table in tables]
    values = [
        table[measure.name].to_numpy(dtype=float, na_value=np.nan)
        for table, measure in zip(tables, measures, strict=True)
    ]
    across, up = (
        Values(of, measure.decimals, measure.has_zero)
        for of, measure in zip(values, measures, strict=True)
    )
    # What no KIM counts in is known all the same.
    not_counted = [np.isnan(of) for of, it in zip(values, measures, strict=True) if it.of_kim]
    unreported = is_unreported(tables[1]) & np.any(not_counted, axis=0)
    regions = bivariate(across, up, unreported)
    table = tables[1][["kode", "nama"]].assign(
        **{measure.name: of for measure, of in zip(measures, values, strict=True)}
    )
    return TwoMeasures(view, level, *measures, table, regions, left_out)


def range_in_words(measure: Metric, values: Range | None, lang: str) -> str:
    """Return a step of a measure as a legend writes it: ``0,61–0,70``; a dash for none."""
    if values is None:
        return "–"
    low, high = (measure.written(value, lang) for value in values)
    return low if low == high else text("legend.range", lang, lower=low, upper=high)


def left_out_in_words(shown: TwoMeasures, lang: str) -> str:
    """Say how many regions are in no cell, and why; nothing if all are in one."""
    regions = shown.regions
    counts = {
        "without_data": regions.without_data,
        "unreported": regions.unreported,
        "unmet": len(shown.left_out),
    }
    return " ".join(
        text(f"potensi.{name}", lang, jumlah=number(count, lang))
        for name, count in counts.items()
        if count
    )


def present(ranges: tuple[Range | None, ...]) -> list[int]:
    """Return the steps in which there is a region, from low to high."""
    return [step for step in range(STEPS) if ranges[step] is not None]


def _is_strength(measure: Metric) -> bool:
    """Return whether a measure is an index of how well off regions are."""
    return not measure.has_zero and measure.high_is_good

"""A bidang against a potential: where much is there, and no KIM works in that field."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.analysis.bivariate import STEPS
from geodata.analysis.correlation import FEWEST, INTERVAL, RankCorrelation, rank_correlation
from geodata.analysis.gaps import with_ancestors
from geodata.analysis.region_metrics import region_metrics
from geodata.boundaries.boundary_set import BoundarySet
from geodata.registry.snapshot import Snapshot
from geodata.text import number, percent, text
from geodata.view.two_measures import TwoMeasures, two_measures
from geodata.view.view import View
from geodata.view.words import level_name

OF_FIELD = "cakupan"
"""What is told of the KIM of a field: the share of desa that have one, whatever a region's size."""


@dataclass(frozen=True, eq=False)
class FieldPotential:
    """A field against a potential.

    Attributes
    ----------
    field
        The bidang.
    measures
        The potential, and the coverage by KIM of the field.
    correlation
        Of the two, over the regions of which both are known.
    unserved
        Regions with a high potential in which no KIM works in the field, the highest first: kode,
        names above, nama, the potential, and kim_bidang_lain: KIM there that pass the filter but
        for its fields.
    high, least
        Number of regions with a high potential, and the lowest such potential; NaN where none is.
    """

    field: str
    measures: TwoMeasures
    correlation: RankCorrelation
    unserved: pd.DataFrame
    high: int
    least: float

    def correlation_in_words(self, lang: str) -> str:
        """Say how potential and field go together, how sure that is, and of how many regions."""
        known = self.correlation
        words = {
            "ukuran": self.measures.first.title(lang),
            "bidang": text(f"bidang.{self.field}", lang),
            "n": number(known.n, lang),
            "tingkat": level_name(self.measures.level, lang),
        }
        if np.isnan(known.rho):
            return text(
                "potensi.too_few" if known.n < FEWEST else "potensi.all_alike", lang, **words
            )
        figures = {
            "rho": number(known.rho, lang, 2),
            "bawah": number(known.low, lang, 2),
            "atas": number(known.high, lang, 2),
            "peluang": percent(INTERVAL, lang, 0),
        }
        return text(f"potensi.{_DIRECTIONS[known.direction]}", lang, **words, **figures)


_DIRECTIONS = {1: "together", 0: "unclear", -1: "against"}


def field_potential(
    view: View, field: str, measure: str, snapshot: Snapshot, boundaries: BoundarySet
) -> FieldPotential:
    """Return the KIM of ``field`` against the metric ``measure`` in the regions of a view.

    High is the upper third of the regions, as :func:`~geodata.analysis.bivariate.steps` has it. The
    fields of the view's filter give way to ``field``, the rest of it holds.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    SelectionError
        If there is no such metric or field, or the metric not at the view's level.
    """
    of_field = replace(view.filtered(bidang=(field,)), metric=OF_FIELD)
    shown = two_measures(of_field, measure, snapshot, boundaries)
    steps, table = shown.regions.first, shown.table
    is_high = (steps.index == STEPS - 1) & (shown.regions.cell >= 0)
    any_field = view.filtered(bidang=())
    kim = region_metrics(snapshot, any_field.kim_filter, shown.level, view.scope)["jumlah_kim"]
    rows = table.assign(kim_bidang_lain=kim.array)[is_high & (table[OF_FIELD] == 0).to_numpy()]
    rows = rows.drop(columns=OF_FIELD).sort_values(measure, ascending=False, kind="stable")
    highest = steps.ranges[STEPS - 1]
    return FieldPotential(
        field,
        shown,
        rank_correlation(table[measure].to_numpy(), table[OF_FIELD].to_numpy()),
        with_ancestors(rows.reset_index(drop=True), snapshot, shown.level),
        int(np.count_nonzero(is_high)),
        highest[0] if highest else np.nan,
    )

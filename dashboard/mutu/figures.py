"""The figures of the page Mutu data, made once as long as no row and no decision changes."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from dashboard import data
from dashboard.workshop.kept import kept
from geodata.analysis.quality import points_outside, quality_totals, region_quality
from geodata.boundaries.boundary_set import BoundarySet
from geodata.regions import Level
from geodata.view.view import View


@dataclass(frozen=True, eq=False)
class Quality:
    """How well the rows of a view's region are kept.

    Attributes
    ----------
    regions, far
        ``region_quality`` of the view's level, and of the one that is drawn from afar, if any.
    totals
        ``quality_totals`` of the region.
    outside
        ``points_outside`` of the region.
    with_point
        How many of its KIM have a point of their own.
    """

    regions: pd.DataFrame
    far: pd.DataFrame | None
    totals: pd.Series
    outside: pd.DataFrame
    with_point: int


def quality_of(view: View, stale_before: str) -> Quality:
    """Return the figures of ``view``; rows are stale that nobody updated since ``stale_before``."""
    levels = (view.shown_level, view.far_level)
    return kept(
        _quality,
        data.quality_version(),
        data.boundaries(),
        view.region,
        view.scope,
        levels,
        stale_before,
    )


def _quality(
    _: Hashable,
    boundaries: BoundarySet,
    region: str | None,
    scope: str | None,
    levels: tuple[Level, Level | None],
    stale_before: str,
) -> Quality:
    rows = data.quality_rows()
    of_level = partial(region_quality, rows, data.gazetteer(), stale_before=stale_before)
    here = rows[rows["kode_wilayah"].str.startswith(region or "")]
    level, far_level = levels
    return Quality(
        of_level(level, scope),
        of_level(far_level, scope) if far_level else None,
        quality_totals(rows, region, stale_before=stale_before),
        points_outside(here, boundaries),
        int((here["lat"].notna() & (here["outcome"] == "diterima")).sum()),
    )

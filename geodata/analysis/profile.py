"""The profile of a region: its figures, rank, gaps, distances, trend and peers as one value."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.analysis import clusters as clusters_of
from geodata.analysis.clusters import find_clusters
from geodata.analysis.coverage import coverage_by_kind, coverage_by_region
from geodata.analysis.distance import distances
from geodata.analysis.gaps import regions_without_kim
from geodata.analysis.peers import region_peers
from geodata.analysis.region_metrics import Totals, kim_by_bidang, kim_by_year, totals
from geodata.analysis.trend import Trend, kim_trend
from geodata.boundaries.boundary_set import BoundarySet
from geodata.regions import LEVELS, Level, level_of, parent
from geodata.registry.snapshot import KimFilter, Snapshot


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of one region under a filter.

    Attributes
    ----------
    kode
        The region; ``None`` is Indonesia.
    totals
        Its counts.
    siblings
        ``coverage_by_region`` of the regions beside it, itself included; ``None`` for Indonesia
        and for a desa.
    empty
        For each level below it, coarsest first, ``regions_without_kim``.
    distances
        The distance of each of its desa to the nearest KIM, the farthest first.
    trend
        ``kim_trend``; ``None`` under a filter of years, which leaves out what a trend compares.
    """

    kode: str | None
    totals: Totals
    siblings: pd.DataFrame | None
    empty: dict[Level, pd.DataFrame]
    distances: pd.DataFrame
    trend: Trend | None

    @property
    def level(self) -> Level | None:
        """The level of the region; ``None`` for Indonesia."""
        return None if self.kode is None else level_of(self.kode)

    @property
    def own(self) -> pd.Series | None:
        """The region's own row of ``siblings``."""
        if self.siblings is None:
            return None
        return self.siblings[self.siblings["kode"] == self.kode].iloc[0]

    @property
    def known_km(self) -> np.ndarray:
        """The distances in km that are known."""
        return self.distances["jarak_km"].dropna().to_numpy()


@dataclass(frozen=True, eq=False)
class Profile(Figures):
    """What is known of one region under a filter: its figures, and what it takes longer to tell.

    Attributes
    ----------
    by_kind, by_bidang, by_year
        ``coverage_by_kind``, ``kim_by_bidang`` and ``kim_by_year``.
    cluster
        Class of its cluster (see the module ``clusters``); ``None`` for other levels.
    peers
        ``region_peers``; ``None`` where the region has none to be compared with.
    """

    by_kind: pd.DataFrame
    by_bidang: pd.Series
    by_year: pd.Series
    cluster: str | None
    peers: pd.DataFrame | None


def region_figures(snapshot: Snapshot, kim_filter: KimFilter, kode: str | None) -> Figures:
    """Return the figures of the region ``kode`` (``None``: Indonesia).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``kode``.
    """
    totals_of_region = totals(snapshot, kim_filter, kode)
    level = None if kode is None else level_of(kode)
    siblings = None
    if kode is not None and level is not None and level is not Level.DESA:
        siblings = coverage_by_region(snapshot, kim_filter, level, parent(kode))
    return Figures(
        kode=kode,
        totals=totals_of_region,
        siblings=siblings,
        empty={
            below: regions_without_kim(snapshot, kim_filter, below, kode)
            for below in LEVELS
            if level is None or below.is_below(level)
        },
        distances=distances(snapshot, kim_filter, kode),
        trend=None if kim_filter.tahun else kim_trend(snapshot, kim_filter, kode),
    )


def region_profile(
    snapshot: Snapshot, kim_filter: KimFilter, boundaries: BoundarySet, kode: str | None
) -> Profile:
    """Return the profile of the region ``kode`` (``None``: Indonesia).

    Raises
    ------
    RegionError
        If the gazetteer has no region ``kode``.
    """
    figures = region_figures(snapshot, kim_filter, kode)
    level = figures.level
    cluster = peers = None
    if kode is not None and level is not None and level is not Level.DESA:
        if figures.totals.kabupaten_melapor and boundaries.is_drawn(level, np.array([kode]))[0]:
            peers = region_peers(snapshot, kim_filter, boundaries, kode)
        if level in clusters_of.LEVELS:
            table = find_clusters(snapshot, kim_filter, boundaries, level, kode).table
            cluster = str(table["kelas"].iloc[0])
    return Profile(
        **vars(figures),
        by_kind=coverage_by_kind(snapshot, kim_filter, kode),
        by_bidang=kim_by_bidang(snapshot, kim_filter, kode),
        by_year=kim_by_year(snapshot, kim_filter, kode),
        cluster=cluster,
        peers=peers,
    )

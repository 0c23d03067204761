"""Answers of the sections that take seconds, by way of the workshop."""

from dashboard import data, waiting
from dashboard.gaps.view import GapsView
from geodata.analysis.clusters import Clusters
from geodata.analysis.clusters import clusters as clusters_of
from geodata.analysis.siting import SitingPlan, plan_siting
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter


def siting(kim_filter: KimFilter, within: str | None, view: GapsView) -> SitingPlan:
    """Return the plan that ``view`` asks for."""
    snapshot = data.snapshot()
    settings = (view.tujuan, view.tambah, view.radius, view.tetap, view.kecuali)
    return waiting.made(
        ("siting", snapshot.version, kim_filter, within, settings),
        lambda: plan_siting(
            snapshot,
            kim_filter,
            add=view.tambah,
            radius_km=view.radius,
            within=within,
            objective=view.tujuan,
            locked=view.tetap,
            forbidden=view.kecuali,
        ),
    )


def clusters(kim_filter: KimFilter, level: Level, within: str | None) -> Clusters:
    """Return the clusters of ``level``, those in ``within``."""
    snapshot, boundaries = data.snapshot(), data.boundaries()
    return waiting.made(
        ("clusters", snapshot.version, boundaries.version, kim_filter, level, within),
        lambda: clusters_of(snapshot, kim_filter, boundaries, level, within),
    )

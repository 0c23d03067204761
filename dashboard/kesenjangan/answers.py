"""Answers of the sections that take seconds, by way of the workshop."""

from dashboard import data
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.workshop import waiting
from geodata.analysis.clusters import Clusters, find_clusters
from geodata.analysis.siting.plans import SitingPlan, plan_siting
from geodata.regions import Level
from geodata.view.view import View


def siting_plan(view: View, within: str | None, settings: GapsSettings) -> SitingPlan:
    """Return the plan that ``settings`` ask for."""
    snapshot, kim_filter = data.snapshot(view), view.kim_filter
    asked = (settings.tujuan, settings.tambah, settings.radius, settings.sepulau)
    desa = (settings.tetap, settings.kecuali)
    return waiting.made(
        ("siting", snapshot.version, kim_filter, within, *asked, *desa),
        lambda: plan_siting(
            snapshot,
            kim_filter,
            add=settings.tambah,
            radius_km=settings.radius,
            within=within,
            objective=settings.tujuan,
            locked=settings.tetap,
            forbidden=settings.kecuali,
            same_island=settings.sepulau,
        ),
    )


def clusters_in(view: View, level: Level, within: str | None) -> Clusters:
    """Return the clusters of ``level``, those in ``within``."""
    snapshot, boundaries, kim_filter = data.snapshot(view), data.boundaries(), view.kim_filter
    return waiting.made(
        ("clusters", snapshot.version, boundaries.version, kim_filter, level, within),
        lambda: find_clusters(snapshot, kim_filter, boundaries, level, within),
    )

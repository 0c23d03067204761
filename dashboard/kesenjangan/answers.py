"""Answers of the sections that take seconds, by way of the workshop."""

from dashboard import data
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.workshop import waiting
from geodata.analysis.clusters import Clusters, find_clusters
from geodata.analysis.siting.plans import SitingPlan, plan_siting
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter


def siting_plan(kim_filter: KimFilter, within: str | None, settings: GapsSettings) -> SitingPlan:
    """Return the plan that ``settings`` ask for."""
    snapshot = data.snapshot()
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


def clusters_in(kim_filter: KimFilter, level: Level, within: str | None) -> Clusters:
    """Return the clusters of ``level``, those in ``within``."""
    snapshot, boundaries = data.snapshot(), data.boundaries()
    return waiting.made(
        ("clusters", snapshot.version, boundaries.version, kim_filter, level, within),
        lambda: find_clusters(snapshot, kim_filter, boundaries, level, within),
    )

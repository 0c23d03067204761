"""Answers of the sections that take seconds, by way of the workshop."""

from dataclasses import dataclass

from dashboard import data
from dashboard.frame import state
from dashboard.kesenjangan.gaps_settings import GapsSettings
from dashboard.workshop import waiting
from geodata.analysis.clusters import Clusters, find_clusters
from geodata.analysis.siting.plans import SitingPlan, plan_siting
from geodata.indicators.current import figures
from geodata.regions import Level
from geodata.view.plan_weights import WEIGHINGS, Weighing, plan_weights, weighings, weightless
from geodata.view.priorities import PRIORITY
from geodata.view.view import View


@dataclass(frozen=True, eq=False)
class WeighedPlan:
    """A plan, and what its desa weigh.

    Attributes
    ----------
    plan
        The plan.
    weighing
        How desa are weighed.
    weightless
        Number of desa that weigh nothing, for what they would weigh is not known.
    """

    plan: SitingPlan
    weighing: Weighing
    weightless: int


def siting_plan(view: View, within: str | None, settings: GapsSettings) -> WeighedPlan:
    """Return the plan that ``settings`` ask for; desa are all alike where they must be."""
    snapshot, kim_filter = data.snapshot(view), view.kim_filter
    weighing = settings.bobot if settings.bobot in weighings(within) else WEIGHINGS[0]
    priority, level = state.own(PRIORITY), view.shown_level
    asked = (settings.tujuan, settings.tambah, settings.radius, settings.sepulau)
    desa = (settings.tetap, settings.kecuali)
    weighed = (weighing, level, priority, figures().version) if weighing != WEIGHINGS[0] else ()

    def planned() -> WeighedPlan:
        weights = plan_weights(weighing, snapshot, kim_filter, within, level, priority)
        plan = plan_siting(
            snapshot,
            kim_filter,
            add=settings.tambah,
            radius_km=settings.radius,
            within=within,
            objective=settings.tujuan,
            weights=weights,
            locked=settings.tetap,
            forbidden=settings.kecuali,
            same_island=settings.sepulau,
        )
        return WeighedPlan(plan, weighing, weightless(weights, snapshot, within))

    key = ("siting", snapshot.version, kim_filter, within, *asked, *desa, *weighed)
    return waiting.made(key, planned)


def clusters_in(view: View, level: Level, within: str | None) -> Clusters:
    """Return the clusters of ``level``, those in ``within``."""
    snapshot, boundaries, kim_filter = data.snapshot(view), data.boundaries(), view.kim_filter
    return waiting.made(
        ("clusters", snapshot.version, boundaries.version, kim_filter, level, within),
        lambda: find_clusters(snapshot, kim_filter, boundaries, level, within),
    )

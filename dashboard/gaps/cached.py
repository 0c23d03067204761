"""Answers that take longer than a blink, kept by what they rest on.

Each is kept under the registry's version, the boundary set's where it matters, and its settings.
"""

import streamlit as st

from dashboard import data
from dashboard.gaps.view import GapsView
from geodata.analysis.siting import SitingPlan, plan_siting
from geodata.registry.snapshot import KimFilter

_KEPT = 64


def siting(kim_filter: KimFilter, within: str | None, view: GapsView) -> SitingPlan:
    """Return the plan that ``view`` asks for."""
    settings = (view.tujuan, view.tambah, view.radius, view.tetap, view.kecuali)
    return _siting(data.snapshot().version, kim_filter, within, settings)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _siting(
    version: str,  # noqa: ARG001 (part of what the plan is kept by)
    kim_filter: KimFilter,
    within: str | None,
    settings: tuple,
) -> SitingPlan:
    objective, add, radius_km, locked, forbidden = settings
    return plan_siting(
        data.snapshot(),
        kim_filter,
        add=add,
        radius_km=radius_km,
        within=within,
        objective=objective,
        locked=locked,
        forbidden=forbidden,
    )

"""What a desa weighs in a plan of new KIM: as much as any other, its people, or its priority."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from geodata.analysis.siting.weights import divided, inherited
from geodata.errors import SelectionError
from geodata.gazetteer import load_gazetteer
from geodata.indicators.current import figures
from geodata.indicators.indicator import Indicator
from geodata.regions import LEVELS, Level, level_of
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view.priorities import PrioritySettings, scores

Weighing = Literal["desa", "penduduk", "prioritas"]
WEIGHINGS: tuple[Weighing, ...] = ("desa", "penduduk", "prioritas")
_PEOPLE = "penduduk"
_NEARLY_ALL = 0.9


def people(within: str | None) -> Indicator | None:
    """Return the people by which desa of ``within`` can be told apart; ``None`` if by none.

    They are given for the finest level below ``within`` of which nearly all regions in it have a
    figure. Inside one region of that level all desa would weigh the same, whoever lives there.
    """
    for level in reversed(LEVELS):
        if within is not None and not level.is_below(level_of(within)):
            return None
        given = figures().source(_PEOPLE, level)
        values = figures().values(_PEOPLE, level)[load_gazetteer().within(level, within)]
        if given and given.level is level and np.isfinite(values).mean() >= _NEARLY_ALL:
            return given
    return None


def weighings(within: str | None) -> tuple[Weighing, ...]:
    """Return how desa of ``within`` can be weighed."""
    can = people(within) is not None
    return tuple(name for name in WEIGHINGS if can or name != _PEOPLE)


def named(weighing: Weighing, within: str | None) -> str:
    """Return under which name texts say a weighing: people that are an estimate have their own."""
    given = people(within) if weighing == _PEOPLE else None
    return f"{_PEOPLE}_perkiraan" if given and given.level is not Level.DESA else weighing


def plan_weights(
    weighing: Weighing,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    within: str | None,
    level: Level,
    settings: PrioritySettings,
) -> Mapping[str, float] | None:
    """Return the weights of the desa of ``within`` for ``plan_siting``, by code.

    ``None`` are all alike. People are those of :func:`people`, divided evenly among the desa of
    each region: an estimate, unless that is the desa. The priority of a desa is the score of the
    region of ``level`` that it lies in. A desa of which that is not known is not there: it weighs
    nothing.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If desa of ``within`` cannot be weighed so, or no criterion weighs anything.
    """
    gazetteer = snapshot.gazetteer
    if weighing not in weighings(within):
        allowed = ", ".join(weighings(within))
        raise SelectionError("siting_weighing", value=weighing, allowed=allowed)
    if weighing == "desa":
        return None
    if weighing == "penduduk" and (given := people(within)):
        known = figures().values(_PEOPLE, given.level)
        return divided(known, given.level, gazetteer, within)
    return inherited(scores(snapshot, kim_filter, level, settings), level, gazetteer, within)


def weightless(weights: Mapping[str, float] | None, snapshot: Snapshot, within: str | None) -> int:
    """Return how many desa of ``within`` that have reported have no weight in ``weights``."""
    if weights is None:
        return 0
    scope = snapshot.gazetteer.within(Level.DESA, within)
    reported = snapshot.gazetteer.codes(Level.DESA)[scope][snapshot.desa_reported[scope]]
    return sum(code not in weights for code in reported.tolist())

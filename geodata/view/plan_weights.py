"""What a desa weighs in a plan of new KIM: as much as any other, its people, or its priority."""

from collections.abc import Mapping
from typing import Literal

from geodata.analysis.siting.weights import divided, inherited
from geodata.errors import SelectionError
from geodata.indicators.current import figures
from geodata.indicators.indicator import Indicator
from geodata.regions import Level, level_of
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view.priorities import PrioritySettings, scores

Weighing = Literal["desa", "penduduk", "prioritas"]
WEIGHINGS: tuple[Weighing, ...] = ("desa", "penduduk", "prioritas")
_PEOPLE = "penduduk"


def people() -> Indicator:
    """Return the indicator of people, at the finest level of which they are known."""
    return figures().indicator(_PEOPLE)


def weighings(within: str | None) -> tuple[Weighing, ...]:
    """Return how desa of ``within`` can be weighed.

    Not by people inside one region of the finest level of which they are known: all desa would
    weigh the same, whoever lives there.
    """
    if within is None or people().level.is_below(level_of(within)):
        return WEIGHINGS
    return tuple(name for name in WEIGHINGS if name != _PEOPLE)


def plan_weights(
    weighing: Weighing,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    within: str | None,
    level: Level,
    settings: PrioritySettings,
) -> Mapping[str, float] | None:
    """Return the weights of the desa of ``within`` for ``plan_siting``, by code.

    ``None`` are all alike. People are those of the finest level known, divided evenly among its
    desa: an estimate, unless that is the desa. The priority of a desa is the score of the region of
    ``level`` that it lies in. A desa of which that is not known is not there: it weighs nothing.

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
    if weighing == "penduduk":
        known = people().level
        return divided(figures().values(_PEOPLE, known), known, gazetteer, within)
    return inherited(scores(snapshot, kim_filter, level, settings), level, gazetteer, within)


def weightless(weights: Mapping[str, float] | None, snapshot: Snapshot, within: str | None) -> int:
    """Return how many desa of ``within`` that have reported have no weight in ``weights``."""
    if weights is None:
        return 0
    scope = snapshot.gazetteer.within(Level.DESA, within)
    reported = snapshot.gazetteer.codes(Level.DESA)[scope][snapshot.desa_reported[scope]]
    return sum(code not in weights for code in reported.tolist())

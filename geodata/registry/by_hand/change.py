"""What somebody wants a KIM to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.registry.by_hand.doubts import Doubt
from geodata.registry.by_hand.kim import Kim


@dataclass(frozen=True)
class Change:
    """What a KIM is to be.

    Attributes
    ----------
    values
        :data:`~geodata.registry.staging.VALUES` as text: all of them, "" where it has none.
    seen
        The KIM as whoever changes it saw it; ``None`` for a new one.
    personal
        Of :data:`~geodata.registry.staging.PERSONAL_FIELDS` those that change; "" takes one out.
    reason
        Why, for the history.
    confirmed
        The doubts that were shown, and are none.
    """

    values: Mapping[str, str]
    seen: Kim | None = None
    personal: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    confirmed: frozenset[Doubt] = frozenset()

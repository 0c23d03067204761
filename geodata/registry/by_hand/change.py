"""What somebody wants a KIM to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.registry.by_hand.doubts import Doubt
from geodata.registry.by_hand.kim import Kim
from geodata.registry.snapshot import ACTIVE

CLOSED = "tidak_aktif"
"""The status of a KIM that no longer works."""


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


def closed(seen: Kim, day: str, reason: str) -> Change:
    """Return the change that closes a KIM.

    Parameters
    ----------
    day
        Since when it is so, ISO 8601: the day of the KIM's last update.
    """
    return Change({**seen.values, "status": CLOSED, "tanggal_diperbarui": day}, seen, reason=reason)


def reopened(seen: Kim, day: str, reason: str) -> Change:
    """Return the change that has a closed KIM work again since ``day``."""
    return Change({**seen.values, "status": ACTIVE, "tanggal_diperbarui": day}, seen, reason=reason)


def moved(seen: Kim, kode: str, lat: str, lng: str, reason: str) -> Change:
    """Return the change that puts a KIM into another desa; its old point stays behind."""
    values = {**seen.values, "kode_wilayah": kode, "lat": lat, "lng": lng}
    return Change(values, seen, reason=reason)

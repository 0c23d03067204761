"""Two people change one KIM: what the second one is shown, and what comes of their decision."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geodata.registry.by_hand.kim import Kim
from geodata.registry.database.history import Event
from geodata.registry.staging import VALUES


@dataclass(frozen=True)
class Conflict:
    """A KIM that has been changed since somebody looked at it; nothing was written.

    Attributes
    ----------
    seen, now
        The KIM as they saw it, and as it is.
    mine
        What they wanted it to be: ``staging.VALUES`` as text.
    events
        What has happened to it since, the first first: by whom, and when.
    """

    seen: Kim
    now: Kim
    mine: Mapping[str, str]
    events: tuple[Event, ...]

    @property
    def by_others(self) -> tuple[str, ...]:
        """The fields that others have changed."""
        return tuple(name for name in VALUES if self.now.values[name] != self.seen.values[name])

    @property
    def by_both(self) -> tuple[str, ...]:
        """The fields that both have changed, each to something else."""
        return tuple(
            name
            for name in self.by_others
            if self.mine[name] not in (self.seen.values[name], self.now.values[name])
        )

    def merged(self, keep_mine: Collection[str]) -> dict[str, str]:
        """Return what both want; of the fields that both changed, one's own in ``keep_mine``."""
        return {
            name: self.now.values[name]
            if name in self.by_others and not (name in self.by_both and name in keep_mine)
            else self.mine[name]
            for name in VALUES
        }

"""The view: one value that says what is on screen, wherever it is shown.

Page, slide, scene, briefing, extract, link, preview and command line take it. The module
``address`` turns it into query parameters and back.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from geodata.analysis.classes import DEFAULT_CLASSES, DEFAULT_SCHEME, Scheme
from geodata.regions import LEVELS, Level, level_of, parent
from geodata.registry.snapshot import KimFilter
from geodata.text import DEFAULT_LANGUAGE
from geodata.view.conditions import Condition
from geodata.view.metric import Metric
from geodata.view.metrics import ANYWHERE, DEFAULT_METRIC, METRICS


@dataclass(frozen=True)
class View:
    """What is on screen.

    Attributes
    ----------
    region
        Code of the chosen region; ``None`` is Indonesia.
    level
        The level to draw where it is not the one right below ``region``.
    kim_filter
        Which KIM count.
    day
        The day as of which the registry is shown; ``None`` is now.
    metric
        Name of the metric asked for, of ``METRICS``.
    scheme, k, breaks
        How the choropleth is classed: classification scheme, number of classes, own breaks.
    points
        Whether KIM are drawn as points too.
    petak
        Whether regions are drawn as equal squares (Petak) instead of as they lie.
    conditions
        What regions must meet to be shown.
    lang
        Language: ``id`` or ``en``.
    """

    region: str | None = None
    level: Level | None = None
    kim_filter: KimFilter = field(default_factory=KimFilter)
    day: date | None = None
    metric: str = DEFAULT_METRIC
    scheme: Scheme = DEFAULT_SCHEME
    k: int = DEFAULT_CLASSES
    breaks: tuple[float, ...] = ()
    points: bool = False
    petak: bool = False
    conditions: tuple[Condition, ...] = ()
    lang: str = DEFAULT_LANGUAGE

    @property
    def shown_level(self) -> Level:
        """The level whose regions are drawn and listed."""
        return self.level or self.levels[0]

    @property
    def far_level(self) -> Level | None:
        """The level drawn instead where the map is zoomed out too far to show ``shown_level``.

        Of all desa of Indonesia a screen shows two to a pixel; those of a provinsi it can show. In
        Petak a desa has some pixels of its own.
        """
        whole_country = self.region is None and self.shown_level is Level.DESA
        return Level.KECAMATAN if whole_country and not self.petak else None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that can be drawn for ``region``: those below it (desa for a desa)."""
        if self.region is None:
            return LEVELS
        own = level_of(self.region)
        return tuple(level for level in LEVELS if level.is_below(own)) or (Level.DESA,)

    @property
    def shown_metric(self) -> Metric:
        """The metric that is drawn: ``metric``, or plain coverage at a level that has it not.

        An indicator may be gone by now.
        """
        asked = METRICS.get(self.metric)
        return asked if asked and self.shown_level in asked.levels else METRICS[ANYWHERE]

    @property
    def scope(self) -> str | None:
        """The region whose parts are drawn: ``region``, or a desa's kecamatan."""
        if self.region is not None and level_of(self.region) is Level.DESA:
            return parent(self.region)
        return self.region

    def at(self, region: str | None) -> "View":
        """Return this view moved to another region, drawn at the level right below it."""
        return replace(self, region=region, level=None)

    def drawn_at(self, level: Level) -> "View":
        """Return this view drawn at ``level``, or as it is if that is not below its region."""
        if level not in self.levels:
            return self
        return replace(self, level=None if level is self.levels[0] else level)

    def measured_by(self, metric: str) -> "View":
        """Return this view with another metric, at a level that has it if there is one."""
        chosen = replace(self, metric=metric)
        able = [level for level in self.levels if level in METRICS[metric].levels]
        if not able or self.shown_level in able:
            return chosen
        return chosen.drawn_at(able[0])

    def filtered(self, **changes: Any) -> "View":
        """Return this view with parts of its KIM filter changed."""
        return replace(self, kim_filter=replace(self.kim_filter, **changes))

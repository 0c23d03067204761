"""A metric: what is known of a figure that a map can show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from geodata.columns import Column
from geodata.indicators.columns import source_in_words
from geodata.indicators.indicator import Indicator
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import text

if TYPE_CHECKING:
    from geodata.boundaries.boundary_set import BoundarySet

Kind = Literal["number", "share", "category"]
Group = Literal["kim", "indikator"]
GROUPS: tuple[Group, ...] = ("kim", "indikator")
Table = Callable[[Snapshot, KimFilter, "BoundarySet | None", Level, str | None], pd.DataFrame]


@dataclass(frozen=True)
class Category:
    """A value of a metric that is no number.

    Attributes
    ----------
    name
        The value; the text ``klaster.<name>`` says it.
    fill
        Its colour.
    plain
        Whether it says nothing worth naming in a sentence.
    label
        What it is called where the text table does not say: that of an indicator.
    """

    name: str
    fill: str
    plain: bool = False
    label: str = ""

    def title(self, lang: str) -> str:
        """Return what it is called."""
        return self.label or text(f"klaster.{self.name}", lang)


@dataclass(frozen=True)
class Metric:
    """One metric.

    Attributes
    ----------
    column
        The column that holds it; also its name in addresses and on the command line.
    ramp
        ColorBrewer's sequential scheme that colours its classes; empty for categories.
    categories
        Its values where they are no numbers, in the order of a legend. Any other is no data.
    levels
        The levels at which it exists.
    high_is_good
        Whether more of it is better: of distances, less is.
    table
        Returns a table with kode and the column; ``None`` if ``region_metrics`` has it already.
    expensive
        Whether it takes seconds: clusters rest on permutations of all regions.
    of_kim
        Whether KIM count in it, so that nobody knows it where no list of KIM has come in.
    has_zero
        Whether zero is a class of its own; of an index it is a value like any other.
    sources
        By level, the indicator that it rests on, if it rests on one.
    partial
        Of a sum: returns which regions of a level it holds only a part of, a boolean array in the
        order of the gazetteer.
    """

    column: Column
    ramp: str = ""
    categories: tuple[Category, ...] = ()
    levels: tuple[Level, ...] = LEVELS
    high_is_good: bool = True
    table: Table | None = None
    expensive: bool = False
    of_kim: bool = True
    has_zero: bool = True
    sources: tuple[tuple[Level, Indicator], ...] = ()
    partial: Callable[[Level], np.ndarray] | None = None

    @property
    def name(self) -> str:
        """Its name, which is that of its column."""
        return self.column.name

    @property
    def kind(self) -> Kind:
        """How values are written: a number, a share of 0 to 1, or one of ``categories``."""
        if self.categories:
            return "category"
        return "share" if self.column.kind == "share" else "number"

    @property
    def decimals(self) -> int:
        """Digits after the point that values are rounded to before they are classed."""
        return self.column.decimals

    @property
    def basic(self) -> bool:
        """Whether ``region_metrics`` has it, at every level."""
        return self.table is None

    @property
    def group(self) -> Group:
        """Among which it is offered: those in which KIM count, or indicators alone."""
        return "kim" if self.of_kim else "indikator"

    def source(self, level: Level) -> Indicator | None:
        """Return the indicator that its figures of ``level`` rest on."""
        return dict(self.sources).get(level)

    def title(self, lang: str) -> str:
        """Return what it is called: the text ``metrik.<name>``."""
        return text(f"metrik.{self.name}", lang)

    def offered(self, lang: str) -> str:
        """Return what it is called in a list of all: of an indicator also that it is one."""
        if self.of_kim:
            return self.title(lang)
        return text("metric_group.of_regions", lang, nama=self.title(lang))

    def meaning(self, lang: str) -> str:
        """Return its definition, that of its column, with whose figures it rests on."""
        sources = source_in_words([source for _, source in self.sources], lang)
        return " ".join(filter(None, [self.column.meaning(lang), sources]))

    def most(self, listed: str, lang: str) -> str:
        """Return the sentence on the regions that have most of it: ``summary.most.<name>``."""
        return text(f"summary.most.{self.name}", lang, daftar=listed)

    def written(self, value: float, lang: str) -> str:
        """Write a value as the legend does."""
        return self.column.written(value, lang)

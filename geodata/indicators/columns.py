"""The columns of indicators: like any other, but called what their indicator is called.

Each indicator has a column of its name. One of categories has two more: the share of the regions
that are in its upper categories, and how many of these desa have no KIM.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from geodata.columns import Column, Kind
from geodata.indicators.current import figures
from geodata.indicators.figures import Figures
from geodata.indicators.indicator import Indicator
from geodata.regions import LEVELS, Level
from geodata.text import in_language, text

Said = Literal["value", "upper", "without_kim"]
UPPER, WITHOUT_KIM = "_atas", "_tanpa_kim"
"""What follows the name of an indicator of categories in those of its further columns."""

_KINDS: dict[str, Kind] = {"count": "count", "share": "share", "index": "number"}
_SHORT = 10


@dataclass(frozen=True)
class IndicatorColumn(Column):
    """A column of an indicator.

    Attributes
    ----------
    indicator
        Of which it is.
    said
        What of it: its value, the share that is in its :func:`upper_categories`, or how much of
        that has no KIM.
    sources
        By level, the indicator whose figures are those of the level, or are added up to them.
    """

    indicator: Indicator = field(kw_only=True)
    said: Said = field(default="value", kw_only=True)
    sources: tuple[tuple[Level, Indicator], ...] = field(default=(), kw_only=True)

    def title(self, lang: str) -> str:
        """Return its title."""
        return text(f"indicator_title.{self.said}", lang, **self._words(lang))

    def meaning(self, lang: str) -> str:
        """Return its definition, with whose figures they are and of which year."""
        parts = [
            text(f"indicator_meaning.{self.said}", lang, **self._words(lang)),
            self._adding(lang),
            source_in_words([source for _, source in self.sources], lang),
        ]
        return " ".join(filter(None, parts))

    def _adding(self, lang: str) -> str:
        """Say how larger regions come by their figures, where these are not given for them."""
        about = self.indicator
        if self.said != "value" or all(source.level is level for level, source in self.sources):
            return ""
        if about.weight is None:
            return text(f"indicator_adding.{about.adding}", lang)
        weight = figures().indicator(about.weight).name(lang)
        return text("indicator_adding.mean_weighted", lang, bobot=weight)

    @property
    def short_name(self) -> str:
        """Its name where only ten characters are allowed."""
        ending = {"value": "", "upper": "_at", "without_kim": "_tk"}[self.said]
        return self.indicator.key.replace("_", "")[: _SHORT - len(ending)] + ending

    def _words(self, lang: str) -> dict[str, str]:
        about = self.indicator
        return {
            "nama": about.name(lang),
            "tingkat": text(f"level.{about.level}", lang),
            "daftar": text("indicator_title.or", lang).join(upper_categories(about)),
        }


def upper_categories(indicator: Indicator) -> tuple[str, ...]:
    """Return the better half of the categories: of the five of the IDM, Mandiri and Maju."""
    return indicator.categories[: max(1, len(indicator.categories) // 2)]


def source_in_words(sources: list[Indicator], lang: str) -> str:
    """Say whose figures they are, and of which year, each once."""
    told = dict.fromkeys((in_language(source.producer, lang), source.year) for source in sources)
    named = "; ".join(f"{producer}, {year}" for producer, year in told)
    return text("indicator_meaning.source", lang, sumber=named) if named else ""


def indicator_columns() -> Mapping[str, IndicatorColumn]:
    """Return the columns of all indicators there are, by name."""
    return columns_of(figures())


@lru_cache(maxsize=2)
def columns_of(known: Figures) -> Mapping[str, IndicatorColumn]:
    """Return the columns of the indicators of ``known``, by name."""
    columns = (column for about in known.indicators for column in _columns_of_one(known, about))
    return {column.name: column for column in columns}


def _columns_of_one(known: Figures, about: Indicator) -> list[IndicatorColumn]:
    sources = [(level, known.source(about.key, level)) for level in LEVELS]
    there = [(level, source) for level, source in sources if source is not None]
    given = tuple((level, source) for level, source in there if source.level is level)
    above = tuple((level, source) for level, source in there if source.level is not level)
    if about.kind != "category":
        both = given if about.adding == "none" else tuple(there)
        kind = _KINDS[about.kind]
        return [
            IndicatorColumn(
                about.key, kind, about.decimals, about.unit, indicator=about, sources=both
            )
        ]
    columns = [IndicatorColumn(about.key, indicator=about, sources=given)]
    if about.adding == "shares" and above:
        columns.append(_share(about, "upper", UPPER, above))
        if about.level is Level.DESA:
            columns.append(_share(about, "without_kim", WITHOUT_KIM, above))
    return columns


def _share(
    about: Indicator, said: Said, ending: str, sources: tuple[tuple[Level, Indicator], ...]
) -> IndicatorColumn:
    return IndicatorColumn(
        about.key + ending, "share", 4, indicator=about, said=said, sources=sources
    )

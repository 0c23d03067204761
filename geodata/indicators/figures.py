"""Figures: the values of indicators by region, at the levels where they are given and above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.indicators.indicator import Indicator, IndicatorError
from geodata.regions import LEVELS, Level


@dataclass(frozen=True, eq=False)
class Given:
    """The values of an indicator at the level where they are given.

    Attributes
    ----------
    read
        Returns them: float64, a value for each region of ``indicator.level`` in the order of the
        gazetteer, of a category its place in ``categories``; NaN where there is none.
    """

    indicator: Indicator
    read: Callable[[], np.ndarray]


def in_order(
    gazetteer: Gazetteer, level: Level, codes: np.ndarray | pd.Series, values: np.ndarray
) -> np.ndarray:
    """Return ``values`` in the order of the gazetteer, float64; NaN for regions without one.

    Codes of other levels, and those that the gazetteer does not have, are left out.
    """
    rows = gazetteer.positions(level, codes)
    ordered = np.full(len(gazetteer.codes(level)), np.nan)
    ordered[rows[rows >= 0]] = values[rows >= 0]
    return ordered


class Figures:
    """The values of all indicators; each is read when it is first asked for, and kept.

    What a region has at one level is what was given for that level; else it is made of the nearest
    finer level for which values were given. The level ``None`` is that of Indonesia, one region.
    Missing is NaN and never zero. Nobody changes the arrays that are handed out.

    Attributes
    ----------
    tables
        Of each indicator and level for which values were given, what is known of them.
    indicators
        Each indicator once, at the finest such level.
    version
        Changes whenever a value does: a part of the key of whatever is made of them.
    """

    def __init__(self, gazetteer: Gazetteer, given: Iterable[Given], version: str) -> None:
        self._gazetteer = gazetteer
        self._given: dict[str, dict[Level, Given]] = {}
        for values in given:
            self._given.setdefault(values.indicator.key, {})[values.indicator.level] = values
        by_level = [
            [levels[level].indicator for level in LEVELS if level in levels]
            for levels in self._given.values()
        ]
        self.tables = tuple(indicator for levels in by_level for indicator in levels)
        self.indicators = tuple(levels[-1] for levels in by_level)
        self.version = version
        self._made: dict[tuple[object, ...], np.ndarray] = {}

    def indicator(self, key: str) -> Indicator:
        """Return the indicator ``key``, at the finest level for which it is given.

        Raises
        ------
        IndicatorError
            If there is none.
        """
        for indicator in self.indicators:
            if indicator.key == key:
                return indicator
        allowed = ", ".join(self._given)
        raise IndicatorError("indicator_unknown", value=key, allowed=allowed)

    def source(self, key: str, level: Level | None) -> Indicator | None:
        """Return whose values those at ``level`` are, or are made of; ``None`` if there are none.

        Raises
        ------
        IndicatorError
            If there is no indicator ``key``.
        """
        self.indicator(key)
        levels = self._given[key]
        below = LEVELS[LEVELS.index(level) :] if level else LEVELS
        given = next((levels[finer] for finer in below if finer in levels), None)
        return None if given is None else given.indicator

    def values(self, key: str, level: Level | None) -> np.ndarray:
        """Return the value of each region of ``level``, float64; NaN where there is none.

        Of a category it is the place in ``categories``, at its own level alone. A sum or a mean is
        of those below that have a value: :meth:`known` says how many that is.

        Raises
        ------
        IndicatorError
            If there is no indicator ``key``.
        """
        return self._once(self._values, key, level)

    def shares(self, key: str, category: str, level: Level | None) -> np.ndarray:
        """Return the share of the regions with a category that are in ``category``, 0 to 1.

        Float64, a value for each region of ``level``; NaN where none has a category.

        Raises
        ------
        IndicatorError
            If there is no indicator ``key``, or it has no such category.
        """
        return self._once(self._shares, key, category, level)

    def known(self, key: str, level: Level | None) -> np.ndarray:
        """Return which share of what is below each region of ``level`` has a value, 0 to 1.

        Float64; of the regions of the level for which values are given. At that level itself it is
        1 or 0.

        Raises
        ------
        IndicatorError
            If there is no indicator ``key``.
        """
        return self._once(self._known, key, level)

    def _once(self, make: Callable[..., np.ndarray], *asked: object) -> np.ndarray:
        name = make.__name__, *asked
        if name not in self._made:
            made = make(*asked)
            made.flags.writeable = False
            self._made[name] = made
        return self._made[name]

    def _values(self, key: str, level: Level | None) -> np.ndarray:
        own = self.source(key, level)
        if own is None or (own.level is not level and own.adding in ("shares", "none")):
            return self._nowhere(level)
        if own.level is level:
            return self._given[key][own.level].read()
        weights = self._weights(own)
        total = self._sum(self.values(key, own.level) * weights, own.level, level)
        of = self._sum(weights, own.level, level)
        return np.where(of > 0, total, np.nan) if own.adding == "sum" else _divided(total, of)

    def _shares(self, key: str, category: str, level: Level | None) -> np.ndarray:
        categories = self.indicator(key).categories
        if category not in categories:
            allowed = ", ".join(categories) or "–"
            raise IndicatorError(
                "indicator_category", indicator=key, value=category, allowed=allowed
            )
        own = self.source(key, level)
        if own is None or (own.level is not level and own.adding == "none"):
            return self._nowhere(level)
        codes = self.values(key, own.level)
        within = codes == categories.index(category)
        return _divided(*(self._sum(of, own.level, level) for of in (within, ~np.isnan(codes))))

    def _known(self, key: str, level: Level | None) -> np.ndarray:
        own = self.source(key, level)
        if own is None:
            return np.zeros_like(self._nowhere(level))
        known = self._weights(own) > 0
        return np.nan_to_num(
            _divided(*(self._sum(of, own.level, level) for of in (known, np.ones(len(known)))))
        )

    def _weights(self, own: Indicator) -> np.ndarray:
        """Return what each region counts where values are added up; one without a value nothing."""
        weights = (~np.isnan(self.values(own.key, own.level))).astype(float)
        if own.adding == "mean" and own.weight is not None:
            weights *= np.nan_to_num(self.values(own.weight, own.level))
        return weights

    def _sum(self, values: np.ndarray, of: Level, level: Level | None) -> np.ndarray:
        """Add up values of the regions of ``of``, those without one left out, within ``level``."""
        known = np.nan_to_num(values)
        if level is None:
            return known.sum(keepdims=True)
        within = _within(self._gazetteer, level, of)
        return np.bincount(within, weights=known, minlength=len(self._gazetteer.codes(level)))

    def _nowhere(self, level: Level | None) -> np.ndarray:
        return np.full(len(self._gazetteer.codes(level)) if level else 1, np.nan)


@lru_cache(maxsize=16)
def _within(gazetteer: Gazetteer, level: Level, of: Level) -> np.ndarray:
    return gazetteer.parent_positions(level, of)


def _divided(values: np.ndarray, by: np.ndarray) -> np.ndarray:
    return np.divide(values, by, out=np.full(len(by), np.nan), where=by > 0)

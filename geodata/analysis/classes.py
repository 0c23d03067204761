"""Choropleth classes: breaks by a classification scheme, and the class of every region.

Zero, "no data" and "not reported" are classes of their own; a scheme only divides what is above
zero. Values are rounded to the precision the legend writes before they are classed, so that a label
and a colour can never disagree. Quantiles, equal intervals and round breaks are as mapclassify has
them, which itself takes 90 MB with what it brings.

References
----------
Heckbert, P. S. (1990). Nice numbers for graph labels. In Graphics Gems, 61-63. Academic Press.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from geodata.analysis.natural_breaks import natural_breaks
from geodata.errors import SelectionError

Scheme = Literal["kuantil", "alami", "interval_sama", "bulat", "sendiri"]
SCHEMES: tuple[Scheme, ...] = ("kuantil", "alami", "interval_sama", "bulat", "sendiri")
"""Quantiles, natural breaks, equal interval, pretty breaks, and the reader's own breaks."""

DEFAULT_SCHEME: Scheme = "kuantil"
MIN_CLASSES, MAX_CLASSES, DEFAULT_CLASSES = 2, 7, 5

NOT_REPORTED, NO_DATA, ZERO = -2, -1, 0


@dataclass(frozen=True, eq=False)
class Classification:
    """Classes of an array of values.

    Attributes
    ----------
    index
        int8, one entry a value: ``NOT_REPORTED``, ``NO_DATA``, ``ZERO``, or 1 to ``len(lower)``.
    lower, upper
        Lowest and highest value that each class admits; both belong to the class.
    counts
        Number of values in each class, in the order of ``lower``.
    zeros, without_data, unreported
        Number of values that are zero, that are missing, and that nobody has reported.
    """

    index: np.ndarray
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    counts: tuple[int, ...]
    zeros: int
    without_data: int
    unreported: int = 0

    def without(self, unreported: np.ndarray) -> "Classification":
        """Return these classes with the values ``unreported`` (bool), all missing, in their own."""
        count = int(np.count_nonzero(unreported))
        return replace(
            self,
            index=np.where(unreported, np.int8(NOT_REPORTED), self.index),
            without_data=self.without_data - count,
            unreported=count,
        )

    def part(self, rows: slice) -> "Classification":
        """Return the classes of some of the values, all classes kept, be they empty."""
        index = self.index[rows]
        counts = np.bincount(index[index > 0], minlength=len(self.counts) + 1)[1:]
        return replace(
            self,
            index=index,
            counts=tuple(counts.tolist()),
            zeros=int(np.count_nonzero(index == ZERO)),
            without_data=int(np.count_nonzero(index == NO_DATA)),
            unreported=int(np.count_nonzero(index == NOT_REPORTED)),
        )


def classify(
    values: np.ndarray,
    decimals: int,
    scheme: Scheme = DEFAULT_SCHEME,
    k: int = DEFAULT_CLASSES,
    breaks: Sequence[float] = (),
    *,
    has_zero: bool = True,
) -> Classification:
    """Class ``values`` for a choropleth.

    A class holds ``lower <= value <= upper``. There are fewer than ``k`` classes where there are
    fewer distinct values above zero, and none where there are none. Pretty breaks (``bulat``) may
    need one more.

    Parameters
    ----------
    values
        Zero or more, or any number if not ``has_zero``; NaN means no data.
    decimals
        Digits after the point that values and breaks are rounded to.
    breaks
        For the scheme ``sendiri``: rising upper bounds of the classes. A last class is added for
        what lies above them.
    has_zero
        Whether zero is a class of its own, and not a value like any other.

    Raises
    ------
    SelectionError
        If the scheme does not exist, ``k`` is out of range, or ``breaks`` do not rise from above
        zero.
    """
    if scheme not in SCHEMES:
        raise SelectionError("scheme", value=scheme, allowed=", ".join(SCHEMES))
    if not MIN_CLASSES <= k <= MAX_CLASSES:
        raise SelectionError("classes", value=k, least=MIN_CLASSES, most=MAX_CLASSES)

    # Whole multiples of the legend's last digit: rounding can then split no class.
    unit = 10**decimals
    missing = np.isnan(values)
    units = np.rint(np.where(missing, 0, values) * unit).astype(np.int64)
    positive = units > 0 if has_zero else ~missing

    own = _own_breaks(breaks, unit) if scheme == "sendiri" else None
    upper = np.array([], dtype=np.int64)
    if positive.any():
        if own is None:
            upper = _scheme_breaks(units[positive], scheme, k)
        else:
            highest = units[positive].max()
            upper = own if len(own) and own[-1] >= highest else np.append(own, highest)

    index = np.zeros(len(units), dtype=np.int8)
    index[positive] = np.searchsorted(upper, units[positive]) + 1
    index[missing] = NO_DATA
    lower = np.append(units[positive].min() if positive.any() else 0, upper[:-1] + 1)[: len(upper)]
    if own is not None and len(upper):
        lower[0] = 1 if has_zero else min(lower[0], upper[0])
    return Classification(
        index,
        tuple((lower / unit).tolist()),
        tuple((upper / unit).tolist()),
        tuple(np.bincount(index[positive], minlength=len(upper) + 1)[1:].tolist()),
        zeros=int(np.count_nonzero(~positive & ~missing)),
        without_data=int(np.count_nonzero(missing)),
    )


def categorise(values: Sequence[str] | np.ndarray, categories: Sequence[str]) -> Classification:
    """Class ``values`` that are names: a class for each of ``categories``, be it empty.

    What is none of them is without data.
    """
    index = np.array(pd.Index(categories).get_indexer(pd.Index(values)) + 1, dtype=np.int8)
    index[index == 0] = NO_DATA
    counts = np.bincount(index[index > 0], minlength=len(categories) + 1)[1:]
    return Classification(
        index,
        (),
        (),
        tuple(counts.tolist()),
        zeros=0,
        without_data=int(np.count_nonzero(index == NO_DATA)),
    )


def _scheme_breaks(units: np.ndarray, scheme: Scheme, k: int) -> np.ndarray:
    distinct = np.unique(units)
    if len(distinct) <= k and scheme in ("kuantil", "alami"):
        return distinct
    if len(distinct) == 1:
        return distinct
    bins = _CLASSIFIER[scheme](units.astype(float), k)
    upper = np.unique(np.floor(bins + 1e-9).astype(np.int64))
    return upper if upper[-1] >= distinct[-1] else np.append(upper, distinct[-1])


def _quantiles(units: np.ndarray, k: int) -> np.ndarray:
    return np.quantile(units, np.arange(1, k + 1) / k)


def _equal_intervals(units: np.ndarray, k: int) -> np.ndarray:
    return np.linspace(units.min(), units.max(), k + 1)[1:]


def _round_breaks(units: np.ndarray, k: int) -> np.ndarray:
    """Return multiples of 1, 2 or 5 times a power of 10 that cover ``units`` (Heckbert, 1990)."""
    low, high = units.min(), units.max()
    step = _round_number(_round_number(high - low, _AT_LEAST) / (k - 1), _NEAREST)
    return np.arange(np.floor(low / step) + 1, np.ceil(high / step) + 1) * step


def _round_number(value: float, limits: tuple[float, float, float]) -> float:
    power = 10 ** np.floor(np.log10(value))
    return (1, 2, 5, 10)[int(np.searchsorted(limits, value / power))] * power


_AT_LEAST, _NEAREST = (1.0, 2.0, 5.0), (1.5, 3.0, 7.0)
_CLASSIFIER: dict[Scheme, Callable[[np.ndarray, int], np.ndarray]] = {
    "kuantil": _quantiles,
    "alami": natural_breaks,
    "interval_sama": _equal_intervals,
    "bulat": _round_breaks,
}


def _own_breaks(breaks: Sequence[float], unit: int) -> np.ndarray:
    """Return the reader's breaks in units; those that the legend would write alike become one."""
    rising = all(low < high for low, high in pairwise([0.0, *breaks]))
    if not breaks or not rising or not np.isfinite(breaks[-1]) or len(breaks) >= MAX_CLASSES:
        written = ", ".join(map(str, breaks))
        raise SelectionError("breaks", value=written, most=MAX_CLASSES - 1)
    upper = np.unique(np.rint(np.asarray(breaks, dtype=float) * unit).astype(np.int64))
    return upper[upper > 0]

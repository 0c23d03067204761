"""Rank correlation of two measures of regions, with how sure it is.

Spearman's rho is the correlation of ranks, ties sharing the mean of theirs. Its interval is that of
Fisher's z with the standard error of Bonett and Wright. It takes regions for independent of each
other: neighbours are alike, so what is known is less than it says. And nothing here says why two
measures go together.

References
----------
Spearman, C. (1904). The proof and measurement of association between two things. American Journal
of Psychology, 15(1), 72-101.
Bonett, D. G., and Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall
and Spearman correlations. Psychometrika, 65(1), 23-28.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

INTERVAL = 0.95
"""Probability that the interval holds."""

FEWEST = 10
"""Regions; of fewer no correlation is told."""

_QUANTILE = 1.959963984540054  # of the normal distribution, at (1 + INTERVAL) / 2


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's rho.

    Attributes
    ----------
    rho
        -1 to 1; NaN where it cannot be told: of fewer than :data:`FEWEST` regions, or where all
        have one value of a measure.
    low, high
        Its interval of :data:`INTERVAL`; NaN as above.
    n
        Number of regions of which both measures are known.
    """

    rho: float
    low: float
    high: float
    n: int

    @property
    def direction(self) -> int:
        """1 or -1 where the interval is on one side of zero, else 0."""
        return int(np.sign(self.low)) if self.low * self.high > 0 else 0


def rank_correlation(first: np.ndarray, second: np.ndarray) -> RankCorrelation:
    """Return the rank correlation of two measures (NaN: no data), one entry a region."""
    known = ~(np.isnan(first) | np.isnan(second))
    n = int(np.count_nonzero(known))
    ranks = [pd.Series(values[known]).rank().to_numpy() for values in (first, second)]
    if n < FEWEST or any(np.ptp(rank) == 0 for rank in ranks):
        return RankCorrelation(np.nan, np.nan, np.nan, n)
    rho = float(np.clip(np.corrcoef(np.array(ranks))[0, 1], -1, 1))
    with np.errstate(divide="ignore"):
        middle = np.arctanh(rho)
    half = _QUANTILE * np.sqrt((1 + rho**2 / 2) / (n - 3))
    return RankCorrelation(rho, float(np.tanh(middle - half)), float(np.tanh(middle + half)), n)

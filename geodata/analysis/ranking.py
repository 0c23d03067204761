"""Ranks of regions by their estimated coverage, each with the interval that it lies in.

A rank is far less sure than an estimate: regions stand close together. Its interval is that of the
ranks in draws from the posterior distributions of all that are ranked, as usual for league tables.

References
----------
Goldstein, H. and Spiegelhalter, D. J. (1996). League tables and their limitations: statistical
issues in comparisons of institutional performance. Journal of the Royal Statistical Society A,
159(3), 385-443.
"""

import numpy as np
import pandas as pd

_DRAWS = 1_000
_SEED = 1996  # the same ranks at every look


def rank_beta(a: pd.Series, b: pd.Series, probability: float) -> pd.DataFrame:
    """Return the ranks of regions whose share is distributed as Beta(a, b).

    Parameters
    ----------
    a, b
        The shapes, of one index.
    probability
        That a rank lies in its interval.

    Returns
    -------
    DataFrame of that index with peringkat (1 is the highest mean, ties share the lower number),
    peringkat_terbaik and peringkat_terburuk (its interval), all Int64.
    """
    mean = a / (a + b)
    rank = mean.rank(ascending=False, method="min").to_numpy(dtype=float)
    shares = np.random.default_rng(_SEED).beta(a, b, size=(_DRAWS, len(a)))
    order = np.argsort(-shares, axis=1)
    drawn = np.empty_like(order)
    np.put_along_axis(drawn, order, np.arange(1, len(a) + 1)[None, :], axis=1)
    tail = (1 - probability) / 2
    best, worst = np.quantile(drawn, (tail, 1 - tail), axis=0, method="nearest")
    ranks = {
        "peringkat": rank,
        "peringkat_terbaik": np.minimum(best, rank),
        "peringkat_terburuk": np.maximum(worst, rank),
    }
    return pd.DataFrame(ranks, index=a.index).astype("Int64")

"""Pseudo p-values by permutation: how often chance would have neighbours as high, or as low.

Conditional permutation (Anselin, 1995) leaves a region where it is and shuffles all others, so its
neighbours are a draw, without replacement, of so many from the others. Such draws are the same for
all regions with as many neighbours, but for the draws that hold the region itself: these are none
of its permutations, and are taken out of its counts. One set of draws thus serves every region, and
since only exceedances are counted, there can be enough of them for the number of regions.

References
----------
Anselin, L. (1995). Local indicators of spatial association. Geographical Analysis, 27(2), 93-115.
North, B. V., Curtis, D. and Sham, P. C. (2002). A note on the calculation of empirical p values
from Monte Carlo procedures. American Journal of Human Genetics, 71(2), 439-441.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

_PART, _PARTS_A_ROUND = 20_000, 10
_IN_DOUBT = 0.02
_OF_WHOLE = 999
_TIE = 1e-9
_SIDES = np.array([1, -1])


def p_of_neighbours(
    values: np.ndarray,
    graph: "sparse.csr_array",
    significance: float,
    permutations: int,
    seed: int,
) -> np.ndarray:
    """Return how surprising the sum over its neighbours is for each region: two-sided p-values.

    Twice the smaller tail, at most 1. What ties with the observed sum is in both tails: with many
    equal values, a sum that is as low as it can be is no surprise.

    Draws come in rounds of 200,000. Regions whose p-value is above ``significance``, which cannot
    be named, take no part in further rounds; there are none once other draws would decide
    otherwise, by twice the standard error, of at most one in fifty of the regions named.

    Parameters
    ----------
    values
        A row a variable, a column a region; the draws are the same for all rows.
    graph
        Symmetric matrix of ones, without a diagonal and without empty rows.
    significance
        The false discovery rate (Benjamini and Hochberg) up to which regions are named.
    permutations
        Most draws, of which a few in a thousand hold the region itself. No p-value is below
        2 / (``permutations`` + 1).

    Returns
    -------
    An array of the shape of ``values``.
    """
    neighbours = np.diff(graph.indptr)
    observed = (graph @ values.T).T
    edges = _SIDES[:, np.newaxis, np.newaxis] * observed - _TIE * (1 + np.abs(observed))
    exceeded, times = np.zeros((2, *edges.shape), dtype=np.int64)
    asked = np.ones(edges.shape, dtype=bool)
    for part, drawn in enumerate(_draws(neighbours, permutations, seed), start=1):
        sums, held = np.zeros((len(values), drawn.shape[1])), np.zeros_like(neighbours)
        for size, fresh in enumerate(drawn, start=1):
            sums += values[:, fresh]
            held += np.bincount(fresh, minlength=len(held)) * (neighbours >= size)
            of_size = neighbours == size
            for tail in np.ndindex(edges.shape[:2]):
                group = np.flatnonzero(of_size & asked[tail])
                if len(group):
                    far = _SIDES[tail[0]] * sums[tail[1]]
                    outer = np.flatnonzero(far >= edges[tail][group].min())
                    far = far[outer]
                    beyond = np.searchsorted(np.sort(far), edges[tail][group])
                    exceeded[tail][group] += len(far) - beyond
                    _take_out_own(exceeded[tail], edges[tail], far, drawn[:size, outer], group)
        times += (drawn.shape[1] - held) * asked
        if part % _PARTS_A_ROUND == 0:
            p = _p_values(exceeded, times)
            if all(_is_decided(of_row, part * _PART, significance) for of_row in p):
                break
            asked = (exceeded == exceeded.min(axis=0)) & (p <= significance)
    return _p_values(exceeded, times)


def _is_decided(p: np.ndarray, times: int, significance: float) -> bool:
    """Return whether further draws would name other regions for at most one in fifty of them."""
    from scipy.stats import false_discovery_control

    rate = false_discovery_control(p)
    error = rate * np.sqrt(2 / (p * times))
    in_doubt = np.abs(rate - significance) <= 2 * error
    return bool(in_doubt.sum() <= _IN_DOUBT * (rate <= significance).sum())


def _take_out_own(
    exceeded: np.ndarray, edge: np.ndarray, far: np.ndarray, drawn: np.ndarray, group: np.ndarray
) -> None:
    """Take the draws that hold a region of ``group`` out of what exceeded it."""
    in_group = np.zeros(len(edge), dtype=bool)
    in_group[group] = True
    column, draw = np.nonzero(in_group[drawn])
    own = drawn[column, draw]
    np.subtract.at(exceeded, own[far[draw] >= edge[own]], 1)


def _p_values(exceeded: np.ndarray, times: np.ndarray) -> np.ndarray:
    return np.minimum(2 * (exceeded + 1) / (times + 1), 1).min(axis=0)


def p_of_whole(values: np.ndarray, graph: "sparse.csr_array", seed: int) -> float:
    """Return how surprising it is that neighbours are as alike as they are, anywhere: two-sided.

    Parameters
    ----------
    values
        One a region, with a mean of 0.
    graph
        Matrix of weights: row i holds those of the neighbours of region i.
    """
    rng = np.random.default_rng(seed)
    observed = float(values @ (graph @ values))
    shuffled = rng.permuted(np.tile(values, (_OF_WHOLE, 1)), axis=1).T
    alike = (shuffled * (graph @ shuffled)).sum(axis=0)
    slack = _TIE * (1 + abs(observed))
    tail = min((alike >= observed - slack).sum(), (alike <= observed + slack).sum())
    return float(min(2 * (tail + 1) / (_OF_WHOLE + 1), 1))


def _draws(neighbours: np.ndarray, times: int, seed: int) -> Iterator[np.ndarray]:
    """Draw as many regions as the most neighbours, without replacement, ``times`` over.

    Yields parts, a column a draw. The first rows of a part are draws of as many.
    """
    rng = np.random.default_rng(seed)
    regions, most = len(neighbours), int(neighbours.max())
    for start in range(0, times, _PART):
        drawn = np.empty((most, min(_PART, times - start)), dtype=np.int32)
        for row, fresh in enumerate(drawn):
            fresh[:] = rng.integers(regions, size=len(fresh), dtype=np.int32)
            again = np.flatnonzero((drawn[:row] == fresh).any(axis=0))
            while len(again):
                fresh[again] = rng.integers(regions, size=len(again), dtype=np.int32)
                again = again[(drawn[:row, again] == fresh[again]).any(axis=0)]
        yield drawn

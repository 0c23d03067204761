"""Priority: which regions come first by several measures at once, why, and how surely.

A measure is brought to a standing: the share of regions that a region is more pressing than, those
that are equal (itself among them) counted as half. So measures of any unit can be added, and a
region far out does not decide alone. The score is the mean of the standings by their weights; what
each measure contributes is its standing times its share of the weights.

A region without a figure in a measure that counts has no score: one of the other measures alone
would be compared with scores of all of them. It is not ranked, and its row says so by NaN.

Weights are a matter of opinion. How much a place on the list rests on them is told by drawing
:data:`DRAWS` other weights, each up to :data:`SPREAD` off, as Saisana et al. (2005) do for
composite indicators: the share of draws in which the region is among the first. It has a standard
error of at most 1.6 percentage points.

References
----------
Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques
as tools for the quality assessment of composite indicators. Journal of the Royal Statistical
Society, Series A, 168(2), 307-323.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.errors import SelectionError

DRAWS = 1_000
SPREAD = 0.2
"""How far each weight is drawn off at most: 0.2 is a fifth more or less."""
_SEED = 2010
_DIGITS = 9
"""Of scores: sums of the same standings in another order differ in the last digits of a float."""


@dataclass(frozen=True, eq=False)
class Priority:
    """Where regions stand, an entry each in the order in which they were given.

    Attributes
    ----------
    scores
        0 to 1, the more pressing the higher; NaN where a measure that counts has no figure.
    contributions
        By measure that counts, its part of the score: they add up to it.
    ranks
        1 for the highest score; equal scores share the best of their ranks. NaN without a score.
    """

    scores: np.ndarray
    contributions: Mapping[str, np.ndarray]
    ranks: np.ndarray


def standings(values: np.ndarray, high_first: bool) -> np.ndarray:
    """Return the share of regions that each is more pressing than, equal ones counted as half.

    Parameters
    ----------
    values
        A figure for each of the regions that are compared; NaN where there is none.
    high_first
        Whether high figures are the more pressing ones.

    Returns
    -------
    Above 0 and below 1, of those with a figure 0.5 on average (Hazen's plotting position of the
    mean rank); NaN where there is no figure.
    """
    ranks = pd.Series(values, dtype=float).rank(ascending=high_first)
    return ((ranks - 0.5) / ranks.count()).to_numpy()


def prioritise(standing: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> Priority:
    """Weigh the standings of some regions.

    In whatever order measures are named, and whatever is named with a weight of zero, the same
    question has the same answer; so it has in :func:`share_of_draws`.

    Parameters
    ----------
    standing
        Of each measure, what :func:`standings` returns for these regions.
    weights
        Of each measure, zero or more. Only their proportions matter.

    Raises
    ------
    SelectionError
        If no weight is above zero.
    """
    counted, share = _counted(weights)
    contributions = {name: part * standing[name] for name, part in zip(counted, share, strict=True)}
    scores = np.sum(list(contributions.values()), axis=0)
    ranks = pd.Series(scores.round(_DIGITS)).rank(ascending=False, method="min")
    return Priority(scores, contributions, ranks.to_numpy())


def share_of_draws(
    standing: Mapping[str, np.ndarray], weights: Mapping[str, float], first: int
) -> np.ndarray:
    """Return the share of draws of weights in which each region is among the ``first``.

    Parameters
    ----------
    standing, weights
        As :func:`prioritise` takes them.
    first
        How many places there are at the top of the list, one or more.

    Returns
    -------
    0 to 1; NaN of a region without a score. Regions that are equal at the edge share what places
    there are left, so that all shares add up to the places.

    Raises
    ------
    SelectionError
        If no weight is above zero.
    """
    counted, share = _counted(weights)
    parts = np.stack([standing[name] for name in counted])
    known = np.isfinite(parts).all(axis=0)
    size = int(known.sum())
    shares = np.full(len(known), np.nan)
    if size <= first:
        shares[known] = 1
        return shares
    parts, times = parts[:, known], np.zeros(size)
    for weighed in _drawn(share):
        scores = (weighed @ parts).round(_DIGITS)
        edge = np.partition(scores, size - first)[size - first]
        above, at_edge = scores > edge, np.flatnonzero(scores == edge)
        times += above
        times[at_edge] += (first - np.count_nonzero(above)) / len(at_edge)
    shares[known] = times / DRAWS
    return shares


def _counted(weights: Mapping[str, float]) -> tuple[list[str], np.ndarray]:
    """Return the measures that weigh anything, by name, and the share of the weights of each."""
    counted = sorted(name for name, weight in weights.items() if weight > 0)
    if not counted:
        raise SelectionError("priority_weights")
    share = np.array([weights[name] for name in counted], dtype=float)
    return counted, share / share.sum()


def _drawn(share: np.ndarray) -> np.ndarray:
    """Return weights up to :data:`SPREAD` off ``share``, a row a draw, each with the sum 1."""
    random = np.random.default_rng(_SEED)
    drawn = share * random.uniform(1 - SPREAD, 1 + SPREAD, (DRAWS, len(share)))
    return drawn / drawn.sum(axis=1, keepdims=True)

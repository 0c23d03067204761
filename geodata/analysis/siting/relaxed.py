"""A bound on what any plan can serve, and better plans, from a Lagrangian relaxation.

The rule "a desa counts only if a chosen one serves it" is given up for a price on each desa. What
is left is solved by sorting: take the candidates whose desa are priced highest. Whatever the
prices, no plan serves more than that; a subgradient search lowers it, down to the bound of the
linear programme, for the maximal covering problem seldom more than 1% above the optimum. The prices
also say which desa are hard to serve: greedy choice by price, then exchanges by what is served,
finds plans within 1% of the optimum wherever that is known.

References
----------
Fisher, M. L. (1981). The Lagrangian relaxation method for solving integer programming problems.
Management Science, 27(1), 1-18.
Galvao, R. D. and ReVelle, C. (1996). A Lagrangean heuristic for the maximal covering location
problem. European Journal of Operational Research, 88(1), 114-123.
"""

from collections.abc import Sequence

import numpy as np

from geodata.analysis.siting.cover import EPSILON, Cover
from geodata.analysis.siting.greedy import exchange, greedy

_STEPS, _TRIALS = (60, 300), (1, 30)
"""Steps of the search and plans tried: the fewest, for the whole country, and the most."""
_STEP_PAIRS, _TRIAL_PAIRS = 600_000_000, 6_000_000
"""Pairs of neighbours that all steps, and all trials, may look at before they become fewer."""
_PATIENCE = 8
"""Steps without a lower bound after which steps become shorter."""


def improve(cover: Cover, chosen: Sequence[int], more: int) -> tuple[list[int], float]:
    """Return a plan that is as good as ``chosen`` or better, and a bound for all plans.

    Parameters
    ----------
    cover
        The state without ``chosen``, a plan for it of up to ``more`` desa. It is left as it is.

    Returns
    -------
    The plan, and the weight that no plan of ``more`` desa can serve beyond what ``cover`` has.
    """
    sites = np.flatnonzero(cover.candidates)
    waiting = np.flatnonzero((cover.times == 0) & (cover.weights > 0))
    more = min(more, len(sites))
    if not (more and len(waiting)):
        return [], 0.0
    reach, weight = cover.reach[sites][:, waiting], cover.weights[waiting]
    best, reached = list(chosen), cover.added_by(chosen)
    price, bound = weight / 2, np.inf
    step, stalled = 1.0, 0
    steps = int(np.clip(_STEP_PAIRS // max(reach.nnz, 1), *_STEPS))
    trials = int(np.clip(_TRIAL_PAIRS // max(reach.nnz, 1), *_TRIALS))
    for turn in range(1, steps + 1):
        worth = reach @ price
        taken = np.argpartition(worth, len(worth) - more)[len(worth) - more :]
        value = float(weight.sum() - price.sum() + worth[taken].sum())
        stalled = 0 if value < bound - EPSILON else stalled + 1
        bound = min(bound, value)
        if bound <= reached + EPSILON:
            break
        if stalled == _PATIENCE:
            step, stalled = step * 0.6, 0
        if turn % (steps // trials) == 0:
            trial = _by_price(cover, waiting, price, more)
            if (served := cover.added_by(trial)) > reached + EPSILON:
                best, reached = trial, served
        slope = np.bincount(reach[taken].indices, minlength=len(price)) - 1.0
        slope[((price <= 0) & (slope > 0)) | ((price >= weight) & (slope < 0))] = 0
        length = float(np.square(slope).sum())  # no BLAS: its threads cost more than they save
        if length == 0:
            break
        price = np.clip(price - step * (value - reached) / length * slope, 0, weight)
    return best, min(bound, float(weight.sum()))


def _by_price(cover: Cover, waiting: np.ndarray, price: np.ndarray, more: int) -> list[int]:
    """Return the plan of greedy choice by ``price``, exchanged by what is served."""
    prices = np.zeros(len(cover.weights))
    prices[waiting] = price
    chosen = greedy(cover.copy(weights=prices), more)
    state = cover.copy()
    for desa in chosen:
        state.choose(desa)
    return exchange(state, chosen)

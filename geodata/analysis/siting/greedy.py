"""Greedy choice of desa for new KIM, and the exchanges that improve it.

The weight served is submodular (each further KIM adds less), so ``more`` greedy steps reach at
least 1 - 1/e, 63%, of the optimum (Nemhauser et al., 1978). Lazy evaluation (CELF, Leskovec et al.,
2007) avoids computing gains again; as :class:`~geodata.analysis.siting.cover.Cover` keeps them all
up to date, there are none to compute. Exchanges follow Teitz and Bart (1968).

References
----------
Church, R. and ReVelle, C. (1974). The maximal covering location problem. Papers of the Regional
Science Association, 32, 101-118.
Leskovec, J. et al. (2007). Cost-effective outbreak detection in networks. KDD '07, 420-429.
Nemhauser, G. L., Wolsey, L. A. and Fisher, M. L. (1978). An analysis of approximations for
maximizing submodular set functions I. Mathematical Programming, 14, 265-294.
Teitz, M. B. and Bart, P. (1968). Heuristic methods for estimating the generalized vertex median
of a weighted graph. Operations Research, 16(5), 955-961.
"""

from collections.abc import Sequence

import numpy as np

from geodata.analysis.siting.cover import EPSILON, Cover


def greedy(cover: Cover, more: int) -> list[int]:
    """Choose up to ``more`` desa, each the one that serves the most weight not served yet.

    Ties go to the first. There are fewer if nothing more can be gained.
    """
    chosen: list[int] = []
    while len(chosen) < more and (best := cover.best()) >= 0:
        cover.choose(best)
        chosen.append(best)
    return chosen


def exchange(cover: Cover, chosen: Sequence[int]) -> list[int]:
    """Move each of ``chosen`` to where it serves most, until no move helps."""
    chosen, improved = list(chosen), True
    while improved:
        improved = False
        for position, desa in enumerate(chosen):
            cover.give_up(desa)
            best = cover.best()
            better = best >= 0 and cover.gains[best] > cover.gains[desa] + EPSILON
            chosen[position] = best if better else desa
            cover.choose(chosen[position])
            improved |= better
    return chosen


def in_order(cover: Cover, chosen: Sequence[int]) -> list[int]:
    """Return ``chosen`` so that each adds the most of those that are left.

    What adds nothing to ``cover``, which must not hold them yet, is left out.
    """
    allowed = np.zeros(len(cover.weights), dtype=bool)
    allowed[list(chosen)] = True
    return greedy(cover.copy(candidates=allowed), len(chosen))


def one_a_group(cover: Cover, more: int, groups: np.ndarray) -> list[int]:
    """Choose up to ``more`` desa, one in each of ``groups`` that has a candidate.

    The group whose best desa adds most comes first; one in which nothing is added still gets its
    KIM, after all others.

    Parameters
    ----------
    groups
        Number of the group of each desa.
    """
    chosen: list[int] = []
    while len(chosen) < more and cover.candidates.any():
        best = int(cover.gains.argmax())
        cover.choose(best)
        cover.close(groups == groups[best])
        chosen.append(best)
    return chosen


def worst_first(cover: Cover, more: int, starts: np.ndarray) -> list[int]:
    """Choose up to ``more`` desa, each in the part whose share of served weight is lowest then.

    There the desa is taken that serves most of that part. Parts in which nothing more can be
    gained are passed over; ties go to the first part.

    Parameters
    ----------
    starts
        Position of the first desa of each part; parts are slices of the desa.
    """
    chosen: list[int] = []
    edges = np.append(starts, len(cover.weights))
    total = np.add.reduceat(cover.weights, starts)
    open_ = total > 0
    while len(chosen) < more and open_.any():
        served = np.add.reduceat(cover.weights * (cover.times > 0), starts)
        share = np.where(open_, served / np.where(total > 0, total, 1), np.inf)
        worst = int(share.argmin())
        part = slice(edges[worst], edges[worst + 1])
        waiting = cover.weights[part] * (cover.times[part] == 0)
        gains = np.where(cover.candidates[part], cover.reach[part, part] @ waiting, 0)
        if gains.max() <= EPSILON:
            open_[worst] = False
            continue
        chosen.append(int(edges[worst] + gains.argmax()))
        cover.choose(chosen[-1])
    return chosen

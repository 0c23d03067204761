"""Natural breaks: the classes within which values differ least, as Fisher and Jenks have them.

Fisher's dynamic programme finds them exactly, whatever the number of values: the best last class of
the first j values begins no later than that of the first j + 1, so each is looked for between those
of its neighbours (divide and conquer, Gronlund et al., 2017). mapclassify's ``FisherJenks``, which
finds the same, compares all pairs of values, and its sampled variant is no optimum.

References
----------
Fisher, W. D. (1958). On grouping for maximum homogeneity. Journal of the American Statistical
Association, 53(284), 789-798.
Gronlund, A. et al. (2017). Fast exact k-means, k-medians and Bregman divergence clustering in 1D.
arXiv:1701.07204.
Jenks, G. F. (1977). Optimal data classification for choropleth maps. Occasional paper 2, University
of Kansas.
"""

from collections.abc import Callable

import numpy as np


def natural_breaks(values: np.ndarray, classes: int) -> np.ndarray:
    """Return the highest value of each of ``classes`` classes, rising.

    The sum of the squared differences between values and the mean of their class is the least that
    can be. There are fewer classes where there are fewer distinct values.
    """
    distinct, counts = np.unique(values, return_counts=True)
    apart = (distinct - distinct[0]).astype(np.longdouble)  # sums of squares cancel in doubles
    weight, total, squares = (
        np.concatenate([[0], np.cumsum(counts * apart**power)]) for power in (0, 1, 2)
    )

    def spread(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        of_class = total[stop] - total[start]
        return squares[stop] - squares[start] - of_class**2 / (weight[stop] - weight[start])

    stops = np.arange(1, len(distinct) + 1)
    least = np.concatenate([[0], spread(np.zeros_like(stops), stops)])
    starts = []
    for _ in range(classes - 1):
        least, start = _with_one_more(least, spread)
        starts.append(start)
    stop, breaks = len(distinct), [distinct[-1]]
    for start in reversed(starts):
        stop = start[stop]
        if stop == 0:
            break
        breaks.append(distinct[stop - 1])
    return np.array(breaks[::-1])


def _with_one_more(
    least: np.ndarray, spread: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the least spread of the first j values with one class more, and where that begins.

    ``least`` is that without it; both have an entry for each j from 0.
    """
    size = len(least) - 1
    best, start = least.copy(), np.zeros(size + 1, dtype=np.intp)
    step = 1 << size.bit_length()
    while step := step // 2:
        stops = np.arange(step, size + 1, 2 * step)
        low, above = start[stops - step], stops + step
        high = np.where(above <= size, start[np.minimum(above, size)], size)
        lengths = np.minimum(high, stops - 1) - low + 1
        edges = np.cumsum(lengths) - lengths
        tried = np.arange(lengths.sum()) - np.repeat(edges - low, lengths)
        reached = least[tried] + spread(tried, np.repeat(stops, lengths))
        best[stops] = np.minimum.reduceat(reached, edges)
        first = np.flatnonzero(reached == np.repeat(best[stops], lengths))
        start[stops] = tried[first[np.searchsorted(first, edges)]]
    return best, start

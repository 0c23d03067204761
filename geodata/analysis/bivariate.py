"""Two measures at once: each region in one of nine cells, and in one of four quadrants.

The map shows the cells, three steps of the one measure by three of the other; the lists go by
quadrants, since a planner asks for the many of the one with few of the other. Both are made of the
regions of which both measures are known, so counts add up to these.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from geodata.analysis.classes import NO_DATA, NOT_REPORTED, classify

STEPS = 3
"""Of each measure, from low to high."""

QUADRANTS = ("tinggi_rendah", "tinggi_tinggi", "rendah_tinggi", "rendah_rendah")
"""The first measure, then the second: high and low, both high, and so on."""

NO_QUADRANT = -1

Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Values:
    """The values of one measure.

    Attributes
    ----------
    of
        float, one entry a region; NaN means no data.
    decimals
        Digits after the point that they are rounded to.
    has_zero
        Whether zero is a step of its own, and not a value like any other; then none is below it.
    """

    of: np.ndarray
    decimals: int
    has_zero: bool = True


@dataclass(frozen=True, eq=False)
class Steps:
    """One measure in three steps.

    Attributes
    ----------
    index
        int8, one entry a region: 0 (low) to 2 (high), or -1 where it is not known.
    ranges
        Lowest and highest value that each step admits; ``None`` of a step that no region is in.
    """

    index: np.ndarray
    ranges: tuple[Range | None, ...]


@dataclass(frozen=True, eq=False)
class Halves:
    """One measure in two.

    Attributes
    ----------
    high
        bool, one entry a region; False where the measure is not known.
    least
        The lowest value that is high; infinite where all values are alike, so none is high.
    most
        The highest value that is low; NaN where nothing is known.
    """

    high: np.ndarray
    least: float
    most: float


@dataclass(frozen=True, eq=False)
class Bivariate:
    """Regions by two measures.

    Attributes
    ----------
    first, second
        The steps of each measure.
    cell
        int8, one entry a region: ``3 * step of the second + step of the first`` (0 to 8),
        ``NO_DATA``, or ``NOT_REPORTED``.
    counts
        Number of regions in each of the nine cells.
    without_data, unreported
        Number of regions in none, for want of a value or of a report.
    first_halves, second_halves
        The halves of each measure.
    quadrant
        int8, one entry a region: its place in :data:`QUADRANTS`, or :data:`NO_QUADRANT`.
    """

    first: Steps
    second: Steps
    cell: np.ndarray
    counts: tuple[int, ...]
    without_data: int
    unreported: int
    first_halves: Halves
    second_halves: Halves
    quadrant: np.ndarray


def bivariate(first: Values, second: Values, unreported: np.ndarray) -> Bivariate:
    """Return the cells and quadrants of regions by two measures.

    Parameters
    ----------
    unreported
        bool: of which regions nobody has reported what one of the measures counts.
    """
    known = ~(np.isnan(first.of) | np.isnan(second.of))
    across, up = (
        replace(values, of=np.where(known, np.round(values.of, values.decimals), np.nan))
        for values in (first, second)
    )
    columns, rows = steps(across), steps(up)
    cell = np.where(unreported, NOT_REPORTED, NO_DATA).astype(np.int8)
    cell[known] = (STEPS * rows.index + columns.index)[known]
    right, top = halves(across.of), halves(up.of)
    quadrant = np.select([right.high & ~top.high, right.high, top.high], [0, 1, 2], 3)
    quadrant = quadrant.astype(np.int8)
    quadrant[~known] = NO_QUADRANT
    return Bivariate(
        columns,
        rows,
        cell,
        tuple(np.bincount(cell[known], minlength=STEPS * STEPS).tolist()),
        int(np.count_nonzero(cell == NO_DATA)),
        int(np.count_nonzero(cell == NOT_REPORTED)),
        right,
        top,
        quadrant,
    )


def steps(values: Values) -> Steps:
    """Return a measure in three steps.

    These are thirds of the regions. Where zero is a step of its own and there are some, none is
    among others: they are the lowest step, and the other two are halves of what is more. Equal
    values are never parted, so there may be fewer steps: the lowest and the highest, or the lowest
    alone.
    """
    parts = partial(classify, values.of, values.decimals, has_zero=values.has_zero)
    classes = parts(k=STEPS)
    if classes.zeros:
        classes = parts(k=STEPS - 1)
    ranges = [(0.0, 0.0)] * bool(classes.zeros) + [*zip(classes.lower, classes.upper, strict=True)]
    places = np.round(np.linspace(0, STEPS - 1, len(ranges))).astype(np.int8)
    index = np.full(len(values.of), -1, dtype=np.int8)
    known = classes.index != NO_DATA
    index[known] = places[classes.index[known] - (not classes.zeros)] if len(places) else -1
    of_place = dict(zip(places.tolist(), ranges, strict=True))
    return Steps(index, tuple(of_place.get(place) for place in range(STEPS)))


def halves(values: np.ndarray) -> Halves:
    """Return which of ``values`` (NaN means no data) are high.

    High is what is above the median; where nothing is, since more than half are at the highest
    value, that value is high.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return Halves(np.zeros(len(values), dtype=bool), np.inf, np.nan)
    above = known[known > np.median(known)]
    least = above.min() if len(above) else known.max()
    if least == known.min():
        least = np.inf
    high = values >= least
    return Halves(high, float(least), float(known[known < least].max()))

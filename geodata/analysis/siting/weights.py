"""Weights of desa for a plan, made of figures of the regions that they lie in.

Figures such as people are known of whole kabupaten/kota. Divided evenly among their desa they are
an estimate that says nothing of one desa beside the next: it tells crowded kabupaten/kota from
empty ones, and inside one of them every desa weighs the same.
"""

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.regions import Level


def inherited(
    figures: np.ndarray, level: Level, gazetteer: Gazetteer, within: str | None
) -> dict[str, float]:
    """Return as the weight of each desa in ``within`` the figure of the region it lies in.

    Parameters
    ----------
    figures
        One for each region of ``level``, in the order of the gazetteer; NaN where there is none.

    Returns
    -------
    The weight by code; a desa whose region has no figure is not there.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = gazetteer.within(Level.DESA, within)
    weights = figures[gazetteer.parent_positions(level, Level.DESA)[scope]]
    codes, known = gazetteer.codes(Level.DESA)[scope], np.isfinite(weights)
    return dict(zip(codes[known].tolist(), weights[known].tolist(), strict=True))


def divided(
    figures: np.ndarray, level: Level, gazetteer: Gazetteer, within: str | None
) -> dict[str, float]:
    """Return the same with each region's figure divided evenly among its desa.

    The weights of all desa of a region add up to its figure, which must be one that adds up.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    desa = gazetteer.desa_counts(level)
    each = np.divide(figures, desa, out=np.full(len(desa), np.nan), where=desa > 0)
    return inherited(each, level, gazetteer, within)

"""How many people live in an area: an estimate from the population of the regions it reaches.

A region is counted by the share of its area that is inside, as if its people lived evenly spread
(areal weighting: Goodchild and Lam 1980, Geo-Processing 1, 297-312). They do not, so in a town the
estimate is too low, in a forest too high.
"""

from dataclasses import dataclass

import numpy as np

from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer
from geodata.indicators.figures import Figures
from geodata.regions import Level

PEOPLE = "penduduk"
"""The indicator that counts people."""


@dataclass(frozen=True)
class People:
    """How many people live in an area.

    Attributes
    ----------
    count
        The estimate; NaN where nothing is known.
    known
        The share of the area, 0 to 1, of which the population is known.
    """

    count: float
    known: float


def people_inside(
    share: np.ndarray,
    population: np.ndarray,
    level: Level,
    gazetteer: Gazetteer,
    boundaries: BoundarySet,
) -> People:
    """Return how many people live where ``share`` of each desa is inside.

    Parameters
    ----------
    share
        As :func:`~geodata.area.desa.desa_inside` returns it.
    population
        Of each region of ``level`` of the gazetteer; NaN where it is not known.
    """
    codes = gazetteer.codes(Level.DESA)
    km2 = boundaries.areas(Level.DESA).reindex(codes).fillna(0).to_numpy()
    region = gazetteer.parent_positions(level, Level.DESA)
    inside = np.bincount(region, km2 * np.nan_to_num(share), len(population))
    whole = np.bincount(region, km2, len(population))
    known = (inside > 0) & np.isfinite(population)
    if not known.any():
        return People(np.nan, 0.0)
    people = population[known] * inside[known] / whole[known]
    return People(float(people.sum()), float(inside[known].sum() / inside.sum()))


def people_by_indicator(
    share: np.ndarray, figures: Figures, gazetteer: Gazetteer, boundaries: BoundarySet
) -> People:
    """Return the same of the indicator :data:`PEOPLE`, at the finest level that it is given for."""
    level = figures.indicator(PEOPLE).level
    return people_inside(share, figures.values(PEOPLE, level), level, gazetteer, boundaries)

"""Finds the region that one place means, as it is written: by code, names and coordinates."""

import math

import numpy as np

from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.placing import Asked, Placer
from geodata.registry.intake.point_check import located


def match_place(asked: Asked, gazetteer: Gazetteer, boundaries: BoundarySet) -> Placement:
    """Return where a place is, by the rules by which rows of a file are placed.

    A code of ten digits without dots may be one of BPS, which one code alone cannot tell: it is
    accepted if a name agrees. A point is looked up in ``boundaries``.
    """
    if not math.isnan(asked.lat):
        [there] = located(np.array([(asked.lat, asked.lng)]), boundaries)
        asked = asked._replace(there=str(there))
    codes = {asked.kode_wilayah: 1} if asked.kode_wilayah else {}
    [placement] = Placer(codes, gazetteer, boundaries=boundaries).place([asked])
    return placement

"""The exact answer to where KIM should be formed next, for regions of up to some hundred desa.

The maximal covering location problem (Church and ReVelle, 1974) as an integer programme, modelled
by PySAL's spopt and solved by CBC, the solver that comes with PuLP.

References
----------
Church, R. and ReVelle, C. (1974). The maximal covering location problem. Papers of the Regional
Science Association, 32, 101-118.
Feng, X. et al. (2022). spopt: a python package for solving spatial optimization problems in PySAL.
Journal of Open Source Software, 7(74), 3330.
"""

import numpy as np
import pulp
from spopt.locate import MCLP

from geodata.analysis.siting_cover import Cover


def exact(cover: Cover, more: int) -> list[int]:
    """Return up to ``more`` desa that together serve the most weight, in the order of codes."""
    sites = np.flatnonzero(cover.candidates)
    waiting = np.flatnonzero((cover.times == 0) & (cover.weights > 0))
    if not (len(sites) and len(waiting)):
        return []
    # The programme knows distances only: 0 is within the radius, 1 is not.
    apart = 1 - cover.reach[waiting][:, sites].toarray()
    problem = MCLP.from_cost_matrix(apart, cover.weights[waiting], 0, min(more, len(sites)))
    problem = problem.solve(pulp.PULP_CBC_CMD(msg=False))
    served = zip(sites, problem.fac2cli, strict=True)
    return [int(site) for site, clients in served if clients]

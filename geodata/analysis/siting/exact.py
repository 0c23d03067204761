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

from geodata.analysis.siting.cover import Cover

LIMIT_SECONDS = 30


def exact(cover: Cover, more: int) -> list[int] | None:
    """Return up to ``more`` desa that together serve the most weight, in the order of codes.

    ``None`` if :data:`LIMIT_SECONDS` were not enough to prove that nothing serves more.
    """
    sites = np.flatnonzero(cover.candidates)
    waiting = np.flatnonzero((cover.times == 0) & (cover.weights > 0))
    if not (len(sites) and len(waiting)):
        return []
    # Read when first needed: PySAL takes seconds.
    import pulp
    from spopt.locate import MCLP

    # The programme knows distances only: 0 is within the radius, 1 is not.
    apart = 1 - cover.reach[waiting][:, sites].toarray()
    problem = MCLP.from_cost_matrix(apart, cover.weights[waiting], 0, min(more, len(sites)))
    try:
        problem = problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=LIMIT_SECONDS))
    except RuntimeError:  # spopt: no plan at all was found in time
        return None
    if problem.problem.sol_status != pulp.LpSolutionOptimal:
        return None
    served = zip(sites, problem.fac2cli, strict=True)
    return [int(site) for site, clients in served if clients]

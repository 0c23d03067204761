"""The exact answer to where KIM should be formed next, for regions of up to some hundred desa.

The maximal covering location problem (Church and ReVelle, 1974) as an integer programme, solved by
HiGHS (Huangfu and Hall, 2018), the solver that comes with SciPy.

References
----------
Church, R. and ReVelle, C. (1974). The maximal covering location problem. Papers of the Regional
Science Association, 32, 101-118.
Huangfu, Q. and Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical
Programming Computation, 10(1), 119-142.
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
    # Read when first needed: few plans come this far.
    from scipy import optimize, sparse

    # Unknown is which sites are chosen, and then which desa are served: no more of it than there
    # are chosen sites that reach it.
    reach = sparse.csr_array(cover.reach[waiting][:, sites]).astype(float)
    served = optimize.LinearConstraint(
        sparse.hstack([reach, -sparse.eye_array(len(waiting))]), lb=0
    )
    number = np.concatenate([np.ones(len(sites)), np.zeros(len(waiting))])
    solved = optimize.milp(
        np.concatenate([np.zeros(len(sites)), -cover.weights[waiting].astype(float)]),
        integrality=number,
        bounds=optimize.Bounds(0, 1),
        constraints=[served, optimize.LinearConstraint(number, ub=more)],
        options={"time_limit": LIMIT_SECONDS, "mip_rel_gap": 0},
    )
    if not solved.success:  # out of time, with a plan or without
        return None
    chosen = solved.x[: len(sites)] > 0.5
    return sites[chosen & (reach.sum(axis=0) > 0)].tolist()

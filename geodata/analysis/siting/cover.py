"""What KIM serve: the state of a plan while KIM are chosen, taken back and moved.

Gains are kept for all candidates at once and changed as desa become served or unserved, so that a
choice costs the neighbours of what it serves and not a pass over everything.
"""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

EPSILON = 1e-9
"""What a gain has to be above to count as one, whatever sums of weights do to the last digits."""


def slack(total: float) -> float:
    """Return how far apart two sums of weights that are ``total`` in all may be and yet equal."""
    return EPSILON + 1e-12 * total


class Cover:
    """What is served by the KIM chosen so far, and what each candidate would add.

    Parameters
    ----------
    reach
        Symmetric CSR matrix of desa: row i holds the desa that a KIM in desa i serves.
    weights
        Weight of each desa.
    already
        Whether each desa is served already.
    candidates
        Whether each desa may be chosen.

    Attributes
    ----------
    gains
        The weight that each candidate would add; minus infinity for what is no candidate.
    times
        How often each desa is served.
    """

    def __init__(
        self,
        reach: sparse.csr_array,
        weights: np.ndarray,
        already: np.ndarray,
        candidates: np.ndarray,
    ) -> None:
        self.reach = reach
        self.weights = weights
        self.already = already
        self.times = already.astype(np.int32)
        self.gains = np.where(candidates, reach @ (weights * ~already), -np.inf)

    def copy(
        self, weights: np.ndarray | None = None, candidates: np.ndarray | None = None
    ) -> "Cover":
        """Return the state as it stands as a new one, with other weights or candidates."""
        return Cover(
            self.reach,
            self.weights if weights is None else weights,
            self.times > 0,
            self.candidates if candidates is None else candidates,
        )

    @property
    def candidates(self) -> np.ndarray:
        """Whether each desa may be chosen (still)."""
        return self.gains > -np.inf

    @property
    def served(self) -> float:
        """The weight served."""
        return float(self.weights[self.times > 0].sum())

    def added_by(self, chosen: Sequence[int]) -> float:
        """Return the weight that ``chosen`` would add together."""
        near = [self.served_by(desa) for desa in chosen]
        fresh = np.unique(np.concatenate(near)) if near else np.array([], dtype=int)
        return float(self.weights[fresh[self.times[fresh] == 0]].sum())

    def served_by(self, desa: int) -> np.ndarray:
        """Return the positions of the desa that a KIM in ``desa`` serves."""
        return self.reach.indices[self.reach.indptr[desa] : self.reach.indptr[desa + 1]]

    def best(self) -> int:
        """Return the candidate that would add most; -1 if none adds anything."""
        best = int(self.gains.argmax())
        return best if self.gains[best] > EPSILON else -1

    def choose(self, desa: int) -> None:
        """Serve what a KIM in ``desa`` serves; it is no candidate any more."""
        near = self.served_by(desa)
        fresh = near[self.times[near] == 0]
        self.times[near] += 1
        self._spread(fresh, -1)
        self.gains[desa] = -np.inf

    def give_up(self, desa: int) -> None:
        """Undo :meth:`choose`."""
        near = self.served_by(desa)
        self.times[near] -= 1
        waiting = near[self.times[near] == 0]
        self._spread(waiting, 1)
        self.gains[desa] = self.weights[waiting].sum()

    def close(self, desa: np.ndarray) -> None:
        """Let none of ``desa`` (positions, or a mask) be a candidate any more."""
        self.gains[desa] = -np.inf

    def _spread(self, changed: np.ndarray, sign: int) -> None:
        """Tell the candidates around ``changed`` that these can be gained, or no longer."""
        changed = changed[self.weights[changed] > 0]
        starts, stops = self.reach.indptr[changed], self.reach.indptr[changed + 1]
        sizes = stops - starts
        if not sizes.sum():
            return
        steps = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        around = self.reach.indices[np.repeat(starts, sizes) + steps]
        np.add.at(self.gains, around, sign * np.repeat(self.weights[changed], sizes))

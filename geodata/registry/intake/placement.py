"""Where a row belongs, and the regions that it may mean."""

from dataclasses import dataclass

from geodata.matching.candidate import Candidate, Verdict
from geodata.registry.reasons import Reason


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a row belongs.

    Attributes
    ----------
    by
        The region that the row is placed in, if the verdict is ``COCOK``; else the one that spoke
        for it most, as far as there is any.
    candidates
        The best first, also of rows that are placed but have rivals.
    reasons
        Why it is not placed, and remarks.
    """

    verdict: Verdict
    by: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def code(self) -> str:
        """The region, of any level; "" unless it is accepted."""
        return self.by.code if self.by and self.verdict is Verdict.COCOK else ""

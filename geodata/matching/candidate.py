"""What matching returns: the regions that a row may mean, and how it came to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geodata.regions import Level


class Method(StrEnum):
    """How a row is placed in a region, the surest ways first. The values stand in the database."""

    KODE = "kode"
    """A code of Kemendagri."""
    KODE_LAMA = "kode_lama"
    """A code of an older edition, through the lineage."""
    KODE_BPS = "kode_bps"
    """A code of BPS. No table of them is at hand, so nothing is placed by one yet."""
    NAMA = "nama"
    """The same name."""
    NAMA_LAMA = "nama_lama"
    """A name of an older edition of the official list, through the lineage."""
    NAMA_MIRIP = "nama_mirip"
    """A similar name."""
    ALIAS = "alias"
    """A place that a person decided before, written the same way."""
    KOORDINAT = "koordinat"
    """A point: the row's own in the polygon of a region, or a village's in the row's polygon."""
    PILIHAN = "pilihan"
    """The choice of a person."""

    @property
    def same_name(self) -> bool:
        """Tell whether what is found so bears or bore the very name, and not only a similar one."""
        return self in (Method.NAMA, Method.NAMA_LAMA)


class Verdict(StrEnum):
    """What is made of the candidates of a row. The values stand in the output of ``match``."""

    COCOK = "cocok"
    """The best one is accepted."""
    RAGU = "ragu"
    """A person should choose."""
    GAGAL = "gagal"
    """Nothing is like it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region that a row may mean.

    Attributes
    ----------
    code
        Of the gazetteer, of any level.
    score
        How sure it is, 0 to 100.
    missing
        Of a name: the finest level above it that the row does not name, where that matters.
    elsewhere
        Of a name: the uppermost level whose region is not the one that the row names (or names in
        a way nobody can read).
    in_parent
        Of a name: whether it lies in the finest region above it that the row names, wherever that
        region is.
    """

    code: str
    score: float
    method: Method
    missing: Level | None = None
    elsewhere: Level | None = None
    in_parent: bool = True

    @property
    def share(self) -> float:
        """How sure it is as tables for people and the database hold it: 0 to 1, to a thousandth."""
        return round(self.score / 100, 3)

    @property
    def same_name(self) -> bool:
        """Tell whether it bears or bore the very name of the row, and not only a similar one."""
        return self.method.same_name


@dataclass(frozen=True, slots=True)
class Match:
    """What the names of a row resolve to: up to five candidates of one level, the best first."""

    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()

    @property
    def accepted(self) -> Candidate | None:
        """The region that the row means, where it is beyond doubt."""
        return self.candidates[0] if self.verdict is Verdict.COCOK else None


def ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates, the best first, each region once."""
    first: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        first.setdefault(candidate.code, candidate)
    return tuple(first.values())

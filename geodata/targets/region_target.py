"""Targets that a region has set itself, or was set: new KIM in a year, or a share by its end."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.errors import SelectionError
from geodata.regions import Level, level_of

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_KIM = 100_000
MINIMUM = 1.0
"""The share of kecamatan that have to have a KIM whoever sets which target: Permenkominfo 22/2010,
the minimum service standard, asks for one in each."""


class TargetKind(StrEnum):
    """What a target asks for."""

    KIM_BARU = "kim_baru"
    """So many KIM registered within the year."""
    BAGIAN_KECAMATAN = "bagian_kecamatan"
    """A share of the kecamatan to have a KIM by the end of the year."""
    BAGIAN_DESA = "bagian_desa"
    """A share of the desa to have a KIM by the end of the year."""

    @property
    def unit(self) -> Level | None:
        """What a share is of; ``None`` for a number of KIM."""
        return _UNITS.get(self)

    def written(self, value: float) -> str:
        """Write a value of this kind as a file of targets has it: ``53``, ``12.5%``."""
        return f"{100 * value:g}%" if self.unit else f"{value:g}"


_UNITS = {TargetKind.BAGIAN_KECAMATAN: Level.KECAMATAN, TargetKind.BAGIAN_DESA: Level.DESA}


@dataclass(frozen=True, order=True)
class RegionTarget:
    """A target of a region.

    Attributes
    ----------
    region
        Its code; "" is Indonesia.
    year
        The year within which, or at whose end, it is due.
    value
        KIM, a whole number; or a share, above 0 and up to 1.

    Raises
    ------
    SelectionError
        If the region has none of what is counted below it, or year or value are out of range.
    """

    region: str
    year: int
    kind: TargetKind
    value: float

    def __post_init__(self) -> None:
        unit = self.kind.unit or Level.DESA
        if self.region and not unit.is_below(level_of(self.region)):
            raise SelectionError("target_level", value=level_of(self.region))
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise SelectionError(
                "target_year_range", value=self.year, first=FIRST_YEAR, last=LAST_YEAR
            )
        if self.kind.unit and not 0 < self.value <= 1:
            raise SelectionError("target_share", value=f"{100 * self.value:g}")
        if not self.kind.unit and not (1 <= self.value <= MOST_KIM and self.value % 1 == 0):
            raise SelectionError("target_kim", value=f"{self.value:g}", most=MOST_KIM)

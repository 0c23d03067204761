"""A row of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.matching.candidate import Candidate
from geodata.regions import Level
from geodata.registry.intake.sheets.headers import Header
from geodata.registry.reasons import Reason


@dataclass(slots=True)
class Row:
    """A row of a file.

    Attributes
    ----------
    cells
        Text by column of the header.
    around
        Regions named by title rows, the sheet's name, and rows that head a section; of a row that
        heads one, its own.
    above
        Regions of the rows above, for the columns that are empty in this one: a group may be
        named in its first row only.
    address
        Regions read from an address, which count before cells.
    several
        The desa that its one cell for a desa names.
    reason
        Why it is no row of data; ``None`` where it is one.
    """

    sheet: str
    line: int
    header: Header
    cells: list[str]
    around: Mapping[Level, str] = field(default_factory=dict)
    above: Mapping[Level, str] = field(default_factory=dict)
    address: Mapping[Level, str] = field(default_factory=dict)
    several: tuple[Candidate, ...] = ()
    reason: Reason | None = None

    def value(self, name: str) -> str:
        """Return the cell of a field, "" where the sheet has no such column."""
        position = self.header.fields.get(name)
        return "" if position is None else self.cells[position]

    def region(self, level: Level) -> str:
        """Return the name of the region of ``level``: the cell's, or what holds for the row."""
        if self.reason is Reason.SECTION:
            return self.around.get(level, "")
        if self.address.get(level):
            return self.address[level]
        return self.value(level) or self.above.get(level) or self.around.get(level, "")

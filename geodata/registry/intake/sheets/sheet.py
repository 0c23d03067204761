"""A sheet of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from geodata.registry.notice import Notice


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file.

    Attributes
    ----------
    name
        "" in a CSV.
    rows
        Text of the cells; row ``i`` is line ``i + 1`` of the spreadsheet. Merged cells that cover
        several rows have their value in each of these rows.
    hidden
        Whether the spreadsheet hides it.
    notices
        What there is to say of how it was read.
    """

    name: str
    rows: Sequence[list[str]]
    hidden: bool = False
    notices: tuple[Notice, ...] = ()

    @cached_property
    def width(self) -> int:
        """How many cells the widest row has."""
        return max(map(len, self.rows))

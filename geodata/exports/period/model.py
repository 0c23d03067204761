"""The model of a report of a period: figures and tables once, laid out by three files."""

from dataclasses import dataclass

import pandas as pd

from geodata.columns import column
from geodata.exports.briefing.model import Figure, Table
from geodata.lines import short_line
from geodata.view.legend import LegendRow

MOST_ROWS = 200
"""Rows of a table that page and paper have; the workbook has all."""

_FIGURES = ("count", "number", "share", "year", "degrees")


@dataclass(frozen=True, eq=False)
class Section:
    """A table of the report.

    Attributes
    ----------
    sheet
        What its sheet of the workbook is called, at most 31 characters.
    table
        Columns as ``geodata.columns`` has them.
    """

    sheet: str
    title: str
    lead: str
    table: pd.DataFrame

    def in_words(self, lang: str) -> Table:
        """Return the first :data:`MOST_ROWS` rows, put into words."""
        shown = self.table.head(MOST_ROWS)
        known = [column(str(name)) for name in shown.columns]
        cells = (map(short_line, it.told(shown[it.name], lang)) for it in known)
        return Table(
            self.title,
            self.lead,
            tuple(it.title(lang) for it in known),
            tuple(it.kind in _FIGURES for it in known),
            tuple(zip(*cells, strict=True)),
        )


@dataclass(frozen=True, eq=False)
class PeriodReport:
    """All that a report says of a region.

    Attributes
    ----------
    name
        Name of its files, without ending.
    title, period, counted
        The region, the two days, and what was counted.
    line, standing
        The sentence of the change, and further sentences.
    picture, legend
        The diverging map as PNG, and what its colours mean; no picture of a desa.
    notes, sources
        What must be said of the data, and where they come from.
    """

    name: str
    lang: str
    title: str
    period: str
    counted: str
    line: str
    standing: tuple[str, ...]
    figures: tuple[Figure, ...]
    picture_title: str
    picture: bytes
    legend: tuple[LegendRow, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]

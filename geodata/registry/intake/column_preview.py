"""What the columns of a file are taken for, to be looked at and corrected beforehand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.sheets.headers import (
    Column,
    Header,
    find_header,
    guess_for,
    later_headers,
)
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.intake.sheets.table import OWN_SHEETS
from geodata.registry.notice import Notice
from geodata.registry.personal import is_personal

_EXAMPLES = 3


@dataclass(frozen=True, eq=False)
class ColumnPreview:
    """What the columns of a file are taken for, and what there is to say of how it was read.

    Attributes
    ----------
    columns
        A row a header: sheet, line (of the header, from 1), header, field (a column of the
        registry, a level of the place, ``koordinat``, a name of personal data, or "" for none),
        score (0 to 1), personal (whether it tells of a person), examples (the first values; none
        of persons). ``dict(zip(header, field))``, corrected, is the mapping that ``prepare`` takes.
    """

    columns: pd.DataFrame
    notices: tuple[Notice, ...]


def preview_columns(
    path: Path,
    remembered: Mapping[str, str] | None = None,
    *,
    of_places: bool = False,
) -> ColumnPreview:
    """Return what each column of a file is taken for.

    Parameters
    ----------
    remembered
        header -> field of an earlier file of the sender; counts where a header is the same.
    of_places
        Whether the file is any list of places, of which one column is enough.

    Raises
    ------
    IntakeError
        If the file cannot be read or no sheet has a header.
    """
    return columns_of(read_sheets(path), path.name, remembered, of_places=of_places)


def columns_of(
    sheets: Sequence[Sheet],
    file_name: str,
    remembered: Mapping[str, str] | None = None,
    *,
    of_places: bool = False,
) -> ColumnPreview:
    """Return the same of a file that is read.

    Raises
    ------
    IntakeError
        If no sheet has a header.
    """
    rows = []
    notices: list[Notice] = []
    for sheet in sheets:
        header = (
            None
            if sheet.name in OWN_SHEETS
            else find_header(sheet, remembered or (), of_places=of_places)
        )
        if header is None:
            continue
        notices += sheet.notices
        headers = [header, *later_headers(sheet, header)]
        said = _examples(sheet, headers)
        for line, number, column in _columns_of(headers):
            column = guess_for(column, remembered)
            rows.append(
                {
                    "sheet": sheet.name,
                    "line": line,
                    "header": column.header,
                    "field": column.field,
                    "score": column.score,
                    "personal": column.personal,
                    "examples": "" if column.personal else "; ".join(said[line, number]),
                }
            )
    if not rows:
        raise IntakeError("intake_no_place" if of_places else "intake_no_header", file=file_name)
    columns = pd.DataFrame(rows).drop_duplicates("header", ignore_index=True)
    return ColumnPreview(columns, tuple(notices))


def _examples(sheet: Sheet, headers: Sequence[Header]) -> dict[tuple[int, int], list[str]]:
    """Return the first values below each column, by line of its header (from 1) and position."""
    examples: dict[tuple[int, int], list[str]] = {
        (line, number): [] for line, number, _ in _columns_of(headers)
    }
    wanted = list(examples)
    for row_number, row in enumerate(sheet.rows):
        wanted = [column for column in wanted if len(examples[column]) < _EXAMPLES]
        if not wanted:
            break
        for line, number in wanted:
            if row_number < line or len(row) <= number:
                continue
            value, known = row[number], examples[line, number]
            if value and value not in known and not is_personal(value):
                known.append(value)
    return examples


def _columns_of(headers: Sequence[Header]) -> Iterator[tuple[int, int, Column]]:
    """Yield the columns of the headers of a sheet: line of the header from 1, position, column."""
    for header in headers:
        for number, column in enumerate(header.columns):
            yield header.stop, number, column

"""Two columns of one header that fill a field differently."""

import re
from itertools import islice

from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.sheets.headers import Header, column_letters
from geodata.registry.intake.sheets.sheet import Sheet


def check_twins(sheet: Sheet, header: Header, file_name: str) -> None:
    """Refuse two columns of one header that fill a field differently: nobody can know which.

    Raises
    ------
    IntakeError
        Naming the header and both columns.
    """
    for field, first in header.fields.items():
        name = header.columns[first].header
        for second, other in enumerate(header.columns):
            if second == first or not re.fullmatch(rf"{re.escape(name)} \(\d+\)", other.header):
                continue
            if other.field or _same(sheet, header.stop, first, second):
                continue
            raise IntakeError(
                "intake_header_twice",
                file=file_name,
                row=header.stop,
                header=name,
                field=field,
                columns=f"{column_letters(first)}, {column_letters(second)}",
            )


def _same(sheet: Sheet, start: int, first: int, second: int) -> bool:
    below = islice(sheet.rows, start, None)
    rows = (row for row in below if len(row) > max(first, second))
    return all(row[first] == row[second] or not row[second] for row in rows)

"""Options that several commands share, what they mean, and how tables are printed."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import DataFileError, PetaKimError
from geodata.lines import on_one_line
from geodata.private_files import make_private
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from geodata.registry.snapshot import KimFilter

Bidang = StrEnum("Bidang", {name: name for name in BIDANG})  # type: ignore[misc]
Status = StrEnum("Status", {name: name for name in STATUSES})  # type: ignore[misc]


class TableFormat(StrEnum):
    """How a table is printed."""

    CSV = "csv"
    JSON = "json"


Within = Annotated[
    str | None,
    typer.Option(
        metavar="CODE", help="Only inside this region, e.g. 35 or 35.07. Default: Indonesia."
    ),
]
WithFields = Annotated[
    list[Bidang] | None,
    typer.Option("--bidang", help="Only KIM of this field; may be given several times."),
]
AllFields = Annotated[
    bool, typer.Option("--all-fields", help="A KIM must work in all given fields, not just one.")
]
WithStatus = Annotated[
    list[Status] | None,
    typer.Option("--status", help="Only KIM of this status; may be given several times."),
]
Years = Annotated[
    str | None,
    typer.Option("--tahun", metavar="YEARS", help="Only KIM registered in 2015 or in 2015-2020."),
]


def kim_filter_of(
    bidang: list[Bidang] | None, all_fields: bool, status: list[Status] | None, tahun: str | None
) -> "KimFilter":
    """Return the filter that the options name; a wrong year is a ``PetaKimError``."""
    from geodata.registry.snapshot import KimFilter

    span = None
    if tahun is not None:
        first, _, last = tahun.partition("-")
        try:
            span = int(first), int(last or first)
        except ValueError:
            raise PetaKimError("year_format", value=tahun) from None
    return KimFilter(
        bidang=tuple(bidang or ()),
        mode="semua" if all_fields else "salah_satu",
        status=tuple(status or ()),
        tahun=span,
    )


def region_code(within: str | None) -> str | None:
    """Return the code of the region ``within``; a wrong one is a ``PetaKimError``."""
    from geodata.regions import parse

    return None if within is None else parse(within)


def print_lines(*lines: object, to_stderr: bool = False) -> None:
    """Print each of ``lines`` as one line, whatever a name in it holds."""
    words = "\n".join(on_one_line(str(line)) for line in lines)
    typer.echo(words, err=to_stderr)  # noqa: TID251


def print_table(table: "pd.DataFrame", form: TableFormat) -> None:
    """Print ``table`` to standard output, each row on a line, cells as in our files."""
    from geodata.exports.tables import csv_text

    if form is TableFormat.JSON:
        words = table.to_json(orient="records", force_ascii=False, indent=2)
    else:
        words = csv_text(table).removesuffix("\n")
    print_lines(*words.split("\n"))


def check_output(source: Path, out: Path) -> None:
    """Make sure, before long work, that ``out`` can be written and is not ``source``.

    Raises
    ------
    DataFileError
        If it is the same file, however its path is spelt or linked, is a folder, or lies in none.
    """
    try:
        if out.exists() and source.exists() and out.samefile(source):
            raise DataFileError("output_is_input", file=out)
        if not out.parent.is_dir():
            raise DataFileError("no_folder", file=out, folder=out.parent)
        if out.is_dir():
            raise DataFileError("output_is_folder", file=out)
    except OSError as error:
        raise DataFileError("cannot_write", file=out, reason=error.strerror) from error


def write_csv(table: "pd.DataFrame", out: Path) -> None:
    """Write ``table`` as CSV.

    Raises
    ------
    DataFileError
        If the file cannot be written.
    """
    from geodata.exports.tables import to_csv

    try:
        out.write_bytes(to_csv(table))
    except OSError as error:
        raise DataFileError("cannot_write", file=out, reason=error.strerror) from error


def write_table(table: "pd.DataFrame", out: Path | None) -> None:
    """Write ``table``, which may name people, as CSV and print the file's name, or print it."""
    if out is None:
        print_table(table, TableFormat.CSV)
    else:
        make_private(out)
        write_csv(table, out)
        print_lines(out)

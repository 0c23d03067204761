"""Options that several commands share, what they mean, and how tables are printed."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import PetaKimError
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


def print_table(table: "pd.DataFrame", form: TableFormat) -> None:
    """Print ``table`` to standard output."""
    if form is TableFormat.JSON:
        typer.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        typer.echo(table.to_csv(index=False, lineterminator="\n"), nl=False)

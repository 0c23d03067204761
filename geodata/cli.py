"""The command line: everything the pages do, with the same functions.

Modules that are slow to import are imported by the command that needs them, so that ``--help`` and
the check of a finished build answer at once.
"""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from geodata.cli_boundaries import boundaries_app
from geodata.errors import PetaKimError
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from geodata.registry.snapshot import KimFilter

_PROGRAM = "python -m geodata"

app = typer.Typer(
    help="Peta KIM: where Indonesia's community information groups are, and where nobody is.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

Bidang = StrEnum("Bidang", {name: name for name in BIDANG})  # type: ignore[misc]
Status = StrEnum("Status", {name: name for name in STATUSES})  # type: ignore[misc]


app.add_typer(boundaries_app, name="boundaries")


class TableFormat(StrEnum):
    """How a table is printed."""

    CSV = "csv"
    JSON = "json"


class FileFormat(StrEnum):
    """What an extract is written as."""

    CSV = "csv"
    XLSX = "xlsx"


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


def _kim_filter(
    bidang: list[Bidang] | None, all_fields: bool, status: list[Status] | None, tahun: str | None
) -> "KimFilter":
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


def _region(within: str | None) -> str | None:
    from geodata.regions import parse

    return None if within is None else parse(within)


def _print(table: "pd.DataFrame", form: TableFormat) -> None:
    if form is TableFormat.JSON:
        typer.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        typer.echo(table.to_csv(index=False, lineterminator="\n"), nl=False)


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
) -> None:
    """Build the embedded boundaries and their tileset (once; later calls find them ready)."""
    from geodata.boundaries.build import build_embedded
    from geodata.progress import progress_bar

    with progress_bar() as report:
        boundaries = build_embedded(report, force=force)
    typer.echo(f"Boundaries {boundaries.name} {boundaries.version} are ready.", err=True)


@app.command()
def metrics(
    level: Annotated[Level, typer.Option(help="Level of the regions listed.")],
    within: Within = None,
    bidang: WithFields = None,
    all_fields: AllFields = False,
    status: WithStatus = None,
    tahun: Years = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.CSV,
) -> None:
    """Print the figures of every region of a level, drawn or not.

    Columns: kode, nama, jumlah_kim, jumlah_desa, desa_terlayani, cakupan (a share of 0 to 1),
    kim_per_100_desa.
    """
    from geodata.analysis.metrics import region_metrics
    from geodata.registry.snapshot import load_sample

    kim_filter = _kim_filter(bidang, all_fields, status, tahun)
    _print(region_metrics(load_sample(), kim_filter, level, _region(within)), format)


@app.command()
def gaps(
    level: Annotated[Level, typer.Option(help="Level of the regions listed.")],
    within: Within = None,
    bidang: WithFields = None,
    all_fields: AllFields = False,
    status: WithStatus = None,
    tahun: Years = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.CSV,
) -> None:
    """Print the regions of a level in which no KIM passes the filter."""
    from geodata.analysis.gaps import regions_without_kim
    from geodata.registry.snapshot import load_sample

    kim_filter = _kim_filter(bidang, all_fields, status, tahun)
    _print(regions_without_kim(load_sample(), kim_filter, level, _region(within)), format)


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="File to write. CSV gets a second file beside it.")],
    within: Within = None,
    bidang: WithFields = None,
    all_fields: AllFields = False,
    status: WithStatus = None,
    tahun: Years = None,
    format: Annotated[FileFormat, typer.Option(help="What to write.")] = FileFormat.CSV,
    separator: Annotated[
        str, typer.Option(help="CSV separator: , or ; (with decimal comma, for Indonesian Excel).")
    ] = ",",
    language: Annotated[str, typer.Option(help="Language of the manifest: id or en.")] = "id",
) -> None:
    """Write the KIM that pass the filter, with a manifest of filter, rows, date and sources."""
    from geodata.exports.extracts import write_extract
    from geodata.registry.snapshot import load_sample

    written = write_extract(
        out,
        load_sample(),
        _kim_filter(bidang, all_fields, status, tahun),
        within=_region(within),
        form=format.value,
        separator=separator,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        lang=language,
    )
    for path in written:
        typer.echo(path)


@app.command()
def reference(
    packages: Annotated[
        Path, typer.Option(help="Folder with idn-area-data, geografis and @geo-maps.")
    ] = Path("node_modules"),
) -> None:
    """Make data/ again from the npm packages it is derived from (see `make data`)."""
    from geodata.boundaries.land import write_land
    from geodata.gazetteer import REGIONS_FILE, read_gazetteer
    from geodata.reference import write_reference
    from geodata.registry.published import load_published, write_published
    from geodata.registry.sample import write_sample

    today = datetime.now(UTC).date().isoformat()
    write_land(packages, today)
    write_reference(packages, today)
    gazetteer = read_gazetteer(REGIONS_FILE)
    write_published(gazetteer, today)
    write_sample(gazetteer, load_published())
    typer.echo("data/ is made again.", err=True)


def run() -> None:
    """Run the command line; a user's mistake is one clear line and exit status 2."""
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], standalone_mode=False))
    except PetaKimError as error:
        problem = error.message("en")
    except TyperException as error:
        problem = " ".join(error.format_message().split())
    typer.echo(f"geodata: {problem} ({_PROGRAM} --help tells more)", err=True)
    sys.exit(2)

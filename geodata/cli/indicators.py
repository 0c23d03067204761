"""The command line of indicators: bring tables in, list them, take them out and put them back."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import print_lines, print_notices, write_table
from geodata.cli.registry import Out
from geodata.indicators.indicator import ADDING, KINDS
from geodata.operator import operating
from geodata.people.rights import Right
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd

    from geodata.indicators.indicator import Indicator
    from geodata.indicators.reading import Prepared

indicators_app = typer.Typer(
    help="Indicators: figures of regions beside their KIM, such as people.", no_args_is_help=True
)

_Kind = StrEnum("_Kind", {name: name for name in KINDS})  # type: ignore[misc]
_ADDING = sorted({name for names in ADDING.values() for name in names})
_Adding = StrEnum("_Adding", {name: name for name in _ADDING})  # type: ignore[misc]


class _Good(StrEnum):
    HIGH = "high"
    LOW = "low"


_IS_HIGH = {_Good.HIGH: True, _Good.LOW: False}

Number = Annotated[int, typer.Argument(min=1, help="An import, as `indicators list` numbers it.")]


@indicators_app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV, XLSX, XLS or ODS: regions and their values.")],
    key: Annotated[str, typer.Option(help="Its name in files and links, such as penduduk_desa.")],
    level: Annotated[Level, typer.Option(help="The level of the regions in the file.")],
    year: Annotated[int, typer.Option(help="The year that the values are of.")],
    producer: Annotated[str, typer.Option(help="Whose figures they are.")],
    column: Annotated[
        str, typer.Option(help="Header of the values. Default: the only one that it can be.")
    ] = "",
    name: Annotated[str, typer.Option(help="What it is called; of a new key.")] = "",
    kind: Annotated[_Kind | None, typer.Option(help="What its values are; of a new key.")] = None,
    adding: Annotated[
        _Adding | None,
        typer.Option(help="How values make that of the region above. Default: as is usual."),
    ] = None,
    weight: Annotated[
        str, typer.Option(metavar="KEY", help="The count that a mean is weighted by.")
    ] = "",
    good: Annotated[_Good | None, typer.Option(help="Whether high or low is good.")] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="A category, the best first; to be given for each of them."),
    ] = None,
    decimals: Annotated[
        int | None, typer.Option(help="Digits after the point; of a share, of the share itself.")
    ] = None,
    unit: Annotated[str, typer.Option(help="Unit of an index, such as km.")] = "",
    licence: Annotated[str, typer.Option(help="On which terms they were published.")] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help="Day of publication: 2024-06-30.")] = "",
    percent: Annotated[
        bool, typer.Option("--percent", help="The shares are percentages, without a sign.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would happen to each row.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="CSV to write: every row, and what became of it.")
    ] = None,
) -> None:
    """Bring a table in: rows with a region and a value count at once, the others are listed.

    Regions are told by codes of any edition or by names, as in files of KIM.
    """
    from geodata.gazetteer import load_gazetteer
    from geodata.indicators.combining import left_without
    from geodata.indicators.current import figures
    from geodata.indicators.defining import Said, defined
    from geodata.indicators.reading import prepare
    from geodata.indicators.storing import keep
    from geodata.progress import progress_bar
    from geodata.registry.database.connection import open_registry

    who = operating(Right.INDIKATOR)
    said = Said(
        key=key,
        level=level,
        year=year,
        title=name,
        kind=kind or "",
        adding=adding or "",
        weight=weight,
        high_is_good=None if good is None else _IS_HIGH[good],
        categories=tuple(category or ()),
        decimals=decimals,
        unit=unit,
        producer=producer,
        licence=licence,
        day=day,
    )
    known, gazetteer = figures(), load_gazetteer()
    indicator = defined(said, known)
    with progress_bar() as report:
        prepared = prepare(
            path, indicator, gazetteer, column=column, percent=percent, progress=report
        )
    print_notices(prepared.notices)
    print_lines(*_counts(prepared))
    lost, in_use = left_without(prepared, known, gazetteer)
    if lost:
        print_lines(f"{lost:,} regions with a value of {in_use} have none of {year}.")
    if out is not None:
        write_table(_report(prepared.rows, indicator), out)
    if dry_run:
        print_lines("Nothing was kept: this was a dry run.", to_stderr=True)
        return
    with progress_bar() as report:
        number = keep(open_registry(), prepared, who=who, progress=report)
    print_lines(f"Import {number} counts; `indicators remove {number}` takes it out.")


@indicators_app.command("list")
def list_(out: Out = None) -> None:
    """List the indicators: level, year, how many regions have a value, whose they are."""
    from geodata.indicators.current import figures
    from geodata.indicators.listing import known_imports, list_tables

    write_table(list_tables(figures(), known_imports(), "en"), out)


@indicators_app.command("report")
def report_(number: Number, out: Out = None) -> None:
    """Write what became of each row of an import: its region and value, or why it has none."""
    from geodata.indicators.storing import find_import, rows_of
    from geodata.registry.database.connection import find_registry

    registry = find_registry()
    kept = find_import(registry, number)
    write_table(_report(rows_of(registry, number), kept.indicator), out)


@indicators_app.command("remove")
def remove_(number: Number) -> None:
    """Take an import out: its values no longer count."""
    from geodata.indicators.storing import take_out
    from geodata.registry.database.connection import find_registry

    take_out(find_registry(), number, who=operating(Right.INDIKATOR))
    print_lines(f"Import {number} is out; `indicators restore {number}` puts it back.")


@indicators_app.command("restore")
def restore_(number: Number) -> None:
    """Put an import that was taken out back."""
    from geodata.indicators.storing import put_back
    from geodata.registry.database.connection import find_registry

    put_back(find_registry(), number, who=operating(Right.INDIKATOR))
    print_lines(f"Import {number} counts again.")


def _counts(prepared: "Prepared") -> list[str]:
    """Say how many rows give a value, and why the others give none."""
    from geodata.text import text

    rows = prepared.rows["reason"].value_counts()
    lines = [f"{len(prepared.rows):,} rows: {prepared.accepted:,} give a value."]
    why = ((text(f"indicator_reason.{it}", "en"), count) for it, count in rows.items() if it)
    return [*lines, *(f"{count:,} do not: {words}" for words, count in why)]


def _report(rows: "pd.DataFrame", own: "Indicator") -> "pd.DataFrame":
    from geodata.gazetteer import load_gazetteer
    from geodata.indicators.listing import report_table

    return report_table(rows, own, load_gazetteer(), "en")

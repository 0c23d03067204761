"""The command line of targets: what one for all would ask for, and those that regions have set."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import (
    print_lines,
    prints_table,
    region_there_is,
    snapshot_of,
    with_view,
    write_table,
)
from geodata.cli.registry import Out
from geodata.cli.registry_lines import EVERYWHERE
from geodata.operator import operating
from geodata.people.rights import Right
from geodata.regions import Level
from geodata.targets.region_target import RegionTarget, TargetKind

if TYPE_CHECKING:
    import pandas as pd

    from geodata.view.view import View

targets_app = typer.Typer(
    help="Targets: the pace that one needs, those that were set, and where regions stand.",
    no_args_is_help=True,
)

Year = Annotated[int, typer.Argument(help="The year, 2026.")]
Code = Annotated[
    str, typer.Argument(metavar="CODE", help=f"A region, 35.07; {EVERYWHERE} is a region, too.")
]
Kind = Annotated[TargetKind, typer.Argument(help="What is asked for.")]


@targets_app.command()
@prints_table
@with_view()
def pace(
    view: "View",
    year: Annotated[int, typer.Option(help="The year at whose end the target is due.")],
    unit: Annotated[Level, typer.Option(help="What is counted: kecamatan or desa.")],
    share: Annotated[float, typer.Option(help="Percent of them that should have a KIM.")] = 100,
    level: Annotated[Level, typer.Option(help="Level of the regions listed.")] = Level.PROVINSI,
) -> "pd.DataFrame":
    """Print where every region stands against one target, the pace needed and the pace so far."""
    from geodata.analysis.targets import Target, target_progress

    target, snapshot = Target(unit, share / 100, year), snapshot_of(view)
    table = target_progress(snapshot, view.kim_filter, target, level, view.region)
    days_left = target.days_left(date.fromisoformat(snapshot.date))
    print_lines(f"{table['kurang'].sum()} more {unit} in {days_left} days.", to_stderr=True)
    return table


@targets_app.command()
@prints_table
@with_view()
def standing(view: "View", year: Year) -> "pd.DataFrame":
    """Print where the regions stand that have a target of a year, to the month of the data."""
    from geodata.targets.keeping import load_targets
    from geodata.targets.standing import standings

    of_year = [target for target in load_targets(view.region) if target.year == year]
    return standings(snapshot_of(view), view.kim_filter, of_year)


@targets_app.command("set")
def set_(
    code: Code,
    year: Year,
    kind: Kind,
    value: Annotated[float, typer.Argument(help="KIM, or percent.")],
) -> None:
    """Set a target of a region: `targets set 35.07 2026 kim_baru 53`."""
    from geodata.registry.database.connection import open_registry
    from geodata.targets.keeping import set_targets

    region = _region(code)
    target = RegionTarget(region, year, kind, value / 100 if kind.unit else value)
    changed = set_targets(open_registry(), [target], who=operating(Right.SASARAN, region or None))
    print_lines("Set." if changed else "It was so before.")


@targets_app.command()
def withdraw(code: Code, year: Year, kind: Kind) -> None:
    """Take a target of a region back; its history stays."""
    from geodata.registry.database.connection import find_registry
    from geodata.targets.keeping import withdraw_target

    region = _region(code)
    who = operating(Right.SASARAN, region or None)
    gone = withdraw_target(find_registry(), (region, year, kind), who=who)
    print_lines("Taken back." if gone else "There was none.")


@targets_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX: a region, tahun, jenis and nilai.")],
    out: Out = None,
) -> None:
    """Set the targets of a file, and print each row with what became of it.

    Columns: the code of a region or its names with their parents, tahun, jenis (kim_baru,
    bagian_kecamatan, bagian_desa, or as the page calls them) and nilai (KIM, or percent: 80%).
    """
    from geodata.gazetteer import load_gazetteer
    from geodata.registry.database.connection import open_registry
    from geodata.targets.keeping import set_targets
    from geodata.targets.target_file import read_target_file

    rows, targets = read_target_file(file, load_gazetteer())
    who = operating(Right.SASARAN)
    changed = set_targets(open_registry(), targets, who=who, file_name=file.name)
    print_lines(
        f"{len(rows)} rows: {len(targets)} targets, {changed} of them new or changed.",
        to_stderr=True,
    )
    write_table(rows, out)


@targets_app.command()
def history(code: Code = EVERYWHERE, out: Out = None) -> None:
    """Print all targets that were ever set for a region and those in it, the latest first."""
    from dataclasses import asdict

    import pandas as pd

    from geodata.targets.keeping import Entry, load_history

    rows = [asdict(entry) for entry in load_history(_region(code) or None)]
    write_table(pd.DataFrame(rows, columns=list(Entry.__dataclass_fields__)), out)


def _region(code: str) -> str:
    """Return the code of a region as targets have it."""
    return "" if code == EVERYWHERE else region_there_is(code) or ""

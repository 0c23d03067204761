"""The command on the lineage of regions: what became of them since older editions."""

from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import prints_table
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd


@prints_table
def lineage(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", help="An older code, e.g. 91.01: this region and those in it."
        ),
    ] = None,
    level: Annotated[Level, typer.Option(help="Of the regions that are counted.")] = Level.DESA,
) -> "pd.DataFrame":
    """Print what regions of older editions are today; without CODE, how many of each kind.

    Regions that have kept code, name and all their desa are not among them.
    """
    from geodata.lineage.lineage import kinds_by_provinsi, load_lineage
    from geodata.regions import is_within, parse

    table = load_lineage()
    if code is None:
        return kinds_by_provinsi(table, level)
    wanted = parse(code)
    return table[[is_within(kode, wanted) for kode in table["kode"]]]

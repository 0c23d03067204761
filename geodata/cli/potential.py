"""The commands on potential: two measures of regions at once, and a field against a potential."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import (
    Bidang,
    Language,
    measure_named,
    print_lines,
    prints_table,
    snapshot_of,
    with_view,
)
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd

    from geodata.view.view import View

OfLevel = Annotated[Level, typer.Option(help="Level of the regions listed.")]


@prints_table
@with_view()
def quadrants(
    view: "View",
    first: Annotated[
        str, typer.Argument(parser=measure_named, help="A metric, such as a potential.")
    ],
    second: Annotated[str, typer.Argument(parser=measure_named, help="What it is held against.")],
    level: OfLevel,
) -> "pd.DataFrame":
    """Print the regions by two measures at once, and whether each of these is high or low.

    Columns: kode, names above, nama, both measures, kuadran: the first high and the second low
    (tinggi_rendah), and so on; high is above the median of these regions. Regions of which a
    measure is not known are left out.
    """
    from geodata.analysis.bivariate import QUADRANTS
    from geodata.boundaries.store import active_set
    from geodata.view.two_measures import two_measures

    view = replace(view, metric=second).drawn_at(level)
    shown = two_measures(view, first, snapshot_of(view), active_set())
    regions = shown.regions
    print_lines(
        f"Left out: {regions.without_data} without data, {regions.unreported} that have not "
        "reported.",
        to_stderr=True,
    )
    return shown.listed(snapshot_of(view), dict(zip(QUADRANTS, QUADRANTS, strict=True)))


@prints_table
@with_view(without=("bidang", "all_fields"))
def potential(
    view: "View",
    field: Annotated[Bidang, typer.Argument(metavar="BIDANG", help="A field, such as umkm.")],
    measure: Annotated[
        str, typer.Argument(parser=measure_named, help="The metric that measures a potential.")
    ],
    level: OfLevel,
    language: Language = "en",
) -> "pd.DataFrame":
    """Print where a potential is in the upper third and no KIM works in its field.

    Columns: kode, names above, nama, the potential, kim_bidang_lain (KIM of other fields). Said
    beside it: how potential and field go together, as a rank correlation with its interval.
    """
    from geodata.boundaries.store import active_set
    from geodata.view.field_potential import field_potential

    shown = field_potential(
        view.drawn_at(level), str(field), measure, snapshot_of(view), active_set()
    )
    print_lines(shown.correlation_in_words(language), to_stderr=True)
    return shown.unserved

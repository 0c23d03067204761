"""The command on priority: which regions come first by several measures at once."""

from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import print_lines, prints_table, snapshot_of, with_view
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd

    from geodata.view.view import View

Criteria = Annotated[
    str,
    typer.Option(
        metavar="CRITERIA",
        help="Measures as measure.direction.weight, separated by commas: cakupan.rendah.2 counts "
        "low coverage twice. Default: coverage, distance and, where known, people, all alike.",
    ),
]


@prints_table
@with_view()
def priority(
    view: "View",
    level: Annotated[Level, typer.Option(help="Level of the regions listed.")],
    criteria: Criteria = "",
    first: Annotated[int, typer.Option(min=1, max=1000, help="How many come first.")] = 10,
) -> "pd.DataFrame":
    """Print regions by priority: score, how surely each is among the first, and its figures.

    Score 0 to 100: the mean, by weight, of where a region stands among all of its level. bertahan:
    share of 1,000 draws of weights, each up to 20% off, in which it is among the first. Regions of
    which a figure is not known have no score.
    """
    from geodata.gazetteer import load_gazetteer
    from geodata.view.priorities import PrioritySettings, priorities, require_criteria
    from geodata.view.priority_words import priority_in_words
    from geodata.view.words import region_title

    settings = PrioritySettings(require_criteria(criteria, level), first)
    asked = snapshot_of(view), view.kim_filter, level, view.region
    ranked = priorities(*asked, settings)
    region = region_title(load_gazetteer(), view.region, "en")
    print_lines(priority_in_words(ranked, region, "en"), to_stderr=True)
    return ranked.table

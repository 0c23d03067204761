"""The commands on regions and KIM, and those that make what the application ships and needs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import metric_named, print_lines, prints_table, snapshot_of, with_view
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd

    from geodata.view.view import View

app = typer.Typer(
    help="Peta KIM: where Indonesia's community information groups are, and where nobody is.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
) -> None:
    """Build the embedded boundaries, their tileset and Petak's (later calls find them ready)."""
    from geodata.boundaries.build import build_embedded
    from geodata.boundaries.petak.tilesets import build_petak
    from geodata.progress import progress_bar

    with progress_bar() as report:
        boundaries = build_embedded(report, force=force)
        build_petak(report)
    print_lines(f"Boundaries {boundaries.name} {boundaries.version} are ready.", to_stderr=True)


@app.command(name="settings")
@prints_table
def show_settings() -> "pd.DataFrame":
    """Print every setting: variable, value (secrets masked), source, what it is for."""
    import pandas as pd

    from geodata.settings import entries

    return pd.DataFrame(entries())


@app.command()
@prints_table
@with_view()
def metrics(
    view: "View",
    level: Annotated[Level, typer.Option(help="Level of the regions listed.")],
    metric: Annotated[
        str | None,
        typer.Option(
            parser=metric_named,
            help="A metric whose column is printed, too, be it of an indicator: penduduk.",
        ),
    ] = None,
) -> "pd.DataFrame":
    """Print the figures of every region of a level, drawn or not.

    Columns: kode, nama, jumlah_kim, jumlah_desa, desa_terlayani, cakupan (a share of 0 to 1),
    kim_per_100_desa.
    """
    from geodata.view.metrics import DEFAULT_METRIC, metric_table

    name = metric or DEFAULT_METRIC
    return metric_table(name, snapshot_of(view), view.kim_filter, None, level, view.region)


@app.command()
def reference(
    packages: Annotated[
        Path, typer.Option(help="Folder with idn-area-data, geografis and @geo-maps.")
    ] = Path("node_modules"),
    editions: Annotated[
        Path | None,
        typer.Option(
            help="Parquet file of the editions of the official list: edisi, kode, nama. Without "
            "it the lineage stays as it is."
        ),
    ] = None,
    people: Annotated[
        Path | None, typer.Option(help="CSV of people: kode, laki_laki, perempuan, jumlah.")
    ] = None,
    idm: Annotated[
        Path | None,
        typer.Option(help="CSV of the IDM: kode_desa, idm, iks, ike, ikl, status_idm."),
    ] = None,
) -> None:
    """Make data/ again from the npm packages it is derived from (see `make data`)."""
    from geodata.boundaries.land import write_land
    from geodata.boundaries.official_area import write_official_area
    from geodata.days import today
    from geodata.gazetteer import REGIONS_FILE, read_gazetteer
    from geodata.indicators.making import write_idm, write_people
    from geodata.lineage.making import write_lineage
    from geodata.reference import write_reference
    from geodata.registry.published import load_published, write_published
    from geodata.registry.sample import write_sample

    made = today().isoformat()
    write_land(packages, made)
    write_reference(packages, made)
    if editions is not None:
        write_lineage(editions, made)
    gazetteer = read_gazetteer(REGIONS_FILE)
    write_published(gazetteer, made)
    write_official_area(gazetteer, made)
    if people is not None:
        write_people(people, made)
    if idm is not None:
        write_idm(idm, gazetteer, made)
    write_sample(gazetteer, load_published())
    print_lines("data/ is made again.", to_stderr=True)

"""The commands on change between two days: by region as a table, of one region as a report."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import Language, day_of, print_lines, prints_table, with_view
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd

    from geodata.view.view import View


@prints_table
@with_view(without=("per",))
def change(
    view: "View",
    start: Annotated[str, typer.Argument(metavar="DAY", help="The end of this day, and")],
    end: Annotated[str, typer.Argument(metavar="DAY", help="of this one: 2024-12-31.")],
    level: Annotated[Level, typer.Option(help="Level of the regions listed.")] = Level.PROVINSI,
) -> "pd.DataFrame":
    """Print what changed between two days in every region of a level; the numbers add up.

    Columns: kode, nama, awal (KIM at the start), those that came (laporan_pertama, baru,
    tak_bertanggal, kembali, data_masuk), those that left (ditutup, dihapus, data_keluar), those
    that are in another desa (pindah_..., ganti_kode_...), akhir. KIM that are tidak_aktif do not
    count, unless --status says so.
    """
    from geodata.analysis.change import change_between
    from geodata.registry.current import load_snapshot

    first, last = sorted(map(day_of, (start, end)))
    before, after = (load_snapshot(day, view.region) for day in (first, last))
    return change_between(before, after, view.kim_filter).by_region(level, view.region)


@with_view(without=("per",))
def report(
    view: "View",
    start: Annotated[str, typer.Argument(metavar="DAY", help="The end of this day, and")],
    end: Annotated[str, typer.Argument(metavar="DAY", help="of this one: 2024-12-31.")],
    out: Annotated[Path, typer.Option(help="Folder to write into; it is made if need be.")],
    language: Language = "id",
) -> None:
    """Write the report of a period: HTML, PDF and XLSX of a region (--within), default Indonesia.

    What changed, by region and KIM by KIM, who has reported, and the targets of the year of the
    later day.
    """
    from geodata.boundaries.store import active_set
    from geodata.exports.briefing.pack import write_file
    from geodata.exports.manifest import sources_of
    from geodata.exports.period.compose import make_period_report
    from geodata.exports.period.written import report_files
    from geodata.registry.current import load_snapshot
    from geodata.targets.keeping import load_targets

    first, last = sorted(map(day_of, (start, end)))
    before, after = (load_snapshot(day, view.region) for day in (first, last))
    made = make_period_report(
        (before, after),
        (first, last),
        replace(view, lang=language),
        active_set(),
        load_targets(view.region),
        sources_of(after),
    )
    for name, body in report_files(made).items():
        print_lines(write_file(out / name, body))

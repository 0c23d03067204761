"""The command on change: what became of the KIM of each region between two days."""

from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import day_of, prints_table, with_view
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

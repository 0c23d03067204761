"""The command on who has reported: of each kabupaten/kota, and of those that are silent."""

from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import prints_table, region_code
from geodata.operator import operating
from geodata.people.rights import Right

if TYPE_CHECKING:
    import pandas as pd


@prints_table
def reporting(
    silent_for: Annotated[
        int | None,
        typer.Option(
            min=1, max=1200, metavar="MONTHS", help="Only those without data of these months."
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Only inside this region, e.g. 35. Default: Indonesia."),
    ] = None,
    with_files: Annotated[
        bool,
        typer.Option(
            "--with-files", help="Also which file it was, and who brought it in: not to be sent on."
        ),
    ] = False,
) -> "pd.DataFrame":
    """Print of each kabupaten/kota of which day its data are, and how fresh its KIM are.

    Columns: kode, nama, provinsi, melapor, tanggal_data (the latest day that its data are of),
    masuk, hari_sejak (days since tanggal_data), baris, ditinjau, kim, kim_diperbarui (touched in
    the last twelve months), bagian_diperbarui (a share of 0 to 1).
    """
    from geodata.analysis.silence import silent
    from geodata.gazetteer import load_gazetteer
    from geodata.regions import Level
    from geodata.registry.current import load_board, load_snapshot
    from geodata.registry.database.board import INTERNAL, board_day

    region = region_code(within)
    if with_files:
        operating(Right.IMPOR, region)
    scope = load_gazetteer().within(Level.KABUPATEN_KOTA, region)
    board = load_board().iloc[scope]
    if silent_for is not None:
        board = silent(board, silent_for, board_day(load_snapshot()))
    return board if with_files else board.drop(columns=list(INTERNAL))

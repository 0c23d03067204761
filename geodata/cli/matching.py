"""The command that matches a table to regions."""

from pathlib import Path
from typing import Annotated

import typer

from geodata.cli.options import check_output, print_lines, print_notices, write_csv
from geodata.errors import PetaKimError
from geodata.private_files import write_private


def match(
    path: Annotated[
        Path, typer.Argument(metavar="IN", help="A table: CSV, XLSX, XLS or ODS, titles and all.")
    ],
    out: Annotated[Path, typer.Option(help="CSV to write; another file than IN.")],
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADER=FIELD",
            help="What a column holds, where the guess is wrong: kode_wilayah, provinsi, "
            "kabupaten_kota, kecamatan, desa, lat, lng, koordinat, or nothing after the =.",
        ),
    ] = None,
) -> None:
    """Find the region of each row by code, names with their parents, and coordinates.

    Every column of the file is kept, and the order of its rows. Added are kode_wilayah, metode,
    skor (0 to 1), status (cocok, ragu or gagal) and kandidat.
    """
    from geodata.gazetteer import load_gazetteer
    from geodata.progress import progress_bar
    from geodata.registry.intake.matching_file import match_file
    from geodata.registry.intake.sheets.headers import fields

    write_private()  # whose table it is, and whom it names, nobody knows
    check_output(path, out)
    corrections: dict[str, str] = {}
    for assignment in column or ():
        header, equals, field = assignment.rpartition("=")
        if not equals or field not in ("", *fields()):
            raise PetaKimError("intake_column", value=assignment, allowed=", ".join(fields()))
        corrections[header] = field
    with progress_bar() as report:
        matched, notices = match_file(
            path, load_gazetteer(), corrections=corrections, progress=report
        )
    print_notices(notices)
    write_csv(matched, out)
    status = matched.iloc[:, -2].value_counts()
    counts = ", ".join(f"{status.get(name, 0):,} {name}" for name in ("cocok", "ragu", "gagal"))
    print_lines(f"{len(matched):,} rows: {counts}.", to_stderr=True)

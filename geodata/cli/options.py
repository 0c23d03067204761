"""What commands share: the options that say a view, and how tables are printed."""

import inspect
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geodata.errors import DataFileError, PetaKimError, SelectionError
from geodata.lines import on_one_line
from geodata.private_files import make_private
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES
from geodata.whole_files import writing

if TYPE_CHECKING:
    import pandas as pd

    from geodata.registry.notice import Notice
    from geodata.registry.snapshot import Snapshot
    from geodata.view.view import View

Bidang = StrEnum("Bidang", {name: name for name in BIDANG})  # type: ignore[misc]
Status = StrEnum("Status", {name: name for name in STATUSES})  # type: ignore[misc]


class TableFormat(StrEnum):
    """How a table is printed."""

    CSV = "csv"
    JSON = "json"


Language = Annotated[str, typer.Option(help="Language of texts: id or en.")]

_VIEW_OPTIONS: dict[str, tuple[Any, Any]] = {
    "within": (
        Annotated[
            str | None,
            typer.Option(
                metavar="CODE",
                help="Only inside this region, e.g. 35 or 35.07. Default: Indonesia.",
            ),
        ],
        None,
    ),
    "bidang": (
        Annotated[
            list[Bidang] | None,
            typer.Option("--bidang", help="Only KIM of this field; may be given several times."),
        ],
        None,
    ),
    "all_fields": (
        Annotated[
            bool,
            typer.Option("--all-fields", help="A KIM must work in all given fields, not just one."),
        ],
        False,
    ),
    "status": (
        Annotated[
            list[Status] | None,
            typer.Option("--status", help="Only KIM of this status; may be given several times."),
        ],
        None,
    ),
    "tahun": (
        Annotated[
            str | None,
            typer.Option(
                "--tahun",
                metavar="YEARS",
                help="Only KIM registered in 2015 or in 2015-2020.",
            ),
        ],
        None,
    ),
    "per": (
        Annotated[
            str | None,
            typer.Option(metavar="DAY", help="The registry as of this day: 2024-12-31."),
        ],
        None,
    ),
}
_FORMAT = Annotated[TableFormat, typer.Option(help="How to print.")]

Command = Callable[..., Any]


def with_view(*, without: tuple[str, ...] = ()) -> Callable[[Command], Command]:
    """Give a command the options that say a view, which it takes as its first argument.

    Parameters
    ----------
    without
        Names of the options that it does not have.
    """

    def decorate(command: Command) -> Command:
        options = {name: it for name, it in _VIEW_OPTIONS.items() if name not in without}

        @wraps(command)
        def run(**given: Any) -> Any:
            view = view_of(**{name: given.pop(name) for name in options})
            result = command(view, **given)
            if "within" in options and view.kim_filter.tahun:
                _say_without_year(view)
            return result

        return _signed(run, command, options)

    return decorate


def prints_table(command: Command) -> Command:
    """Print the table that a command returns, as its option ``--format`` says."""
    options = {"format": (_FORMAT, TableFormat.CSV)}

    @wraps(command)
    def run(**given: Any) -> None:
        form = given.pop("format")
        print_table(command(**given), form)

    return _signed(run, command, options, after_view=False)


def _say_without_year(view: "View") -> None:
    from geodata.analysis.region_metrics import kim_without_year

    left_out = kim_without_year(snapshot_of(view), view.kim_filter, view.region)
    if left_out:
        words = f"Left out: {left_out} KIM whose year of registration is not known."
        print_lines(words, to_stderr=True)


def _signed(
    run: Command, command: Command, options: dict[str, tuple[Any, Any]], after_view: bool = True
) -> Command:
    """Give ``run`` the parameters of ``command`` (but for a view) and ``options``, for Typer."""
    own = list(inspect.signature(command).parameters.values())[1 if after_view else 0 :]
    added = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, (annotation, default) in options.items()
    ]
    kept = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    run.__signature__ = inspect.Signature([*kept, *added])  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*kept, *added)}
    return run


def view_of(
    within: str | None = None,
    bidang: list[Bidang] | None = None,
    all_fields: bool = False,
    status: list[Status] | None = None,
    tahun: str | None = None,
    per: str | None = None,
) -> "View":
    """Return the view that options name.

    Raises
    ------
    PetaKimError
        If the region's code, the years or the day are not written as such.
    """
    from geodata.registry.snapshot import KimFilter
    from geodata.view.view import View

    span = None
    if tahun is not None:
        first, _, last = tahun.partition("-")
        try:
            span = int(first), int(last or first)
        except ValueError:
            raise PetaKimError("year_format", value=tahun) from None
    kim_filter = KimFilter(
        bidang=tuple(bidang or ()),
        mode="semua" if all_fields else "salah_satu",
        status=tuple(status or ()),
        tahun=span,
    )
    day = None if per is None else day_of(per)
    return View(region_code(within), kim_filter=kim_filter, day=day)


def snapshot_of(view: "View") -> "Snapshot":
    """Return the registry as of the day of the view."""
    from geodata.registry.current import load_snapshot

    return load_snapshot(view.day, view.region)


def day_of(written: str) -> date:
    """Return a day that is over or is today; another is a ``PetaKimError``."""
    from geodata.view.address import past_day

    try:
        return past_day(written)
    except ValueError:
        raise PetaKimError("day_format", value=written) from None


def region_code(within: str | None) -> str | None:
    """Return the code of the region ``within``; a wrong one is a ``PetaKimError``."""
    from geodata.regions import parse

    return None if within is None else parse(within)


def region_there_is(within: str | None) -> str | None:
    """Return the code of the region ``within``; one that is none is a ``PetaKimError``, too."""
    from geodata.gazetteer import load_gazetteer

    code = region_code(within)
    if code is not None:
        load_gazetteer().name(code)
    return code


def metric_named(name: str) -> str:
    """Return the name of a metric that a command can make; another is a ``PetaKimError``."""
    from geodata.view.metrics import METRICS

    return _known(name, [metric.name for metric in METRICS.values() if not metric.expensive])


def measure_named(name: str) -> str:
    """Return the name of a metric that is a number; another is a ``PetaKimError``."""
    from geodata.view.metrics import MEASURES

    return _known(name, list(MEASURES))


def _known(name: str, names: list[str]) -> str:
    if name not in names:
        raise SelectionError("metric_name", value=name, allowed=", ".join(names))
    return name


def print_lines(*lines: object, to_stderr: bool = False) -> None:
    """Print each of ``lines`` as one line, whatever a name in it holds."""
    words = "\n".join(on_one_line(str(line)) for line in lines)
    typer.echo(words, err=to_stderr)  # noqa: TID251


def print_notices(notices: Iterable["Notice"]) -> None:
    """Print what there is to say of how a file was read, to standard error."""
    for notice in notices:
        print_lines(notice.message("en"), to_stderr=True)


def print_table(table: "pd.DataFrame", form: TableFormat) -> None:
    """Print ``table`` to standard output, each row on a line, cells as in our files."""
    from geodata.exports.spreadsheets import csv_text

    if form is TableFormat.JSON:
        words = table.to_json(orient="records", force_ascii=False, indent=2)
    else:
        words = csv_text(table).removesuffix("\n")
    print_lines(*words.split("\n"))


def check_output(source: Path, out: Path) -> None:
    """Make sure, before long work, that ``out`` can be written and is not ``source``.

    Raises
    ------
    DataFileError
        If it is the same file, however its path is spelt or linked, is a folder, or lies in none.
    """
    with writing(out):
        if out.exists() and source.exists() and out.samefile(source):
            raise DataFileError("output_is_input", file=out)
        if not out.parent.is_dir():
            raise DataFileError("no_folder", file=out, folder=out.parent)
        if out.is_dir():
            raise DataFileError("output_is_folder", file=out)


def write_csv(table: "pd.DataFrame", out: Path) -> None:
    """Write ``table`` as CSV.

    Raises
    ------
    DataFileError
        If the file cannot be written.
    """
    from geodata.exports.spreadsheets import to_csv

    with writing(out):
        out.write_bytes(to_csv(table))


def write_table(table: "pd.DataFrame", out: Path | None) -> None:
    """Write ``table``, which may name people, as CSV and print the file's name, or print it."""
    if out is None:
        print_table(table, TableFormat.CSV)
    else:
        make_private(out)
        write_csv(table, out)
        print_lines(out)

"""The command line of boundary sets: import official files, list, activate, report, remove."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import print_lines
from geodata.errors import DataFileError
from geodata.operator import operating
from geodata.people.rights import Right
from geodata.regions import Level
from geodata.text import text

if TYPE_CHECKING:
    from geodata.boundaries.import_report import ImportReport

boundaries_app = typer.Typer(
    help="Boundary sets: import official files, and choose the set in use.", no_args_is_help=True
)

_NAMED_AT_MOST = 10


class ReportFormat(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"


Name = Annotated[str, typer.Argument(help="A set, as `boundaries list` names it.")]


@boundaries_app.command("import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(
            help="Shapefile (also zipped, also a folder of many), GeoPackage, GeoJSON, TopoJSON, "
            "FlatGeobuf, File Geodatabase, KML or GeoParquet."
        ),
    ],
    name: Annotated[str | None, typer.Option(help="Name of the set. Default: the file's.")] = None,
    source: Annotated[
        str,
        typer.Option(
            help="Whose file it is: auto, big, hdx, bps, gadm, geoboundaries, dukcapil, kim or "
            "generic."
        ),
    ] = "auto",
    code_field: Annotated[
        str | None, typer.Option(help="Field with the Kemendagri code, of a generic file.")
    ] = None,
    name_field: Annotated[
        str | None, typer.Option(help="Field with the name, of a generic file.")
    ] = None,
    level: Annotated[
        Level | None, typer.Option(help="Level of the polygons, if the file does not tell.")
    ] = None,
    crs: Annotated[
        str | None,
        typer.Option(help="Coordinate reference system, such as EPSG:4326, if the file lacks it."),
    ] = None,
    vintage: Annotated[str, typer.Option(help="The year that the boundaries hold for.")] = "",
    licence: Annotated[str, typer.Option(help="The licence that they were published under.")] = "",
    polygonise: Annotated[
        bool,
        typer.Option(
            "--polygonise", help="Make areas of border lines; --level says of which level they are."
        ),
    ] = False,
    activate: Annotated[bool, typer.Option("--activate", help="Use the set at once.")] = False,
) -> None:
    """Import official boundaries as a new set, and print what became of every row."""
    from geodata.boundaries import keeping
    from geodata.boundaries.importing import import_boundaries
    from geodata.boundaries.reading.options import Options
    from geodata.progress import progress_bar

    who = operating(Right.BATAS)
    options = Options(source, code_field, name_field, level, crs, vintage, licence, polygonise)
    with progress_bar() as report:
        boundaries, finding = import_boundaries(path, report, name=name, options=options)
    keeping.note_import(boundaries, who=who)
    if activate:
        keeping.activate(boundaries, who=who)
    print_lines(*report_lines(finding))
    used = "is in use" if activate else "is ready; `boundaries activate` puts it in use"
    print_lines(f"{boundaries.path.name} {used}.", to_stderr=True)


@boundaries_app.command("list")
def list_() -> None:
    """List the sets of the store; a star marks the one in use."""
    from geodata.boundaries import store

    try:
        active = store.active_set().path
    except DataFileError:
        active = None
    for boundaries in store.list_sets():
        said = boundaries.manifest
        mark = "*" if boundaries.path == active else " "
        year, licence = said.vintage or "vintage not stated", said.licence or "licence not stated"
        line = f"{mark} {boundaries.path.name}: {said.counts['desa']:,} desa, {year}, {licence}, "
        print_lines(f"{line}built {said.built[:19]}")


@boundaries_app.command("activate")
def activate_(name: Name) -> None:
    """Put a set in use; a running app follows at its next page."""
    from geodata.boundaries import keeping, store

    who = operating(Right.BATAS)
    boundaries = store.find(name)
    keeping.activate(boundaries, who=who)
    print_lines(f"{boundaries.path.name} is in use.", to_stderr=True)


@boundaries_app.command("report")
def report_(
    name: Name,
    format: Annotated[ReportFormat, typer.Option(help="How to print.")] = ReportFormat.TEXT,
) -> None:
    """Print what the import of a set found: coverage of the reference, repairs, losses."""
    from geodata.boundaries import store
    from geodata.boundaries.import_report import read_report

    finding = read_report(store.find(name))
    if format is ReportFormat.JSON:
        print_lines(*finding.to_json().removesuffix("\n").split("\n"))
    else:
        print_lines(*report_lines(finding))


@boundaries_app.command("remove")
def remove_(name: Name) -> None:
    """Remove a set from the store; never the one in use."""
    from geodata.boundaries import keeping

    boundaries = keeping.remove(name, who=operating(Right.BATAS))
    print_lines(f"{boundaries.path.name} is removed.", to_stderr=True)


def report_lines(finding: "ImportReport") -> Iterator[str]:
    """Write a report as lines of text, long lists cut short."""
    from geodata.gazetteer import load_gazetteer

    for warning in finding.warnings("en"):
        yield f"WARNING: {warning}"
    read_as = ", ".join(f"{name} as {role}" for name, role in finding.fields.items())
    yield f"Source: {finding.source} {finding.producer}".rstrip() + f"; {read_as}"
    for line in finding.passed_over_in_words("en"):
        yield f"  passed over: {line}"
    yield (
        f"Rows: {finding.rows:,} = {finding.polygons:,} polygons + {finding.merged:,} merged "
        f"+ {len(finding.rejected):,} rejected"
    )
    for reason, count in Counter(row["alasan"] for row in finding.rejected).most_common():
        yield f"  rejected, {text(f'import_reason.{reason}', 'en')}: {count:,}"
    for method, count in finding.methods.items():
        yield f"  resolved by {method}: {count:,}"
    for level, counts in finding.levels.items():
        yield (
            f"{level}: {counts['present']:,} present, {counts['missing']:,} missing"
            f"{_some(counts['named'], counts['missing'])}"
        )
    if finding.unknown:
        likely = [f"{row['kode_asal']} -> {row['kode'] or '?'}" for row in finding.unknown]
        yield f"Codes not in the reference: {len(likely):,}{_some(likely)}"
    if finding.duplicated:
        yield f"Codes on several rows: {len(finding.duplicated):,}{_some(finding.duplicated)}"
    if finding.names_differ["count"]:
        others = [
            f"{row['kode']} {row['nama']} (reference: {row['nama_acuan']})"
            for row in finding.names_differ["first"]
        ]
        yield f"Named otherwise in the reference: {finding.names_differ['count']:,}{_some(others)}"
    yield (
        f"Repairs: {finding.repairs['made_valid']:,} polygons made valid, "
        f"{finding.repairs['parts_dropped']:,} points or lines dropped"
    )
    seams = finding.seams
    yield (
        f"Seams: {seams['mismatched_km']:,} km of borders of {seams['mismatched']:,} polygons did "
        f"not agree, {seams['left_km']:,} km still do not"
    )
    yield (
        f"  {seams['gaps_closed']:,} gaps narrower than {seams['closed_width_m']} m closed "
        f"({seams['gained_km2']:,} km2), {seams['gaps_left']:,} wider ones left; overlaps given to "
        f"the smaller region ({seams['lost_km2']:,} km2)"
    )
    outside = finding.points_outside
    where = [f"{row['kode']} {row['nama']}" for row in outside["first"]]
    yield (
        f"Village points outside their polygon: {outside['count']:,} of {outside['of']:,}"
        f"{_some(where)}"
    )
    for level, counts in finding.parts.items():
        most = [f"{row['kode']} {row['nama']} {row['bagian']:,}" for row in counts["most"]]
        yield f"Parts of {level}: {counts['total']:,}; most{_some(most)}"
    yield from _upper_lines(finding)
    yield "Area, and official area (BIG 2024):"
    for row in finding.areas(load_gazetteer()).itertuples():
        yield (
            f"  provinsi {row.kode} {row.nama}: {row.area_km2:,.1f} km2 of "
            f"{row.luas_resmi_km2:,.1f} ({row.bagian_resmi:.1%})"
        )


def _upper_lines(finding: "ImportReport") -> Iterator[str]:
    """Write how the upper levels of the file differ from the unions that are used."""
    for level, figures in finding.upper.items():
        lost = "".join(
            f", {count:,} rejected ({why})" for why, count in figures["rejected"].items()
        )
        yield (
            f"The file's own {level}: {figures['rows']:,} rows{lost}; {figures['compared']:,} "
            f"compared with the unions of {finding.level}, {figures['beda']:.2%} of the area "
            "differs"
        )
        differing = [f"{row['kode']} {row['nama']} {row['beda']:.2%}" for row in figures["first"]]
        yield f"  most different{_some(differing, figures['compared'])}"
        if figures["only_given"]:
            yield f"  without {finding.level} in the file{_some(figures['only_given'])}"


def _some(items: "list[str] | dict[str, int]", of: int | None = None) -> str:
    """Name the first of ``items``, of which there are ``of`` in all."""
    listed = list(items)[:_NAMED_AT_MOST]
    more = ", ..." if (of or len(items)) > len(listed) else ""
    return f": {', '.join(listed)}{more}" if listed else ""

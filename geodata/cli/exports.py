"""The commands that write what people take away."""

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import (
    Language,
    measure_named,
    metric_named,
    print_lines,
    snapshot_of,
    with_view,
)
from geodata.exports.formats import FORMATS
from geodata.regions import Level

if TYPE_CHECKING:
    from geodata.view.view import View

_FORMATS = {form.name: form for form in FORMATS.values()}
FormatName = StrEnum("FormatName", {name: name for name in _FORMATS})  # type: ignore[misc]


@with_view()
def export(
    view: "View",
    out: Annotated[Path, typer.Option(help="File to write; its manifest comes beside it.")],
    level: Annotated[
        Level | None,
        typer.Option(help="Figures of the regions of this level, instead of the rows of KIM."),
    ] = None,
    metric: Annotated[
        str | None,
        typer.Option(
            parser=metric_named, help="A metric whose column regions have, too: penduduk."
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Columns wanted, as nama_kim,bidang. Default: all.")
    ] = None,
    format: Annotated[
        FormatName,
        typer.Option(help="geojson, gpkg, shp (zipped) and parquet have the geometry."),
    ] = FormatName["csv"],
    separator: Annotated[
        str, typer.Option(help="CSV separator: , or ; (with decimal comma, for Indonesian Excel).")
    ] = ",",
    language: Language = "id",
) -> None:
    """Write the KIM that pass the filter, or figures by region, with a manifest."""
    from geodata.boundaries.store import active_set
    from geodata.exports.extracts import Extract
    from geodata.exports.files import save
    from geodata.exports.manifest import Imprint, sources_of
    from geodata.view.metrics import DEFAULT_METRIC, require_metric

    if metric and level:
        require_metric(metric, level)
    form, snapshot = _FORMATS[format.value], snapshot_of(view)
    extract = Extract(
        snapshot,
        replace(view, level=level, metric=metric or DEFAULT_METRIC),
        "wilayah" if level else "kim",
        active_set() if level and form.spatial else None,
        tuple(columns.split(",")) if columns else (),
    )
    imprint = Imprint(sources_of(snapshot), _now(), language)
    for path in save(extract, form, out, imprint, separator):
        print_lines(path)


@with_view()
def briefing(
    view: "View",
    out: Annotated[Path, typer.Option(help="Folder to write into; it is made if need be.")],
    level: Annotated[
        Level | None, typer.Option(help="Level on the map. Default: the one below the region.")
    ] = None,
    metric: Annotated[
        str, typer.Option(parser=measure_named, help="Metric on the map.")
    ] = "cakupan",
    language: Language = "id",
) -> None:
    """Write the briefing pack of a region: HTML that works offline, PPTX, PDF, and a PNG map."""
    from geodata.boundaries.store import active_set
    from geodata.exports.briefing.compose import make_briefing
    from geodata.exports.briefing.pack import write_pack
    from geodata.exports.manifest import sources_of
    from geodata.progress import progress_bar

    view = replace(view, level=level, metric=metric, lang=language)
    snapshot = snapshot_of(view)
    with progress_bar() as report:
        made = make_briefing(snapshot, active_set(), view, sources_of(snapshot))
        paths = write_pack(made, out, report)
    for path in paths:
        print_lines(path)


@with_view()
def atlas(
    view: "View",
    out: Annotated[Path, typer.Option(help="Folder to write into; it is made if need be.")],
    level: Annotated[
        Level, typer.Option(help="A deck for each region of it: provinsi or kabupaten_kota.")
    ] = Level.PROVINSI,
    metric: Annotated[
        str, typer.Option(parser=measure_named, help="Metric on the maps.")
    ] = "cakupan",
    language: Language = "id",
) -> None:
    """Write a deck (PPTX) for each region, with a page for each of its parts.

    A run that was stopped goes on where it was: complete decks of the same data are kept.
    """
    from geodata.boundaries.store import active_set
    from geodata.exports.atlas import write_atlas
    from geodata.exports.manifest import sources_of
    from geodata.progress import progress_bar

    view = replace(view, metric=metric, lang=language)
    snapshot = snapshot_of(view)
    with progress_bar() as report:
        written, kept = write_atlas(
            snapshot, active_set(), view, sources_of(snapshot), level, out, report
        )
    for path in written:
        print_lines(path)
    if kept:
        print_lines(f"{len(kept)} decks were complete already", to_stderr=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

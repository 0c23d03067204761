"""The command on an area where something happens: which KIM are in it, and who is next."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import Language, print_lines, prints_table, snapshot_of, with_view

if TYPE_CHECKING:
    import pandas as pd

    from geodata.area.area import Zone
    from geodata.area.mending import Mended
    from geodata.view.view import View


class Listed(StrEnum):
    """What of an area is printed."""

    KIM = "kim"
    WITHOUT = "without"
    UNREPORTED = "unreported"


@prints_table
@with_view(without=("within",))
def area(
    view: "View",
    point: Annotated[
        list[str] | None,
        typer.Option(help="A point as people write it: '-7.98, 112.63', or the link of a map."),
    ] = None,
    radius_km: Annotated[float, typer.Option(help="How far the area reaches from a point.")] = 5,
    polygon: Annotated[
        list[str] | None,
        typer.Option(help="Corners with ; between: '-7.9, 112.6; -7.9, 112.8; -8.1, 112.7'."),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Code or name of a region; may be given several times.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="Polygons: GeoJSON, KML, KMZ, GeoPackage or a zipped shapefile."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Tell the file's bands apart by a field.")
    ] = None,
    crs: Annotated[
        str | None, typer.Option(help="Coordinate reference system, if the file does not say.")
    ] = None,
    show: Annotated[
        Listed, typer.Option(help="KIM inside, desa without one, or desa not reported.")
    ] = Listed.KIM,
    language: Language = "en",
) -> "pd.DataFrame":
    """Print which KIM are in an area, or which desa in it have none and which KIM is next.

    Figures go to standard error. Several points, polygons, regions and a file are one area.
    """
    from geodata.area.answer import answer
    from geodata.area.area import Area
    from geodata.area.area_error import AreaError
    from geodata.area.message import figures_in_words
    from geodata.area.people import people_by_indicator
    from geodata.boundaries.store import active_set
    from geodata.indicators.current import figures

    snapshot, boundaries = snapshot_of(view), active_set()
    zones = [
        *_of_points(point or [], radius_km, language),
        *_of_polygons(polygon or [], language),
        *_of_regions(region or [], language),
        *_of_file(file, by, crs, language),
    ]
    if not zones:
        raise AreaError("area_none")
    inside = answer(Area(tuple(zones)), snapshot, view.kim_filter, boundaries)
    people = people_by_indicator(inside.share, figures(), snapshot.gazetteer, boundaries)
    print_lines(*figures_in_words(inside, people, language), to_stderr=True)
    return {
        Listed.KIM: inside.kim,
        Listed.WITHOUT: inside.without,
        Listed.UNREPORTED: inside.unreported,
    }[show]


def _of_points(points: list[str], km: float, lang: str) -> "Iterator[Zone]":
    from geodata.area.typed import typed_circle
    from geodata.area.zones import zones_of
    from geodata.gazetteer import load_gazetteer

    for written in points:
        outline, done = typed_circle(written, km)
        _tell(done, lang)
        yield from zones_of(outline, load_gazetteer(), lang)


def _of_polygons(polygons: list[str], lang: str) -> "Iterator[Zone]":
    from geodata.area.typed import typed_polygon
    from geodata.area.zones import shape_of, zones_of
    from geodata.gazetteer import load_gazetteer

    for written in polygons:
        outline, done = typed_polygon(written)
        _tell([*done, *shape_of(outline)[1]], lang)
        yield from zones_of(outline, load_gazetteer(), lang)


def _of_regions(names: list[str], lang: str) -> "Iterator[Zone]":
    from geodata.area.typed import typed_regions
    from geodata.area.zones import zones_of
    from geodata.gazetteer import load_gazetteer
    from geodata.search.search import Search

    if not names:
        return
    gazetteer = load_gazetteer()
    for outline in typed_regions("\n".join(names), gazetteer, lambda: Search(gazetteer)):
        yield from zones_of(outline, gazetteer, lang)


def _of_file(file: Path | None, field: str | None, crs: str | None, lang: str) -> "Iterator[Zone]":
    from geodata.area.file_reading import read_area_file

    if file is None:
        return
    read = read_area_file(file, crs)
    _tell(read.done, lang)
    yield from read.zones(file.name, field)


def _tell(done: "Iterable[Mended]", lang: str) -> None:
    from geodata.text import text

    for what in done:
        print_lines(text(f"area.mended.{what}", lang), to_stderr=True)

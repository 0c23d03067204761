"""Tilesets for maps of other sites: TileJSON 3.0, each tile, and a style with our colours."""

import gzip
import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from pmtiles.reader import MmapSource
from pmtiles.tile import (
    Entry,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data
from dashboard.addresses import BOUNDARIES, TILES
from dashboard.api.links import there
from dashboard.api.operation import Operation, reply
from dashboard.api.problem import Problem
from dashboard.http.asked import asked_view
from dashboard.http.base_path import site_of
from dashboard.http.expensive import made_for_request
from dashboard.workshop.kept import key_of
from geodata.boundaries.set_manifest import tiles_file
from geodata.boundaries.tilejson import tilejson
from geodata.boundaries.tiles import MAX_ZOOM
from geodata.regions import LEVELS, Level
from geodata.view.address import VIEW, read_language
from geodata.view.choropleth import choropleth
from geodata.view.style import map_style

_JSON = "application/json"
_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
TILE = "application/vnd.mapbox-vector-tile"


async def tileset(request: Request) -> Response:
    """Answer where the tiles of a level are, and what is in them."""
    level = _level(request)
    boundaries = await run_in_threadpool(data.boundaries)
    tiles = f"{site_of(request)}{BOUNDARIES}/{boundaries.version}/{level}/{{z}}/{{x}}/{{y}}.pbf"
    attribution = data.attribution(read_language(request.query_params))
    said = tilejson(boundaries, level, tiles, attribution)
    return reply(request, json.dumps(said, ensure_ascii=False).encode(), _JSON)


async def tile(request: Request) -> Response:
    """Answer a tile; one without any region is empty."""
    level = _level(request)
    written = [request.path_params[name] for name in ("z", "x", "y")]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in written):
        raise Problem(404, "tile")
    zoom, *at = place = list(map(int, written))
    boundaries = await run_in_threadpool(data.boundaries_of, request.path_params["version"])
    if boundaries is None or zoom > MAX_ZOOM or max(at) >= 2**zoom:
        raise Problem(404, "tile")
    body = await run_in_threadpool(_tile, boundaries.path / tiles_file(level), *place)
    if body is None:
        return Response(status_code=204, headers=_KEEP)
    headers = {**_KEEP, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body, media_type=TILE, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(body), media_type=TILE, headers=headers)


async def style(request: Request) -> Response:
    """Answer the style (MapLibre's, version 8) that draws a view as the page Peta does."""
    view = await run_in_threadpool(asked_view, request)
    with data.held():
        asked = view, await run_in_threadpool(data.snapshot, view), data.boundaries(), None
    shown = await made_for_request(request, key_of(choropleth, *asked), lambda: choropleth(*asked))
    sources = {level: there(request, f"{TILES}/{level}.json") for level in LEVELS}
    body = await run_in_threadpool(
        lambda: json.dumps(map_style(shown, sources), ensure_ascii=False)
    )
    return reply(request, body.encode(), _JSON)


def _level(request: Request) -> Level:
    level = request.path_params["level"]
    if level not in LEVELS:
        raise Problem(404, "address")
    return Level(level)


def _tile(path: Path, zoom: int, x: int, y: int) -> bytes | None:
    """Return a tile as it stands in the file, packed (gzip); ``None`` if there is none."""
    read, first, entries = _entries_of(path)
    entry = find_tile(entries, zxy_to_tileid(zoom, x, y))
    return None if entry is None else read(first + entry.offset, entry.length)


@lru_cache(maxsize=len(LEVELS))
def _entries_of(path: Path) -> tuple[Callable[[int, int], bytes], int, list[Entry]]:
    """Return what reads the file of a tileset, where its tiles begin, and where each of them is.

    pmtiles' own reader unpacks the lists of tiles anew for each. Files are never changed.
    """
    with path.open("rb") as file:
        read = MmapSource(file)
    header = deserialize_header(read(0, 127))

    def listed(offset: int, length: int) -> Iterator[Entry]:
        for entry in deserialize_directory(read(offset, length)):
            if entry.run_length:
                yield entry
            else:  # a further list
                yield from listed(header["leaf_directory_offset"] + entry.offset, entry.length)

    entries = list(listed(header["root_offset"], header["root_length"]))
    return read, header["tile_data_offset"], entries


_DRAWN = tuple(name for name in VIEW.names if name not in ("titik", "petak"))
OPERATIONS = (
    Operation(f"{TILES}/gaya.json", "style", style, _DRAWN, schema="style"),
    Operation(f"{TILES}/{{level}}.json", "tilejson", tileset, schema="tilejson"),
    Operation(
        f"{BOUNDARIES}/{{version}}/{{level}}/{{z}}/{{x}}/{{y}}.pbf",
        "tile",
        tile,
        schema="tile",
        counted=False,
    ),
)

"""The app's own HTTP routes: browser assets, tilesets, shapes for the fallback, points.

Addresses name the version of what they return, so a browser may keep an answer for good.
"""

import logging
import mimetypes
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import assets, data
from dashboard.addresses import ASSETS, BOUNDARIES, PETAK, POINTS
from dashboard.api.routes import ROUTES as OF_PROGRAMS
from dashboard.http import (
    asked,
    downloads,
    expensive,
    feed,
    health,
    keys,
    light_view,
    link_preview,
    meters,
    presentations,
    search,
)
from dashboard.http.asked import asked_view
from dashboard.http.expensive import compressed, made_for_request, reply
from geodata.boundaries.petak.squares import petak
from geodata.boundaries.petak.tilesets import has_petak, petak_tiles, petak_version
from geodata.boundaries.set_manifest import tiles_file
from geodata.errors import PetaKimError
from geodata.regions import LEVELS, Level, parse
from geodata.registry.points import kim_points
from geodata.text import DEFAULT_LANGUAGE, text

_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
mimetypes.add_type("font/woff2", ".woff2")  # which not every machine knows
_TILES = "application/vnd.pmtiles"


async def asset(request: Request) -> Response:
    """Serve one of ``assets.FILES`` as it is now."""
    name = request.path_params["name"]
    if name not in assets.FILES or request.path_params["mark"] != assets.mark(name):
        return Response(status_code=404)
    kind = mimetypes.guess_type(name)[0]
    return Response(assets.content(name), media_type=kind, headers=_KEEP)


async def tiles(request: Request) -> Response:
    """Serve the tileset of a level of a boundary set, whole or by byte ranges."""
    level = request.path_params["level"]
    boundaries = await run_in_threadpool(data.boundaries_of, request.path_params["version"])
    if boundaries is None or level not in LEVELS:
        return Response(status_code=404)
    path = boundaries.path / tiles_file(Level(level))
    return FileResponse(path, media_type=_TILES, headers=_KEEP)


async def petak_tileset(request: Request) -> Response:
    """Serve the tileset of a level of Petak, whole or by byte ranges."""
    level = request.path_params["level"]
    if request.path_params["version"] != petak_version() or level not in LEVELS or not has_petak():
        return Response(status_code=404)
    return FileResponse(petak_tiles(Level(level)), media_type=_TILES, headers=_KEEP)


async def shapes(request: Request) -> Response:
    """Serve the simplified polygons of a level within a region (``id``: Indonesia) as GeoJSON."""
    boundaries = await run_in_threadpool(data.boundaries_of, request.path_params["version"])
    if boundaries is None:
        return Response(status_code=404)
    return await _geojson(request, boundaries.version, boundaries.geojson)


async def petak_squares(request: Request) -> Response:
    """Serve the squares of a level within a region (``id``: Indonesia) as GeoJSON."""
    version = petak_version()
    if request.path_params["version"] != version:
        return Response(status_code=404)
    return await _geojson(request, version, lambda level, code: petak(level).geojson(code))


async def _geojson(
    request: Request, version: str, geojson: Callable[[Level, str | None], bytes]
) -> Response:
    """Answer with what ``geojson`` makes of the level and the region that are asked for."""
    within = request.path_params["within"]
    try:
        level = Level(request.path_params["level"])
        code = None if within == "id" else parse(within)
        data.gazetteer().within(level, code)
    except (ValueError, PetaKimError):
        return Response(status_code=404)
    packed = await made_for_request(
        request, ("shapes", version, level, code), lambda: compressed(geojson(level, code))
    )
    return reply(request, packed, "application/geo+json", _KEEP)


async def points(request: Request) -> Response:
    """Serve the KIM that pass the filter of the query parameters, as points."""
    view = asked_view(request)
    snapshot = await run_in_threadpool(data.snapshot, view)
    if request.path_params["version"] != snapshot.version:
        return Response(status_code=404)

    def answer() -> Response:
        points = kim_points(snapshot, view.kim_filter, view.region)
        return JSONResponse(points, headers=_KEEP)

    return await run_in_threadpool(answer)


async def unavailable(_: Request, error: Exception) -> Response:
    """Answer with a sentence where the store or the registry cannot be read.

    What the error names (a path, a host, a user) is for the operator, in the log.
    """
    logging.getLogger("peta_kim").error("%s", error)
    return JSONResponse({"error": text("error.unavailable", DEFAULT_LANGUAGE)}, status_code=503)


ROUTES = [
    Route(ASSETS + "/{mark}/{name}", asset),
    Route(BOUNDARIES + "/{version}/{level}.pmtiles", tiles),
    Route(BOUNDARIES + "/{version}/{level}/{within}.json", shapes),
    Route(PETAK + "/{version}/{level}.pmtiles", petak_tileset),
    Route(PETAK + "/{version}/{level}/{within}.json", petak_squares),
    Route(POINTS + "/{version}.json", points),
    *downloads.ROUTES,
    *feed.ROUTES,
    *light_view.ROUTES,
    *health.ROUTES,
    *link_preview.ROUTES,
    *meters.ROUTES,
    *presentations.ROUTES,
    *search.ROUTES,
    *OF_PROGRAMS,
]
EXCEPTION_HANDLERS: dict[Any, Callable] = {
    PetaKimError: unavailable,
    **expensive.EXCEPTION_HANDLERS,
    **asked.EXCEPTION_HANDLERS,
    **keys.EXCEPTION_HANDLERS,
}

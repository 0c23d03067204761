"""The app's own HTTP routes: browser assets, the tileset, shapes for the fallback, and points.

Addresses name the version of what they return, so a browser may keep an answer for good.
"""

import asyncio
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import assets, data
from dashboard.selection import Selection, read_params
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.manifest import TILES_FILE
from geodata.errors import PetaKimError
from geodata.regions import Level, parse
from geodata.registry.points import kim_points
from geodata.text import DEFAULT_LANGUAGE

_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_BOUNDARIES = "/batas"
_POINTS = "/titik"


def tiles_address(boundaries: BoundarySet) -> str:
    """Return where the tileset of ``boundaries`` is served."""
    return f"{_BOUNDARIES}/{boundaries.version}/{TILES_FILE}"


def shapes_address(boundaries: BoundarySet) -> str:
    """Return below which address the polygons of ``boundaries`` are served as GeoJSON."""
    return f"{_BOUNDARIES}/{boundaries.version}"


def points_address(selection: Selection, version: str) -> str:
    """Return where the KIM of ``selection`` are served as points; it changes with the registry."""
    shown = Selection(wilayah=selection.scope, kim_filter=selection.kim_filter)
    return f"{_POINTS}/{version}.json?{urlencode(shown.to_params())}"


async def asset(request: Request) -> Response:
    """Serve one of ``assets.FILES``."""
    path = assets.FILES.get(request.path_params["name"])
    if path is None or not path.is_file():
        return Response(status_code=404)
    return FileResponse(path, headers=_ASK_AGAIN)


async def tiles(request: Request) -> Response:
    """Serve the tileset of the active boundary set, whole or by byte ranges."""
    boundaries = data.boundaries()
    if request.path_params["version"] != boundaries.version:
        return Response(status_code=404)
    return FileResponse(
        boundaries.path / TILES_FILE, media_type="application/vnd.pmtiles", headers=_KEEP
    )


async def shapes(request: Request) -> Response:
    """Serve the simplified polygons of a level within a region (``id``: Indonesia) as GeoJSON."""
    boundaries = data.boundaries()
    if request.path_params["version"] != boundaries.version:
        return Response(status_code=404)
    within = request.path_params["within"]
    try:
        level = Level(request.path_params["level"])
        code = None if within == "id" else parse(within)
        body = await asyncio.to_thread(boundaries.geojson, level, code)
    except (ValueError, PetaKimError):
        return Response(status_code=404)
    return Response(body, media_type="application/geo+json", headers=_KEEP)


async def points(request: Request) -> Response:
    """Serve the KIM that pass the filter of the query parameters, as points."""
    snapshot = data.snapshot()
    if request.path_params["version"] != snapshot.version:
        return Response(status_code=404)
    selection, notices = read_params(request.query_params, snapshot.gazetteer)
    if notices:
        unusable = {notice.parameter: notice.value for notice in notices}
        return JSONResponse({"unusable": unusable}, status_code=400)
    found = await asyncio.to_thread(kim_points, snapshot, selection.kim_filter, selection.wilayah)
    return JSONResponse(found, headers=_KEEP)


async def unavailable(_: Request, error: Exception) -> Response:
    """Answer with the error's sentence where the store or the registry cannot be read."""
    assert isinstance(error, PetaKimError)
    return JSONResponse({"error": error.message(DEFAULT_LANGUAGE)}, status_code=503)


ROUTES = [
    Route(assets.ROUTE + "/{name}", asset),
    Route(_BOUNDARIES + "/{version}/" + TILES_FILE, tiles),
    Route(_BOUNDARIES + "/{version}/{level}/{within}.json", shapes),
    Route(_POINTS + "/{version}.json", points),
]
EXCEPTION_HANDLERS = {PetaKimError: unavailable}

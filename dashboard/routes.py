"""The app's own HTTP routes: browser assets, tileset, shapes for the fallback, points, slides.

Addresses name the version of what they return, so a browser may keep an answer for good.
"""

import logging
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import assets, data, downloads, preview
from dashboard.http import expensive
from dashboard.http.base_path import below
from dashboard.http.expensive import Packed, made, pack, reply
from dashboard.map import script
from dashboard.selection import Selection, read_params
from dashboard.slides import Slide, deck_html, slide_key, slide_of
from dashboard.workshop import progress, workshop
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.manifest import TILES_FILE
from geodata.errors import PetaKimError, SelectionError
from geodata.exports.decks import Deck, load_deck, slug
from geodata.regions import Level, parse
from geodata.registry.points import kim_points
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES, text

_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_BOUNDARIES = "/batas"
_POINTS = "/titik"
_PRESENTATION = "/paparan"
_HTML = "text/html"


def tiles_address(boundaries: BoundarySet) -> str:
    """Return where the tileset of ``boundaries`` is served."""
    return below(f"{_BOUNDARIES}/{boundaries.version}/{TILES_FILE}")


def shapes_address(boundaries: BoundarySet) -> str:
    """Return below which address the polygons of ``boundaries`` are served as GeoJSON."""
    return below(f"{_BOUNDARIES}/{boundaries.version}")


def points_address(selection: Selection, version: str) -> str:
    """Return where the KIM of ``selection`` are served as points; it changes with the registry."""
    shown = Selection(wilayah=selection.scope, kim_filter=selection.kim_filter)
    return below(f"{_POINTS}/{version}.json?{urlencode(shown.to_params())}")


def slide_address(selection: Selection) -> str:
    """Return where the view ``selection`` is served as a slide."""
    return below(f"{_PRESENTATION}/tampilan.html?{urlencode(selection.to_params())}")


def deck_address(name: str, lang: str, *, download: bool = False) -> str:
    """Return where the deck ``name`` is served as a presentation, to look at or to save."""
    params = {"bahasa": lang} | ({"unduh": "1"} if download else {})
    return below(f"{_PRESENTATION}/dek/{slug(name)}.html?{urlencode(params)}")


async def asset(request: Request) -> Response:
    """Serve one of ``assets.FILES``."""
    path = assets.FILES.get(request.path_params["name"])
    if path is None or not path.is_file():
        return Response(status_code=404)
    if path == script.ENTRY:
        return Response(script.joined(), media_type="text/javascript", headers=_ASK_AGAIN)
    return FileResponse(path, headers=_ASK_AGAIN)


async def tiles(request: Request) -> Response:
    """Serve the tileset of a boundary set, whole or by byte ranges."""
    boundaries = await run_in_threadpool(data.boundaries_of, request.path_params["version"])
    if boundaries is None:
        return Response(status_code=404)
    return FileResponse(
        boundaries.path / TILES_FILE, media_type="application/vnd.pmtiles", headers=_KEEP
    )


async def shapes(request: Request) -> Response:
    """Serve the simplified polygons of a level within a region (``id``: Indonesia) as GeoJSON."""
    boundaries = await run_in_threadpool(data.boundaries_of, request.path_params["version"])
    if boundaries is None:
        return Response(status_code=404)
    within = request.path_params["within"]
    try:
        level = Level(request.path_params["level"])
        code = None if within == "id" else parse(within)
        data.gazetteer().within(level, code)
    except (ValueError, PetaKimError):
        return Response(status_code=404)
    packed = await made(
        request,
        ("shapes", boundaries.version, level, code),
        lambda: pack(boundaries.geojson(level, code)),
    )
    return reply(request, packed, "application/geo+json", _KEEP)


async def points(request: Request) -> Response:
    """Serve the KIM that pass the filter of the query parameters, as points."""
    snapshot = await run_in_threadpool(data.snapshot)
    if request.path_params["version"] != snapshot.version:
        return Response(status_code=404)
    selection, notices = read_params(request.query_params, snapshot.gazetteer)
    if notices:
        unusable = {notice.parameter: notice.value for notice in notices}
        return JSONResponse({"unusable": unusable}, status_code=400)

    def answer() -> Response:
        points = kim_points(snapshot, selection.kim_filter, selection.wilayah)
        return JSONResponse(points, headers=_KEEP)

    return await run_in_threadpool(answer)


async def slide(request: Request) -> Response:
    """Serve the view of the query parameters as a presentation of one slide."""
    selection, notices = read_params(request.query_params, data.gazetteer())
    if notices:
        unusable = {notice.parameter: notice.value for notice in notices}
        return JSONResponse({"unusable": unusable}, status_code=400)
    key = await run_in_threadpool(slide_key, selection)
    packed = await made(request, ("page", key), lambda: _page(selection))
    return reply(request, packed, _HTML, _ASK_AGAIN)


async def deck(request: Request) -> Response:
    """Serve a deck as a presentation; ``unduh=1`` has the browser save it."""
    lang = request.query_params.get("bahasa", DEFAULT_LANGUAGE)
    lang = lang if lang in LANGUAGES else DEFAULT_LANGUAGE
    try:
        kept = load_deck(request.path_params["name"])
        if not kept.scenes:
            raise SelectionError("deck_empty", name=kept.name)
    except SelectionError as error:
        return JSONResponse({"error": error.message(lang)}, status_code=404)
    versions = await run_in_threadpool(data.versions)
    packed = await made(request, ("deck", *versions, kept, lang), lambda: _presentation(kept, lang))
    headers = dict(_ASK_AGAIN)
    if request.query_params.get("unduh"):
        headers["Content-Disposition"] = f'attachment; filename="{slug(kept.name)}.html"'
    return reply(request, packed, _HTML, headers)


def _slide(selection: Selection) -> Slide:
    return workshop().make(slide_key(selection), lambda: slide_of(selection))


def _page(selection: Selection) -> Packed:
    slide = _slide(selection)
    return pack(deck_html(slide.title, [slide], selection.bahasa))


def _presentation(kept: Deck, lang: str) -> Packed:
    slides = []
    for place, scene in enumerate(kept.scenes):
        progress(place / len(kept.scenes))
        selection, notices = read_params(dict(parse_qsl(scene.query)), data.gazetteer())
        # A region may be gone since the view was kept: the speaker must know.
        notes = "\n\n".join([*(one.message(lang) for one in notices), scene.notes]).strip()
        slides.append(replace(_slide(replace(selection, bahasa=lang)), notes=notes))
    return pack(deck_html(kept.name, slides, lang))


async def unavailable(_: Request, error: Exception) -> Response:
    """Answer with a sentence where the store or the registry cannot be read.

    What the error names (a path, a host, a user) is for the operator, in the log.
    """
    logging.getLogger("peta_kim").error("%s", error)
    return JSONResponse({"error": text("error.unavailable", DEFAULT_LANGUAGE)}, status_code=503)


ROUTES = [
    Route(assets.ROUTE + "/{name}", asset),
    Route(_BOUNDARIES + "/{version}/" + TILES_FILE, tiles),
    Route(_BOUNDARIES + "/{version}/{level}/{within}.json", shapes),
    Route(_POINTS + "/{version}.json", points),
    Route(_PRESENTATION + "/tampilan.html", slide),
    Route(_PRESENTATION + "/dek/{name}.html", deck),
    *downloads.ROUTES,
    *preview.ROUTES,
]
EXCEPTION_HANDLERS = {PetaKimError: unavailable, **expensive.EXCEPTION_HANDLERS}

"""The light view over HTTP: a page, and an answer for each view that may be kept for good."""

import json
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.addresses import LIGHT, below
from dashboard.http.base_path import site_of
from dashboard.http.expensive import made_for_request
from dashboard.http.link_preview import preview_tags, sentence_now
from dashboard.http.tags import has_already, tag_of
from dashboard.lihat.answer import answer_of, mark
from dashboard.lihat.page import manifest, page
from dashboard.workshop.kept import kept, key_of
from geodata.boundaries.boundary_set import BoundarySet
from geodata.registry.snapshot import Snapshot
from geodata.view.address import Notice, read_view
from geodata.view.choropleth import choropleth
from geodata.view.view import View

_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_WORKER = Path(__file__).parent.parent / "lihat/worker.js"


async def light(request: Request) -> Response:
    """Serve the page of the view that the query parameters name."""
    written, tag = await run_in_threadpool(_page, request)
    headers = {**_ASK_AGAIN, "ETag": tag}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(written, headers=headers)


@data.held()
def _page(request: Request) -> tuple[bytes, str]:
    view, _ = read_view(request.query_params, data.gazetteer())
    return kept(_page_of, view, mark(), site_of(request))


def _page_of(view: View, _: str, site: str) -> tuple[bytes, str]:
    written = page(view, sentence_now(view), preview_tags(view, site)).encode()
    return written, tag_of(written)


async def answer(request: Request) -> Response:
    """Serve all that the light view shows of the view that the query parameters name."""
    with data.held():  # the address names the data: nobody's commit may come between
        if request.path_params["mark"] != await run_in_threadpool(mark):
            return JSONResponse({}, status_code=404)
        view, notices = read_view(request.query_params, data.gazetteer())
        asked = view, data.snapshot(view), data.boundaries()
        if view.shown_metric.expensive:
            key = key_of(choropleth, *asked, None)
            await made_for_request(request, key, lambda: choropleth(*asked))
        body = await run_in_threadpool(lambda: kept(_written, *asked, tuple(notices)))
    return Response(body, media_type="application/json", headers=_KEEP)


def _written(
    view: View, snapshot: Snapshot, boundaries: BoundarySet, notices: tuple[Notice, ...]
) -> bytes:
    shown = kept(choropleth, view, snapshot, boundaries, None)  # as the page of the map asks for it
    written = json.dumps(answer_of(shown, notices), ensure_ascii=False, separators=(",", ":"))
    return written.encode()


async def told_to_phones(_: Request) -> Response:
    """Serve the manifest, by which phones install the light view."""
    return JSONResponse(manifest(), headers=_ASK_AGAIN)


async def worker(_: Request) -> Response:
    """Serve the service worker, which may serve the page that stands above it."""
    headers = {**_ASK_AGAIN, "Service-Worker-Allowed": below(LIGHT)}
    return Response(_WORKER.read_bytes(), media_type="text/javascript", headers=headers)


ROUTES = [
    Route(LIGHT, light),
    Route(LIGHT + "/manifest.json", told_to_phones),
    Route(LIGHT + "/pekerja.js", worker),
    Route(LIGHT + "/data/{mark}.json", answer),
]

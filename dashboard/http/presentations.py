"""Presentations over HTTP: a view as one slide, or a deck; the last slide leads back to it."""

from dataclasses import replace
from urllib.parse import urljoin

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.addresses import PRESENTATION, PRESENTING, deck_address, light_address
from dashboard.http.access import person_of
from dashboard.http.asked import asked_view
from dashboard.http.expensive import Packed, compressed, made_for_request, reply
from dashboard.paparan.closing import reaches_others
from dashboard.paparan.slide import Slide, deck_html, slide_key, slide_of
from dashboard.workshop.workshop import progress, workshop
from geodata.errors import SelectionError
from geodata.exports.decks import Deck, load_deck, slug
from geodata.people.rights import Right
from geodata.view.address import parameters, read_language, read_view
from geodata.view.view import View

_ASK_AGAIN = {"Cache-Control": "no-cache"}
_HTML = "text/html"


async def slide(request: Request) -> Response:
    """Serve the view of the query parameters as a presentation of one slide."""
    view = asked_view(request)
    key = await run_in_threadpool(slide_key, view)
    link = _link(request, light_address(view))
    packed = await made_for_request(request, ("page", key, link), lambda: _page(view, link))
    return reply(request, packed, _HTML, _ASK_AGAIN)


async def deck(request: Request) -> Response:
    """Serve a deck as a presentation, to look at or to save; with its notes to operators alone.

    Whoever else follows a speaker's link gets to what the hall sees.
    """
    lang = read_language(request.query_params)
    try:
        kept = await run_in_threadpool(load_deck, request.path_params["name"])
        if not kept.scenes:
            raise SelectionError("deck_empty", name=kept.name)
    except SelectionError as error:
        return JSONResponse({"error": error.message(lang)}, status_code=404)
    asked, _ = PRESENTING.read(request.query_params, data.gazetteer())
    person = await run_in_threadpool(person_of, request.headers.items())
    if asked.notes and not person.may_somewhere(Right.PAPARAN):
        return RedirectResponse(deck_address(kept.name, lang, save=asked.save), 303, _ASK_AGAIN)
    link = _link(request, deck_address(kept.name, lang))
    versions = await run_in_threadpool(data.versions)
    packed = await made_for_request(
        request,
        ("deck", *versions, kept, lang, link, asked.notes),
        lambda: _presentation(kept, lang, link, notes=asked.notes),
    )
    headers = dict(_ASK_AGAIN)
    if asked.save:
        headers["Content-Disposition"] = f'attachment; filename="{slug(kept.name)}.html"'
    return reply(request, packed, _HTML, headers)


def _link(request: Request, path: str) -> str:
    """Return the whole address of ``path`` as others may open it; empty if they cannot."""
    link = urljoin(str(request.base_url), path)
    return link if reaches_others(link) else ""


def _slide(view: View) -> Slide:
    return workshop().make(slide_key(view), lambda: slide_of(view))


def _page(view: View, link: str) -> Packed:
    slide = _slide(view)
    return compressed(deck_html(slide.title, [slide], view.lang, link))


def _presentation(kept: Deck, lang: str, link: str, *, notes: bool) -> Packed:
    slides = []
    for done, scene in enumerate(kept.scenes):
        progress(done / len(kept.scenes))
        view, notices = read_view(parameters(scene.query), data.gazetteer())
        # A region may be gone since the view was kept: the speaker must know.
        said = "\n\n".join([*(notice.message(lang) for notice in notices), scene.notes]).strip()
        drawn = _slide(replace(view, lang=lang))
        slides.append(replace(drawn, notes=said) if notes else drawn)
    return compressed(deck_html(kept.name, slides, lang, link))


ROUTES = [
    Route(PRESENTATION + "/tampilan.html", slide),
    Route(PRESENTATION + "/dek/{name}.html", deck),
]

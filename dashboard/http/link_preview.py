"""The head of a page: its language and title, and what its link shows before it is opened.

Streamlit's page is the same file for every address, so the language of the view, the app's title
and the tags of the preview (Open Graph) are put into it on its way out, and what told of the file
(its ETag, its date) tells of the page that is sent.
"""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import assets, data
from dashboard.addresses import PREVIEW, base_path, below, feed_address
from dashboard.http.base_path import site_of
from dashboard.http.expensive import made_for_request
from dashboard.http.first_visit import with_early_requests
from dashboard.http.tags import has_already, tag_of
from dashboard.paparan.slide import slide_key, slide_of
from geodata.errors import PetaKimError
from geodata.exports.feed import MEDIA_TYPE
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES, section, text
from geodata.view.address import VIEW, link, read_language, read_view
from geodata.view.choropleth import sentence_of, title
from geodata.view.view import View
from geodata.view.words import counted_in_words, region_path

# What would have Streamlit's file answered in part, not at all or packed: there is a place for the
# tags in all of it only.
_OF_THE_FILE = frozenset(
    {b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since"}
)
_LANGUAGE_OF_THE_FILE = re.compile(rb'<html lang="[^"]*"')
_TITLE_OF_THE_FILE = re.compile(rb"<title>.*?</title>")


class PageHead:
    """Middleware that puts language, title and tags into the pages ``names``.

    The first of them stands at the root, where its own name leads. ``title`` is told a page's name
    and the language.
    """

    def __init__(
        self, app: ASGIApp, names: tuple[str, ...], title: Callable[[str, str], str]
    ) -> None:
        self._app = app
        self._title = title
        roots = dict.fromkeys((base_path(), below("/")), names[0])
        self._pages = roots | {below(f"/{name}"): name for name in names[1:]}
        self._name_of_root = below(f"/{names[0]}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does; a page gets the head of its view."""
        if scope["type"] == "http" and scope["path"] == self._name_of_root:
            query = scope["query_string"].decode("latin-1")
            there = RedirectResponse(f"{below('/')}{'?' if query else ''}{query}")
            await there(scope, receive, send)
            return
        is_page = scope["type"] == "http" and scope["path"] in self._pages
        if not is_page or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            tags = await run_in_threadpool(_tags, request)
        except PetaKimError:  # the page itself tells what is wrong
            tags = b""
        whole = [pair for pair in scope["headers"] if pair[0] not in _OF_THE_FILE]
        file = {**scope, "method": "GET", "headers": whole}
        await self._app(
            file, receive, _rewriting(partial(self._with_head, tags, request), request, send)
        )

    def _with_head(self, tags: bytes, request: Request, page: bytes) -> bytes:
        """Return Streamlit's page with the head of its view."""
        lang = read_language(request.query_params)
        page = _LANGUAGE_OF_THE_FILE.sub(f'<html lang="{lang}"'.encode(), page, count=1)
        title = self._title(self._pages[request.scope["path"]], lang)
        page = _TITLE_OF_THE_FILE.sub(f"<title>{escape(title)}</title>".encode(), page, count=1)
        script = (
            f'<script src="{assets.address(assets.LANGUAGE)}" '
            f'data-languages="{" ".join(LANGUAGES)}" data-usual="{DEFAULT_LANGUAGE}"></script>'
            f'<script type="module" src="{assets.address(assets.CONNECTION)}" '
            f'data-lost="{_words_of_a_lost_connection()}"></script>'
            f'<script type="module" src="{assets.address(assets.MEND)}"></script>'
            f'<script type="module" src="{assets.address(assets.TOUR)}"></script>'
            f'<script type="module" src="{assets.address(assets.WIDGET_WORDS)}" '
            f'data-words="{_words_of_streamlit()}"></script>'
        ).encode()
        page = with_early_requests(page, self._pages[request.scope["path"]])
        return page.replace(b"</head>", script + tags + b"</head>", 1)


@cache
def _words_of_streamlit() -> str:
    return _in_attribute(section("streamlit"))


@cache
def _words_of_a_lost_connection() -> str:
    return _in_attribute({lang: text("http.lost", lang) for lang in LANGUAGES})


def _in_attribute(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False))


def _rewriting(rewrite: Callable[[bytes], bytes], request: Request, send: Send) -> Send:
    """Return what sends a response on, rewritten if it is HTML."""
    start: Message = {}
    body = bytearray()

    async def forward(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        headers = MutableHeaders(scope=start)
        sent = bytes(body)
        if headers.get("content-type", "").startswith("text/html"):
            sent = rewrite(sent)
            headers["content-length"] = str(len(sent))
        if start["status"] == 200:
            headers["etag"] = tag_of(sent)
            for name in ("last-modified", "accept-ranges"):
                del headers[name]
            if has_already(request, headers["etag"]):
                start["status"], sent = 304, b""
                for name in ("content-length", "content-type"):
                    del headers[name]
        await send(start)
        body_sent = b"" if request.method == "HEAD" else sent
        await send({"type": "http.response.body", "body": body_sent})

    return forward


@data.held()
def _tags(request: Request) -> bytes:
    view, _ = read_view(request.query_params, data.gazetteer())
    return preview_tags(view, site_of(request)).encode()


def preview_tags(view: View, site: str) -> str:
    """Return the tags of the preview of ``view``; ``site`` is the address of the app."""
    content = {
        "og:title": title(view, data.snapshot(view)),
        "og:description": sentence_now(view),
        "og:image": link(site + PREVIEW, VIEW.write(view)),
        "og:site_name": text("app.title", view.lang),
        "og:type": "website",
    }
    tags = (f'<meta property="{key}" content="{escape(value)}">' for key, value in content.items())
    follow = text(
        "feed.title", view.lang, wilayah=region_path(data.gazetteer(), view.region, view.lang)
    )
    return "".join(tags) + (
        f'<link rel="alternate" type="{MEDIA_TYPE}" title="{escape(follow)}" '
        f'href="{escape(feed_address(view))}">'
    )


def sentence_now(view: View) -> str:
    """Return the summary of the view; a page does not wait for one that takes seconds."""
    if view.shown_metric.expensive:
        return counted_in_words(data.snapshot(view), view.kim_filter, view.region, view.lang)
    return sentence_of(view, data.snapshot(view), data.boundaries())


async def picture(request: Request) -> Response:
    """Serve the map of the view that the query parameters name, as far as they can be used."""
    view, _ = read_view(request.query_params, data.gazetteer())
    key = await run_in_threadpool(slide_key, view)
    slide = await made_for_request(request, key, lambda: slide_of(view))
    headers = {"Cache-Control": "max-age=3600"}
    return Response(slide.picture, media_type="image/png", headers=headers)


ROUTES = [Route(PREVIEW, picture)]
